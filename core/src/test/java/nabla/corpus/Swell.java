package nabla.corpus;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Inputs whose derivatives grow beyond measure if anything about them is done twice. */
public enum Swell {
  NESTED_60(nested(60, "x", "sin", "cos", "exp"), "x", "x: scalar"),
  NESTED_60_VECTOR("sum(" + nested(60, "x", "sin", "cos", "exp") + ")", "x", "x: vector[n]"),
  NESTED_30_MIXED(nested(30, "x", "exp", "log1p", "sqrt", "sigmoid", "tanh"), "x", "x: scalar"),
  PRODUCT_61(join(61, "*", k -> "sin(" + k + "*x)"), "x", "x: scalar"),
  PRODUCT_61_SUMS(join(61, "*", k -> "(x + " + k + ")"), "x", "x: scalar"),
  PRODUCT_61_FORMS(join(61, "*", k -> "(x'*A" + k + "*x)"), "x", all(61, "A", "matrix[n,n]")),
  PRODUCT_61_MATRICES(
      "tr(" + join(61, "*", k -> "A" + k) + ")", "A30", all(61, "A", "matrix[n,n]")),
  PRODUCT_61_MATRICES_X(
      "tr(" + join(61, "*", k -> "A" + k + "*X") + ")",
      "X",
      all(61, "A", "matrix[n,n]") + "; X: matrix[n,n]"),
  SUM_200(join(200, " + ", k -> "sin(" + k + "*x)"), "x", "x: scalar"),
  SUM_200_POWERS(join(200, " + ", k -> "a" + k + "*x^" + k), "x", "x: scalar"),
  SUM_200_FORMS(join(200, " + ", k -> "x'*A" + k + "*x"), "x", all(200, "A", "matrix[n,n]")),
  SUM_200_LOSSES(
      join(200, " + ", k -> "log(1 + exp(b" + k + "'*x))"), "x", all(200, "b", "vector[n]")),
  LAYERS_12(layers(12, "tanh"), "W1", all(12, "W", "matrix[n,n]") + "; x: vector[n]"),
  LAYERS_12_SOFTMAX(layers(12, "softmax"), "W1", all(12, "W", "matrix[n,n]") + "; x: vector[n]"),
  POWER_20("a'*X^20*b", "X", "X: matrix[n,n]; a: vector[n]; b: vector[n]"),
  POWER_20_JACOBIAN("X^20", "X", "X: matrix[n,n]"),
  SQUARED_20_TIMES(squares(20), "x", "x: scalar"),
  SQUARED_20_TIMES_MATRIX(matrixSquares(20), "X", "X: matrix[n,n]; A: matrix[n,n]"),
  HESSIAN_OF_SUM_30(2, join(30, " + ", k -> "sin(b" + k + "'*x)"), "x", all(30, "b", "vector[n]")),
  HESSIAN_OF_PRODUCT_30(2, join(30, "*", k -> "sin(" + k + "*x)"), "x", "x: scalar"),
  HESSIAN_OF_POWER_20(2, "(x'*x)^20", "x", "x: vector[n]"),
  HESSIAN_OF_LSE_30(
      2, "log(" + join(30, " + ", k -> "exp(b" + k + "'*x)") + ")", "x", all(30, "b", "vector[n]"));

  private final int order;
  private final String expression;
  private final String variable;
  private final String declarations;

  Swell(String expression, String variable, String declarations) {
    this(1, expression, variable, declarations);
  }

  Swell(int order, String expression, String variable, String declarations) {
    this.order = order;
    this.expression = expression;
    this.variable = variable;
    this.declarations = declarations;
  }

  public String expression() {
    return expression;
  }

  /** The variables to differentiate by, one after the other. */
  public List<String> by() {
    return Collections.nCopies(order, variable);
  }

  public String declarations() {
    return declarations;
  }

  private static String nested(int depth, String inner, String... functions) {
    String text = inner;
    for (int k = 0; k < depth; k++) text = functions[k % functions.length] + "(" + text + ")";
    return text;
  }

  private static String join(int count, String sign, IntFunction<String> part) {
    return IntStream.rangeClosed(1, count).mapToObj(part).collect(Collectors.joining(sign));
  }

  private static String all(int count, String letter, String kind) {
    return join(count, "; ", k -> letter + k + ": " + kind);
  }

  private static String layers(int count, String function) {
    String text = "x";
    for (int k = 1; k <= count; k++) text = function + "(W" + k + "*" + text + ")";
    return "norm2(" + text + ")^2";
  }

  private static String squares(int count) {
    return "u0 = x; "
        + join(count, "; ", k -> "u" + k + " = u" + (k - 1) + "^2 + sin(u" + (k - 1) + ")")
        + "; u"
        + count;
  }

  private static String matrixSquares(int count) {
    return "V0 = X; "
        + join(count, "; ", k -> "V" + k + " = V" + (k - 1) + "*V" + (k - 1) + " + A")
        + "; tr(V"
        + count
        + ")";
  }
}
