package nabla.engine.kernel;

import java.util.Optional;

/** Functions of one number, with the values that the operations of these names have. */
public enum UnaryFunction {
  NEGATE(""),
  RECIPROCAL(""),
  SQUARE(""),
  SQRT(""),
  ABS("abs"),
  SIGN("sign"),
  STEP("step"),
  RELU("relu"),
  EXP("exp"),
  EXPM1("expm1"),
  LOG("log"),
  LOG1P("log1p"),
  SIGMOID("sigmoid"),
  SOFTPLUS("softplus"),
  SIN("sin"),
  COS("cos"),
  TAN("tan"),
  ASIN("arcsin"),
  ACOS("arccos"),
  ATAN("arctan"),
  SINH("sinh"),
  COSH("cosh"),
  TANH("tanh");

  /** The operation's name in the language, empty if it is no operation of its own. */
  private final String operation;

  UnaryFunction(String operation) {
    this.operation = operation;
  }

  /** The function that computes the operation of this name, if there is one. */
  public static Optional<UnaryFunction> of(String name) {
    for (UnaryFunction function : values()) {
      if (!function.operation.isEmpty() && function.operation.equals(name)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  double at(double x) {
    return switch (this) {
      case NEGATE -> -x;
      case RECIPROCAL -> reciprocal(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case STEP -> step(x);
      case RELU -> Math.max(x, 0);
      case EXP -> Math.exp(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SIGMOID -> sigmoid(x);
      case SOFTPLUS -> softplus(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ASIN -> Math.asin(x);
      case ACOS -> Math.acos(x);
      case ATAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case TANH -> Math.tanh(x);
    };
  }

  static double reciprocal(double x) {
    return 1 / x;
  }

  static double step(double x) {
    return Double.isNaN(x) ? x : x > 0 ? 1 : 0;
  }

  static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
