package nabla.optimize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.Einsum;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/** Expressions as polynomials in one of their variables. */
final class Polynomials {
  /** The degree of what is no polynomial. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int LARGEST = 1000;

  private Polynomials() {}

  /** The value of an expression as a tensor over its variables. */
  static Tensor tensor(Expression expression) {
    return expression.compilation(List.of(Output.value())).tensors().getFirst();
  }

  /** At most the degree in a variable; {@link #NONE} if it does not look like a polynomial. */
  static int degree(Tensor root, String variable) {
    Map<Tensor, Integer> degrees = new HashMap<>();
    for (Tensor node : Tensors.topological(root)) degrees.put(node, degree(node, variable, degrees));
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
}
