package nabla.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The small vocabulary that operations and rules are written in. */
public final class Tensors {
  private Tensors() {}

  /** An exact number. */
  public static Tensor number(Rational value) {
    return new Product().times(value).to();
  }

  public static Tensor number(long value) {
    return number(Rational.of(value));
  }

  /** All entries 1. */
  public static Tensor ones(List<Size> shape) {
    Product product = new Product();
    return product.to(product.labels(shape));
  }

  /** The identity matrix. */
  public static Tensor identity(Size size) {
    Product product = new Product();
    int i = product.label(size);
    return product.to(i, i);
  }

  public static Tensor scale(Rational factor, Tensor tensor) {
    if (factor.isOne()) return tensor;
    if (tensor instanceof Sum sum) return sum.times(factor);
    Product product = new Product().times(factor);
    List<Integer> labels = product.labels(tensor.shape());
    return product.factor(tensor, labels).to(labels);
  }

  public static Tensor negate(Tensor tensor) {
    return scale(Rational.MINUS_ONE, tensor);
  }

  /** The sum of tensors of one shape. */
  public static Tensor add(Tensor... tensors) {
    List<Sum.Term> terms = new ArrayList<>();
    for (Tensor t : tensors) terms.add(new Sum.Term(Rational.ONE, t));
    return Sum.of(terms, tensors[0].shape());
  }

  public static Tensor subtract(Tensor a, Tensor b) {
    return Sum.of(
        List.of(new Sum.Term(Rational.ONE, a), new Sum.Term(Rational.MINUS_ONE, b)), a.shape());
  }

  /** The product entry by entry; factors of rank 0 apply to every entry. */
  public static Tensor hadamard(Tensor... tensors) {
    Product product = new Product();
    List<Size> shape = List.of();
    for (Tensor t : tensors) if (t.rank() > 0) shape = t.shape();
    List<Integer> labels = product.labels(shape);
    for (Tensor t : tensors) product.factor(t, t.rank() == 0 ? List.of() : labels);
    return product.to(labels);
  }

  /** The power entry by entry. */
  public static Tensor power(Tensor base, Rational exponent) {
    Product product = new Product();
    List<Integer> labels = product.labels(base.shape());
    return product.factor(base, exponent, labels).to(labels);
  }

  /** A scalar at every position of a shape. */
  public static Tensor broadcast(Tensor scalar, List<Size> shape) {
    if (scalar.rank() != 0) throw new IllegalArgumentException("not a scalar: " + scalar.shape());
    Product product = new Product().factor(scalar);
    return product.to(product.labels(shape));
  }

  /** The sum of all entries. */
  public static Tensor total(Tensor tensor) {
    Product product = new Product();
    return product.factor(tensor, product.labels(tensor.shape())).to();
  }

  public static Tensor transpose(Tensor matrix) {
    return permute(matrix, List.of(1, 0));
  }

  /**
   * The axes in another order: axis k of the result is axis {@code order.get(k)} of the tensor.
   * Passes through sums, so that the terms stay visible.
   */
  public static Tensor permute(Tensor tensor, List<Integer> order) {
    if (order.equals(IntStream.range(0, order.size()).boxed().toList())) return tensor;
    List<Size> shape = order.stream().map(axis -> tensor.shape().get(axis)).toList();
    return switch (tensor) {
      case Sum sum ->
          Sum.of(
              sum.terms().stream()
                  .map(t -> new Sum.Term(t.coefficient(), permute(t.tensor(), order)))
                  .toList(),
              shape);
      case Einsum product -> product.permute(order);
      default -> {
        Product product = new Product();
        List<Integer> labels = product.labels(tensor.shape());
        yield product.factor(tensor, labels).to(order.stream().map(labels::get).toList());
      }
    };
  }

  /** The matrix product, or matrix-vector, vector-matrix and inner product: last axis by first. */
  public static Tensor multiply(Tensor a, Tensor b) {
    Product product = new Product();
    List<Integer> left = new ArrayList<>(product.labels(a.shape()));
    List<Integer> right = new ArrayList<>(product.labels(b.shape()));
    product.unify(left.getLast(), right.getFirst());
    product.factor(a, left).factor(b, right);
    left.removeLast();
    right.removeFirst();
    left.addAll(right);
    return product.to(left);
  }

  /** Whether this is the exact number {@code value} at every position. */
  public static boolean isConstant(Tensor tensor, Rational value) {
    if (tensor instanceof Sum sum) return sum.isZero() && value.isZero();
    return tensor instanceof Einsum e
        && e.factors().isEmpty()
        && e.coefficient().equals(value)
        && e.output().stream().distinct().count() == e.rank();
  }

  public static boolean isZero(Tensor tensor) {
    return tensor instanceof Sum sum && sum.isZero();
  }

  /** The names of all sizes that stand in a tensor. */
  public static Set<String> sizeNames(Tensor root) {
    Set<String> names = new HashSet<>();
    for (Tensor node : topological(root)) {
      for (Size size : node.shape()) names.addAll(size.names());
      switch (node) {
        case Einsum product -> product.sizes().forEach(size -> names.addAll(size.names()));
        case Extent extent -> names.addAll(extent.size().names());
        case Selection range -> names.addAll(range.offset().names());
        default -> {}
      }
    }
    return names;
  }

  /** Every node below and with {@code root}, each once, operands before the nodes that use them. */
  public static List<Tensor> topological(Tensor root) {
    return topological(root, Set.of());
  }

  /** The same without those that are known, and without what only these need. */
  public static List<Tensor> topological(Tensor root, Set<Tensor> known) {
    List<Tensor> order = new ArrayList<>();
    Set<Tensor> done = new HashSet<>();
    Deque<Tensor> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Tensor node = open.peek();
      if (done.contains(node) || known.contains(node)) {
        open.pop();
        continue;
      }
      boolean ready = true;
      for (Tensor operand : node.operands()) {
        if (!done.contains(operand) && !known.contains(operand)) {
          open.push(operand);
          ready = false;
        }
      }
      if (ready) {
        open.pop();
        done.add(node);
        order.add(node);
      }
    }
    return order;
  }

  /**
   * Rebuilds from the leaves up: {@code change} sees every node once, with its operands changed
   * already.
   */
  public static Tensor rewrite(Tensor root, UnaryOperator<Tensor> change) {
    return rewrite(root, new HashMap<>(), change);
  }

  /**
   * The same for one of several tensors, which share nodes.
   *
   * @param changed what became of nodes that were seen before; it gets those that were not
   */
  public static Tensor rewrite(
      Tensor root, Map<Tensor, Tensor> changed, UnaryOperator<Tensor> change) {
    for (Tensor node : topological(root, changed.keySet())) {
      boolean same = node.operands().stream().allMatch(o -> o.equals(changed.get(o)));
      Tensor rebuilt = same ? node : node.mapOperands(o -> Objects.requireNonNull(changed.get(o)));
      changed.put(node, change.apply(rebuilt));
    }
    return Objects.requireNonNull(changed.get(root));
  }

  /** The variables in the order of their names. */
  public static List<Variable> variables(Tensor root) {
    return topological(root).stream()
        .filter(Variable.class::isInstance)
        .map(Variable.class::cast)
        .sorted(java.util.Comparator.comparing(Variable::name))
        .toList();
  }
}
