package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nabla.Derivative;
import nabla.Expression;

/** A function of second degree: its gradient is affine, and zero where a linear equation holds. */
final class AffineGradient {
  private AffineGradient() {}

  static Optional<Solution> of(Unknown unknown) {
    boolean quadratic = !unknown.isOrthogonal() && unknown.degree(unknown.function()) == 2;
    if (!quadratic) return Optional.empty();
    Derivative gradient = unknown.gradient();
    if (gradient.isIndexed()) return Optional.empty();
    Expression affine = gradient.expression();
    return LinearEquation.of(affine, unknown)
        .map(equation -> solution(gradient, affine, equation, unknown.name()));
  }

  private static Solution solution(
      Derivative gradient, Expression affine, LinearEquation equation, String variable) {
    List<Solution.Line> lines = new ArrayList<>();
    lines.add(Unknown.line(gradient));
    lines.addAll(equation.lines(gradient.label(), affine, variable));
    return new Solution(
        variable,
        equation.solution(),
        equation.most(),
        true,
        "the gradient is affine in " + variable,
        equation.spectrum(),
        lines);
  }
}
