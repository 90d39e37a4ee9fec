package nabla.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** Expressions as polynomials in one of their variables. */
final class Polynomials {
  /** The degree of what is no polynomial. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int LARGEST = 1000;
  private static final int MOST_TERMS = 50;

  private Polynomials() {}

  /** The value of an expression as a tensor over its variables. */
  static Tensor tensor(Expression expression) {
    return expression.compilation(List.of(Output.value())).tensors().getFirst();
  }

  /** At most the degree in a variable; {@link #NONE} if it does not look like a polynomial. */
  static int degree(Tensor root, String variable) {
    Map<Tensor, Integer> degrees = new HashMap<>();
    for (Tensor node : Tensors.topological(root))
      degrees.put(node, degree(node, variable, degrees));
    return Objects.requireNonNull(degrees.get(root));
  }

  private static int degree(Tensor node, String variable, Map<Tensor, Integer> degrees) {
    int most =
        node.operands().stream()
            .mapToInt(o -> Objects.requireNonNull(degrees.get(o)))
            .max()
            .orElse(0);
    if (node instanceof Variable v) return v.name().equals(variable) ? 1 : 0;
    if (most == 0 || most == NONE) return most;
    return switch (node) {
      case Sum _ -> most;
      case Einsum product -> degree(product, degrees);
      default -> NONE;
    };
  }

  private static int degree(Einsum product, Map<Tensor, Integer> degrees) {
    int sum = 0;
    for (Einsum.Factor f : product.factors()) {
      int degree = Objects.requireNonNull(degrees.get(f.tensor()));
      if (degree == 0) continue;
      Rational exponent = f.exponent();
      if (exponent.signum() < 0 || !exponent.isInt() || exponent.intValue() > LARGEST) return NONE;
      sum += degree * exponent.intValue();
      if (sum > LARGEST) return NONE;
    }
    return sum;
  }

  /** A polynomial where the variable is zero. */
  static Tensor atZero(Tensor polynomial, String variable) {
    return Tensors.rewrite(
        polynomial,
        node ->
            node instanceof Variable v && v.name().equals(variable) ? Sum.zero(v.shape()) : node);
  }

  /** An expression where a variable has another value. */
  static Expression where(Expression expression, String variable, Expression value) {
    if (!expression.mentions(variable)) return expression;
    Tensor other = tensor(value);
    return expression.written(
        Tensors.rewrite(
            tensor(expression),
            node -> node instanceof Variable v && v.name().equals(variable) ? other : node));
  }

  /** The terms of a tensor that is multiplied out; nothing if there are very many. */
  static Optional<List<Tensor>> terms(Tensor tensor) {
    List<Tensor> done = new ArrayList<>();
    Deque<Tensor> open = new ArrayDeque<>(List.of(tensor));
    while (!open.isEmpty()) {
      if (done.size() + open.size() > MOST_TERMS) return Optional.empty();
      Tensor next = open.pop();
      Sum sum = next instanceof Sum s ? s : next instanceof Einsum e ? distributed(e) : null;
      if (sum == null) done.add(next);
      else sum.terms().forEach(t -> open.push(Tensors.scale(t.coefficient(), t.tensor())));
    }
    return Optional.of(done);
  }

  /** A product with the first of its sums multiplied out; null if it has none. */
  private static @Nullable Sum distributed(Einsum product) {
    Einsum flat = Einsum.view(flattened(product));
    for (int at = 0; at < flat.factors().size(); at++) {
      Einsum.Factor f = flat.factors().get(at);
      if (!(f.tensor() instanceof Sum sum) || !f.isPlain()) continue;
      List<Einsum.Factor> others = new ArrayList<>(flat.factors());
      others.remove(at);
      List<Sum.Term> terms = new ArrayList<>();
      for (Sum.Term t : sum.terms()) {
        Product each = new Product().flattening().times(flat.coefficient());
        flat.sizes().forEach(each::label);
        each.dissolved(t.tensor(), f.labels());
        for (Einsum.Factor g : others) each.factor(g.tensor(), g.exponent(), g.labels());
        terms.add(new Sum.Term(t.coefficient(), each.to(flat.output())));
      }
      return Sum.of(terms, flat.shape()) instanceof Sum all ? all : null;
    }
    return null;
  }

  private static Tensor flattened(Einsum product) {
    Product flat = new Product().flattening().times(product.coefficient());
    product.sizes().forEach(flat::label);
    for (Einsum.Factor f : product.factors()) {
      if (f.isPlain()) flat.dissolved(f.tensor(), f.labels());
      else flat.factor(f.tensor(), f.exponent(), f.labels());
    }
    return flat.to(product.output());
  }
}
