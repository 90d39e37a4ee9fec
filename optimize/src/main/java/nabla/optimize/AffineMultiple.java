package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nabla.Derivative;
import nabla.Expression;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * A function of the inverse of a variable: its gradient is no polynomial, but becomes an affine one
 * when it is multiplied by the variable. So it is with the likelihood of a normal distribution, as
 * a function of the covariance: {@code S*(inv(S) - inv(S)*C*inv(S))*S = S - C}.
 */
final class AffineMultiple {
  private static final Set<String> OF_INVERSE = Set.of("inv", "logdet", "det");

  /**
   * The gradient times the variable.
   *
   * @param left how it is written
   */
  private record Multiple(String left, Expression product) {}

  private AffineMultiple() {}

  static Optional<Solution> of(Unknown unknown) {
    String variable = unknown.name();
    Expression function = unknown.function();
    if (!hasInverse(Polynomials.tensor(function), variable)) return Optional.empty();
    Derivative gradient = unknown.gradient();
    if (gradient.isIndexed()) return Optional.empty();
    for (Multiple m : multiples(gradient, unknown.x())) {
      Expression affine = function.written(Polynomials.tensor(m.product()));
      if (unknown.degree(affine) != 1) continue;
      Optional<LinearEquation> equation = LinearEquation.of(affine, unknown);
      if (equation.isPresent()) {
        return Optional.of(solution(gradient, m, affine, equation.get(), variable));
      }
    }
    return Optional.empty();
  }

  private static boolean hasInverse(Tensor function, String variable) {
    return Tensors.topological(function).stream()
        .anyMatch(
            node ->
                switch (node) {
                  case Apply a ->
                      OF_INVERSE.contains(a.operator().name())
                          && isVariable(a.operands().getFirst(), variable);
                  case Einsum e ->
                      e.factors().stream()
                          .anyMatch(
                              f ->
                                  f.exponent().signum() < 0
                                      && f.labels().isEmpty()
                                      && isVariable(f.tensor(), variable));
                  default -> false;
                });
  }

  private static boolean isVariable(Tensor tensor, String name) {
    return tensor instanceof Variable v && v.name().equals(name);
  }

  private static List<Multiple> multiples(Derivative gradient, Expression x) {
    Expression g = gradient.expression();
    String label = gradient.label();
    String name = x.text();
    if (x.shape().isEmpty()) {
      return List.of(
          new Multiple(name + "^2*" + label, x.power(2).times(g)),
          new Multiple(name + "*" + label, x.times(g)));
    }
    String turned = "(" + label + ")'";
    return List.of(
        new Multiple(name + "*" + turned + "*" + name, x.times(g.transpose()).times(x)),
        new Multiple(turned + "*" + name, g.transpose().times(x)));
  }

  private static Solution solution(
      Derivative gradient,
      Multiple multiple,
      Expression affine,
      LinearEquation equation,
      String variable) {
    List<Solution.Line> lines = new ArrayList<>();
    lines.add(Unknown.line(gradient));
    lines.add(
        Solution.Line.of(
            multiple.left(),
            affine,
            "times " + variable,
            () -> multiple.product().judge(affine).isRight()));
    lines.addAll(equation.lines(multiple.left(), affine, variable));
    return new Solution(
        variable,
        equation.solution(),
        "the gradient times " + variable + " is affine in " + variable,
        lines);
  }
}
