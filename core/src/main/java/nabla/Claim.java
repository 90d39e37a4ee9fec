package nabla;

import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** What a user claims a derivative to be, read over the variables of the expression. */
final class Claim {
  private final Problem function;
  private final List<Variable> variables;
  private final String text;

  Claim(Expression expression, String text) {
    this.function = expression.problem();
    this.variables = expression.symbols();
    this.text = text;
  }

  /**
   * The claim as a tensor of a shape; null if it has another one.
   *
   * @throws NablaException if it is no expression, or has a variable that the function has not
   */
  @Nullable Tensor as(List<Size> shape) {
    if (isZero(text)) return Sum.zero(shape);
    Tensor read = Elaboration.readAs(text, function.context(), shape);
    for (Variable v : Tensors.variables(read)) if (!variables.contains(v)) throw unknown(v);
    return read.shape().equals(shape) ? read : null;
  }

  /** The number 0 stands for zeros of every shape. */
  static boolean isZero(String text) {
    return text.strip().equals("0");
  }

  private NablaException unknown(Variable v) {
    return new NablaException(
        new Diagnostic(
            Code.NAME,
            v.name() + " stands in the claim, but not in the expression",
            Span.NONE,
            text,
            v.name().equals("I")
                ? "write eye(n) for the identity matrix"
                : "declare it, or take the names of the expression"));
  }

  /** The claim by itself, or null if only the shape of the derivative gives it a meaning. */
  @Nullable Problem alone() {
    try {
      return Elaboration.over(text, function.context());
    } catch (NablaException e) {
      return null;
    }
  }
}
