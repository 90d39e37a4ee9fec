package nabla.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import nabla.engine.kernel.BinaryFunction;
import nabla.tensor.Size;

/** Collects the values and nodes of a plan, operands before what uses them. */
final class Nodes {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Copied, Value> copies = new HashMap<>();
  private final Set<Value> read = new HashSet<>();
  private final Set<Value> changed = new HashSet<>();
  private final Set<Value> fixed = new HashSet<>();
  private final Set<String> bound;
  private int values;

  /**
   * @param bound the variables that are the same in every evaluation
   */
  Nodes(Set<String> bound) {
    this.bound = bound;
  }

  /** Whether a value is the same in every evaluation. */
  boolean isFixed(Value value) {
    return value.origin() == Value.Origin.GIVEN
        ? bound.contains(value.name())
        : fixed.contains(value);
  }

  /** The nodes that are needed for some values, operands before what uses them. */
  List<Node> of(Set<Value> roots) {
    Set<Value> needed = new HashSet<>(roots);
    List<Node> reversed = new ArrayList<>();
    for (Node n : nodes.reversed()) {
      if (!needed.contains(n.result())) continue;
      needed.addAll(n.operands());
      reversed.add(n);
    }
    return reversed.reversed();
  }

  /** A value of its own memory, row by row. */
  Value value(Value.Origin origin, String name, List<Size> axes, int[] shape) {
    return value(origin, name, axes, shape, Value.rowMajor(shape));
  }

  Value value(Value.Origin origin, String name, List<Size> axes, int[] shape, long[] strides) {
    return new Value(values++, origin, name, axes, shape, strides);
  }

  Value computed(List<Size> axes, int[] shape) {
    return value(Value.Origin.COMPUTED, "", axes, shape);
  }

  Value computed(Domain domain) {
    return computed(domain, "");
  }

  private Value computed(Domain domain, String name) {
    int[] shape = domain.extents().stream().mapToInt(Integer::intValue).toArray();
    return value(Value.Origin.COMPUTED, name, domain.axes(), shape);
  }

  /** Takes a node in; a loop reads along its innermost axis only what lies side by side. */
  Value add(Node node) {
    Node added = node instanceof Node.Pointwise p ? packed(p) : node;
    nodes.add(added);
    note(added);
    if (added.operands().stream().allMatch(this::isFixed)) fixed.add(added.result());
    return node.result();
  }

  /** Whether a node needs the numbers of a value as they are. */
  boolean isRead(Value value) {
    return read.contains(value);
  }

  /**
   * @throws IllegalStateException if a node would read what another one has changed, or may change
   *     what another one has yet to read, or if it would change several entries as one
   */
  private void note(Node node) {
    Value before = node instanceof Node.Pointwise p ? p.before() : null;
    for (Value v : node.operands()) {
      if (changed.contains(v)) throw new IllegalStateException(v.name() + " changed: " + node);
      if (!v.equals(before)) read.add(v);
    }
    if (before == null) return;
    if (before.isRepeated()) throw new IllegalStateException("entries share numbers: " + node);
    if (read.contains(before)) throw new IllegalStateException("read elsewhere: " + node);
    changed.add(before);
  }

  /** What was copied: a read, and the points that it was copied for. */
  private record Copied(Code.Read read, Domain domain) {}

  /** A copy of an operand costs nothing beside a loop with so many times the points. */
  private static final int MORE = 8;

  private Node packed(Node.Pointwise node) {
    int last = node.domain().rank() - 1;
    if (last < 1) return node;
    Code code =
        node.code()
            .map(
                c -> {
                  Code.Read read = (Code.Read) c;
                  boolean strided = Math.abs(read.strides().get(last)) > 1;
                  double points = node.domain().points();
                  boolean small = points > 0 && read.value().count() * (double) MORE <= points;
                  return strided && small ? packed(read, node.domain()) : read;
                });
    if (code.equals(node.code())) return node;
    return new Node.Pointwise(
        node.result(), node.domain(), code, node.out(), node.effect(), node.before());
  }

  /** A copy of what is read, with the axes in the order of the domain. */
  private Code.Read packed(Code.Read read, Domain domain) {
    List<Integer> walked =
        IntStream.range(0, domain.rank()).filter(d -> read.strides().get(d) != 0).boxed().toList();
    Domain own =
        new Domain(
            walked.stream().map(domain.axes()::get).toList(),
            walked.stream().map(domain.extents()::get).toList());
    List<Long> strides = walked.stream().map(read.strides()::get).toList();
    Value copy = copy(new Code.Read(read.value(), strides, read.offset()), own);
    Long[] along = new Long[domain.rank()];
    Arrays.fill(along, 0L);
    for (int k = 0; k < walked.size(); k++) along[walked.get(k)] = copy.strides()[k];
    return new Code.Read(copy, List.of(along), 0);
  }

  /**
   * What is read at the points of a domain, stored in their order; once for all that need it. It
   * has the name of a variable whose numbers it has, as it is finite if that is.
   */
  Value copy(Code.Read read, Domain domain) {
    Copied copied = new Copied(read, domain);
    Value known = copies.get(copied);
    if (known != null) return known;
    Value copy = computed(domain, read.value().name());
    copies.put(copied, copy);
    return add(new Node.Pointwise(copy, domain, read, here(copy), Node.Effect.STORE, null));
  }

  /** A number at each point of a domain. */
  Value pointwise(Domain domain, Code code) {
    Value result = computed(domain);
    return add(new Node.Pointwise(result, domain, code, here(result), Node.Effect.STORE, null));
  }

  /** Reduces over the last axes of a domain. */
  Value reduced(Domain domain, int kept, Code code, Node.Effect effect) {
    Domain outer = new Domain(domain.axes().subList(0, kept), domain.extents().subList(0, kept));
    Value result = computed(outer);
    Code.Read out = along(result, domain.rank());
    return add(new Node.Pointwise(result, domain, code, out, effect, null));
  }

  /** A value at the point of a domain that has its axes. */
  static Code.Read here(Value value) {
    return along(value, value.rank());
  }

  /** A value whose axes are the first of a domain. */
  static Code.Read along(Value value, int rank) {
    List<Long> strides = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      strides.add(axis < value.rank() ? value.strides()[axis] : 0L);
    }
    return new Code.Read(value, strides, 0);
  }

  static Code call(BinaryFunction function, Code left, Code right) {
    return new Code.Binary(function, left, right);
  }
}
