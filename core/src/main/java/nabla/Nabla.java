package nabla;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Syntax;
import nabla.tensor.Rational;

/**
 * Where expressions come from: they are read from a text, or built from variables.
 *
 * <pre>{@code
 * Expression A = Nabla.matrix("A", "m", "n");
 * Expression x = Nabla.vector("x", "n");
 * Expression b = Nabla.vector("b", "m");
 * Expression r = A.times(x).minus(b);
 * r.transpose().times(r).gradient("x").text() // 2*A'*(A*x - b)
 * Nabla.call("logdet", Nabla.variable("S: matrix[k,k] pd")).gradient("S").text() // inv(S)
 * }</pre>
 */
public final class Nabla {
  private Nabla() {}

  /** The version of this library, such as {@code 0.1.0}. */
  public static String version() {
    return "0.1.0-SNAPSHOT";
  }

  /** Reads an expression, as {@link Expression#parse(String)} does. */
  public static Expression parse(String text) {
    return Expression.parse(text);
  }

  /** Reads an expression with declarations, as {@link Expression#parse(String, String)} does. */
  public static Expression parse(String text, String declarations) {
    return Expression.parse(text, declarations);
  }

  /** A scalar variable. */
  public static Expression scalar(String name) {
    return variable(name + ": scalar");
  }

  /**
   * A vector variable, a column.
   *
   * @param size a name, a number, or a sum of products of these: {@code n}, {@code 3}, {@code 2*n}
   */
  public static Expression vector(String name, String size) {
    return variable(name + ": vector[" + size + "]");
  }

  /** A matrix variable. */
  public static Expression matrix(String name, String rows, String columns) {
    return variable(name + ": matrix[" + rows + "," + columns + "]");
  }

  /**
   * A variable of any kind and with any properties, declared as in the language.
   *
   * <pre>{@code
   * Expression S = Nabla.variable("S: matrix[n,n] symmetric");
   * S.minus(S.transpose()).text() // S - S'
   * S.minus(S.transpose()).jacobian("S").kind() // tensor
   * }</pre>
   *
   * @throws NablaException with {@link Code#DECLARATION} if it is not the declaration of one
   *     variable
   */
  public static Expression variable(String declaration) {
    String name = declaration.replaceFirst(":.*", "").strip();
    List<Problem.Symbol> declared = Elaboration.read("0", declaration, Map.of()).variables();
    if (declared.size() != 1) {
      throw new NablaException(Code.DECLARATION, "declare one variable, not " + declared.size());
    }
    return new Expression(Elaboration.read(name, declaration, Map.of()));
  }

  /**
   * A number, exactly as it is printed in decimals.
   *
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public static Expression number(double value) {
    if (!Double.isFinite(value)) throw new IllegalArgumentException("no number: " + value);
    Rational absolute = Rational.parse(BigDecimal.valueOf(Math.abs(value)).toPlainString());
    Syntax numeral = new Syntax.Numeral(absolute, Span.NONE);
    boolean negative = value < 0;
    return Composition.of(
        List.of(), none -> negative ? new Syntax.Negate(numeral, Span.NONE) : numeral);
  }

  /**
   * A function of the language.
   *
   * <pre>{@code
   * Expression x = Nabla.vector("x", "n");
   * Nabla.call("lse", x).gradient("x").text() // softmax(x)
   * }</pre>
   *
   * @param function such as {@code exp}, {@code logdet} or {@code kron}
   * @throws NablaException with {@link Code#NAME} if there is none of this name, with {@link
   *     Code#ARITY}, {@link Code#KIND} or {@link Code#SHAPE} if the operands do not fit
   */
  public static Expression call(String function, Expression... operands) {
    if (!function.matches("\\w+'*")) {
      throw new NablaException(Code.NAME, function + " is not the name of a function");
    }
    return Composition.of(
        List.of(operands), syntax -> new Syntax.Call(function, new ArrayList<>(syntax), Span.NONE));
  }
}
