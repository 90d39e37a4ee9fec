package nabla;

import java.util.List;
import java.util.Locale;
import nabla.tensor.Size;
import nabla.tensor.Variable;

/**
 * One way to show a derivative of any rank.
 *
 * <pre>{@code
 * Derivative d = Expression.parse("A*X*B").jacobian("X");
 * d.forms().stream().map(f -> f.label() + " = " + f.formula()).toList().get(1) // ∂vec(Y)'/∂vec(X) = kron(B, A')
 * d.forms().stream().map(Form::kind).toList() // [INDEX, KRONECKER, DIFFERENTIAL, SLICES, COTANGENT]
 * }</pre>
 *
 * @param kind which way
 * @param label what stands on the left, such as {@code dY}
 * @param formula what stands on the right
 * @param shape the sizes of its axes
 * @param with variables that stand in the formula beside those of the expression
 * @param meaning what it says, in words
 */
public record Form(
    Kind kind,
    String label,
    Formula formula,
    List<Size> shape,
    List<Variable> with,
    String meaning) {

  /** The ways to show a derivative. */
  public enum Kind {
    /** Sums of products instead of products of sums, where that is another formula. */
    EXPANDED,
    /** Every entry, by its indices. */
    INDEX,
    /** The matrix of ∂vec(Y) and ∂vec(X), where vec stacks columns. */
    KRONECKER,
    /** The change of the function for a change of the variable. */
    DIFFERENTIAL,
    /** The derivative by one entry of the variable at a time. */
    SLICES,
    /** The derivative times a direction of the last variable; of a Hessian, H*v. */
    DIRECTION,
    /** A cotangent times the derivative, as reverse mode computes it. */
    COTANGENT;

    /** The name as options and the JSON contract spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
