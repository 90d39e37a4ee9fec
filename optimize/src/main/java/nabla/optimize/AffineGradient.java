package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nabla.Derivative;
import nabla.Expression;

/** A function of second degree: its gradient is affine, and zero where a linear equation holds. */
final class AffineGradient {
  private AffineGradient() {}

  static Optional<Solution> of(Expression function, Expression x, String variable) {
    if (Polynomials.degree(Polynomials.tensor(function), variable) != 2) return Optional.empty();
    Derivative gradient = function.gradient(variable);
    if (gradient.isIndexed()) return Optional.empty();
    Expression affine = gradient.expression();
    return LinearEquation.of(affine, LinearEquation.hessian(function, variable), x, variable)
        .map(equation -> solution(gradient, affine, equation, variable));
  }

  private static Solution solution(
      Derivative gradient, Expression affine, LinearEquation equation, String variable) {
    List<Solution.Line> lines = new ArrayList<>();
    lines.add(
        Solution.Line.of(
            gradient.label(), affine, "the gradient", () -> gradient.check(1).passed()));
    lines.addAll(equation.lines(gradient.label(), affine, variable));
    return new Solution(
        variable, equation.solution(), "the gradient is affine in " + variable, lines);
  }
}
