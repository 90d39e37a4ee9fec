package nabla.optimize;

import java.util.Optional;
import nabla.Derivative;
import nabla.Expression;
import nabla.Nabla;
import nabla.diagnostic.NablaException;
import nabla.tensor.Size;

/**
 * The point where the gradient is zero as a formula, if the gradient is affine: the Hessian H does
 * not depend on the variable then, and {@code g(x) = H*x + g(0)} is zero at {@code x =
 * -inv(H)*g(0)}.
 */
final class ClosedForm {
  /** A name that stands for any vector, to have the formula simplified: the gradient by it. */
  private static final String ANY = "any";

  private ClosedForm() {}

  /** That of a function by a vector; nothing if there is none, or none that can be written. */
  static Optional<String> of(Expression function, String variable) {
    if (!isVector(function, variable)) return Optional.empty();
    try {
      Derivative hessian = function.hessian(variable);
      if (hessian.isIndexed() || hessian.expression().mentions(variable)) return Optional.empty();
      Expression h = hessian.expression();
      Expression x = Nabla.vector(variable, size(function, variable).toString());
      Expression constant = function.gradient(variable).expression().minus(h.times(x));
      Expression any = Nabla.vector(ANY, size(function, variable).toString());
      Derivative point = any.transpose().times(h.solve(constant).negate()).gradient(ANY);
      boolean written = !point.isIndexed() && !point.expression().mentions(variable);
      return written ? Optional.of(point.text()) : Optional.empty();
    } catch (NablaException e) {
      return Optional.empty(); // no second derivative, or a formula that is too long to be read
    }
  }

  private static boolean isVector(Expression function, String variable) {
    return function.shape().isEmpty()
        && function.variables().stream()
            .anyMatch(s -> s.name().equals(variable) && s.kind().equals("vector"));
  }

  private static Size size(Expression function, String variable) {
    return function.variables().stream()
        .filter(s -> s.name().equals(variable))
        .findFirst()
        .orElseThrow()
        .shape()
        .getFirst();
  }
}
