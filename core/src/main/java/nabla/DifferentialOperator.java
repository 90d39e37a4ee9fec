package nabla;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.Size;

/**
 * What is asked for by name; each is made of first or second derivatives.
 *
 * <pre>{@code
 * Expression.parse("log(norm2(x))").laplacian("x").text() // (n - 2)/norm2(x)^2
 * Expression.parse("x/norm2(x)^3").divergence("x").text() // (n - 3)/norm2(x)^3
 * }</pre>
 */
public enum DifferentialOperator {
  /** The derivative by one variable after the other, whatever the function is. */
  DERIVATIVE,
  /** The first derivative of a scalar. */
  GRADIENT,
  /** The first derivative of anything. */
  JACOBIAN,
  /** The second derivative of a scalar, by one variable twice or by two. */
  HESSIAN,
  /** The sum of the second derivatives by each entry of the variable, for each of the function. */
  LAPLACIAN,
  /** The sum of the derivatives of each entry of the function by the same one of the variable. */
  DIVERGENCE;

  /** The name as commands and the JSON contract spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The operator with this label. */
  public static Optional<DifferentialOperator> of(String label) {
    for (DifferentialOperator o : values()) if (o.label().equals(label)) return Optional.of(o);
    return Optional.empty();
  }

  /** Whether pairs of axes of the derivative are summed over. */
  boolean isTrace() {
    return this == LAPLACIAN || this == DIVERGENCE;
  }

  /**
   * The variables to differentiate by, one after the other.
   *
   * @throws NablaException with {@link Code#WRT} if it is not a number of variables that the
   *     operator takes
   */
  List<String> variables(List<String> names) {
    if (names.isEmpty()) throw new NablaException(Code.WRT, "no variable to differentiate by");
    int most = this == DERIVATIVE ? Integer.MAX_VALUE : this == HESSIAN ? 2 : 1;
    if (names.size() > most) {
      String number = most == 1 ? "one variable" : "one or two variables";
      throw new NablaException(Code.WRT, "the " + label() + " is by " + number);
    }
    boolean twice = this == LAPLACIAN || (this == HESSIAN && names.size() == 1);
    return twice ? List.of(names.getFirst(), names.getFirst()) : names;
  }

  /**
   * @param by the axes of the variable
   * @throws NablaException with {@link Code#KIND} if the function has no such thing
   */
  void require(Expression function, List<Size> by) {
    boolean scalar = function.shape().isEmpty();
    String found = "the expression is a " + function.kind();
    switch (this) {
      case GRADIENT -> {
        if (!scalar) throw kind("a gradient is that of a scalar, but " + found, "ask for jacobian");
      }
      case HESSIAN -> {
        if (!scalar) {
          throw kind("a Hessian is that of a scalar, but " + found, "diff has an order: --order 2");
        }
      }
      case DIVERGENCE -> {
        if (!function.shape().equals(by)) {
          String sizes = function.shape() + " and " + by;
          boolean sameKind = function.shape().size() == by.size();
          throw kind(
              "a divergence needs a function of the shape of its variable, but these are " + sizes,
              sameKind
                  ? "declare sizes that make them the same, such as A: matrix[n,n]"
                  : scalar ? "ask for gradient or laplacian" : "ask for jacobian");
        }
      }
      case DERIVATIVE, JACOBIAN, LAPLACIAN -> {}
    }
  }

  private static NablaException kind(String message, String hint) {
    return new NablaException(new Diagnostic(Code.KIND, message, Span.NONE, "", hint));
  }
}
