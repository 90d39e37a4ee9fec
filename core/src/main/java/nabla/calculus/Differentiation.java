package nabla.calculus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * Reverse-mode differentiation: one walk from the expression back to the variable, in which every
 * node passes its cotangent on to its operands (Laue, Mitterreiter and Giesen, AAAI 2020, theorems
 * 8-10). Nodes stay shared, so the derivative has about as many nodes as the expression.
 *
 * <p>A cotangent has the axes of its node, then the axes of the expression (the root).
 */
public final class Differentiation {
  private final Tensor root;
  private final Map<Tensor, List<Sum.Term>> cotangents = new HashMap<>();

  private Differentiation(Tensor root) {
    this.root = root;
  }

  /**
   * The derivative of {@code f} by {@code x}.
   *
   * @return the tensor with the axes of {@code x}, then those of {@code f}; entry [I,J] is
   *     ∂f[J]/∂x[I]
   */
  public static Tensor derivative(Tensor f, Variable x) {
    return java.util.Objects.requireNonNull(derivatives(f, List.of(x)).get(x));
  }

  /** The derivatives by several variables, found in one walk. */
  public static Map<Variable, Tensor> derivatives(Tensor f, List<Variable> variables) {
    return new Differentiation(f).by(variables);
  }

  /**
   * The next derivative of a chain.
   *
   * @param derivative has the axes of {@code earlier}, then those of the function
   * @return ∂derivative/∂x, with the axes of {@code earlier}, then those of {@code x}, then those
   *     of the function
   */
  public static Tensor next(Tensor derivative, List<Variable> earlier, Variable x) {
    Tensor next = derivative(derivative, x);
    int before = earlier.stream().mapToInt(Variable::rank).sum();
    List<Integer> order = new ArrayList<>();
    for (int axis = x.rank(); axis < x.rank() + before; axis++) order.add(axis);
    for (int axis = 0; axis < x.rank(); axis++) order.add(axis);
    for (int axis = x.rank() + before; axis < next.rank(); axis++) order.add(axis);
    return Tensors.permute(next, order);
  }

  private Map<Variable, Tensor> by(List<Variable> variables) {
    List<Tensor> order = Tensors.topological(root);
    Map<String, Variable> wanted = new HashMap<>();
    for (Variable x : variables) wanted.put(x.name(), x);
    Set<Tensor> dependent = new HashSet<>();
    for (Tensor node : order) {
      Variable x = node instanceof Variable v ? wanted.get(v.name()) : null;
      if (x != null && !node.equals(x)) {
        throw new IllegalArgumentException("two variables " + x + " that are not the same");
      }
      if (x != null || node.operands().stream().anyMatch(dependent::contains)) dependent.add(node);
    }
    if (dependent.contains(root)) add(root, seed());
    for (Tensor node : order.reversed()) {
      List<Sum.Term> contributions = cotangents.get(node);
      if (contributions == null || node instanceof Variable) continue;
      Tensor cotangent = Sum.of(contributions, stacked(node));
      if (!Tensors.isZero(cotangent)) pullBack(node, cotangent, dependent);
    }
    Map<Variable, Tensor> derivatives = new HashMap<>();
    for (Variable x : variables) {
      derivatives.put(x, Sum.of(cotangents.getOrDefault(x, List.of()), stacked(x)));
    }
    return derivatives;
  }

  /** The derivative of the root by itself: a unit tensor. */
  private Tensor seed() {
    Product product = new Product();
    List<Integer> labels = product.labels(root.shape());
    return product.to(concat(labels, labels));
  }

  private void add(Tensor node, Tensor cotangent) {
    cotangents
        .computeIfAbsent(node, n -> new ArrayList<>())
        .add(new Sum.Term(Rational.ONE, cotangent));
  }

  private List<Size> stacked(Tensor node) {
    return Stream.concat(node.shape().stream(), root.shape().stream()).toList();
  }

  private void pullBack(Tensor node, Tensor cotangent, Set<Tensor> dependent) {
    switch (node) {
      case Sum sum -> {
        for (Sum.Term term : sum.terms()) {
          if (dependent.contains(term.tensor())) {
            add(term.tensor(), Tensors.scale(term.coefficient(), cotangent));
          }
        }
      }
      case Einsum product -> {
        for (int k = 0; k < product.factors().size(); k++) {
          Tensor factor = product.factors().get(k).tensor();
          if (dependent.contains(factor)) add(factor, throughProduct(product, k, cotangent));
        }
      }
      case Elementwise function ->
          forEachDependent(
              function,
              dependent,
              k -> {
                Tensor slope = slope(function, k);
                Product product = new Product();
                List<Integer> labels = product.labels(cotangent.shape());
                return product
                    .factor(cotangent, labels)
                    .factor(slope, labels.subList(0, function.rank()))
                    .to(labels);
              });
      case Apply apply ->
          forEachDependent(apply, dependent, k -> throughOperation(apply, k, cotangent));
      default -> throw new IllegalStateException("a constant depends on the variable");
    }
  }

  private interface Contribution {
    Tensor toOperand(int position);
  }

  private void forEachDependent(Tensor node, Set<Tensor> dependent, Contribution contribution) {
    for (int k = 0; k < node.operands().size(); k++) {
      Tensor operand = node.operands().get(k);
      if (dependent.contains(operand)) add(operand, contribution.toOperand(k));
    }
  }

  private static Tensor slope(Elementwise function, int position) {
    return Primitive.of(function.operator()).derivative(function, function.operands(), position);
  }

  /**
   * The cotangent times all the other factors. A label that stands twice in the factor stands twice
   * in the result, which makes a unit tensor there; one that nothing else carries is broadcast.
   */
  private Tensor throughProduct(Einsum node, int position, Tensor cotangent) {
    Product product = new Product().times(node.coefficient());
    for (Size size : node.sizes()) product.label(size);
    List<Integer> rootLabels = product.labels(root.shape());
    product.factor(cotangent, concat(node.output(), rootLabels));
    for (int k = 0; k < node.factors().size(); k++) {
      Einsum.Factor f = node.factors().get(k);
      if (k != position) product.factor(f.tensor(), f.exponent(), f.labels());
    }
    Einsum.Factor own = node.factors().get(position);
    if (!own.isPlain()) {
      product.times(own.exponent());
      product.factor(own.tensor(), own.exponent().minus(Rational.ONE), own.labels());
    }
    return product.to(concat(own.labels(), rootLabels));
  }

  /** Contracts the cotangent with each term of the operation's derivative, term by term. */
  private Tensor throughOperation(Apply node, int position, Tensor cotangent) {
    Tensor operand = node.operands().get(position);
    Tensor derivative = Primitive.of(node.operator()).derivative(node, node.operands(), position);
    List<Sum.Term> terms =
        derivative instanceof Sum sum
            ? sum.terms()
            : List.of(new Sum.Term(Rational.ONE, derivative));
    List<Sum.Term> contributions = new ArrayList<>();
    for (Sum.Term term : terms) {
      Product product = new Product();
      List<Integer> own = product.labels(node.shape());
      List<Integer> below = product.labels(operand.shape());
      List<Integer> rootLabels = product.labels(root.shape());
      product.factor(cotangent, concat(own, rootLabels));
      product.dissolved(term.tensor(), concat(own, below));
      contributions.add(new Sum.Term(term.coefficient(), product.to(concat(below, rootLabels))));
    }
    return Sum.of(contributions, stacked(operand));
  }

  private static List<Integer> concat(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
