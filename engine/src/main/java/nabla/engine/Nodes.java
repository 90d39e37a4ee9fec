package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import nabla.engine.kernel.BinaryFunction;
import nabla.tensor.Size;

/** Collects the values and nodes of a plan, operands before what uses them. */
final class Nodes {
  private final List<Node> nodes = new ArrayList<>();
  private int values;

  List<Node> all() {
    return List.copyOf(nodes);
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
    int[] shape = domain.extents().stream().mapToInt(Integer::intValue).toArray();
    return computed(domain.axes(), shape);
  }

  <N extends Node> Value add(N node) {
    nodes.add(node);
    return node.result();
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

  /** A scalar at any point. */
  static Code.Read everywhere(Value scalar, int rank) {
    return along(scalar, rank);
  }

  static Code call(BinaryFunction function, Code left, Code right) {
    return new Code.Binary(function, left, right);
  }
}
