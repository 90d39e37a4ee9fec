package nabla.engine.kernel;

/** Functions of two numbers. */
public enum BinaryFunction {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MAX,
  MIN,
  POWER,
  /** The right operand where the left one is not 0, else 0, be the right one infinite or NaN. */
  MASK;

  double at(double left, double right) {
    return switch (this) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MAX -> Math.max(left, right);
      case MIN -> Math.min(left, right);
      case POWER -> Math.pow(left, right);
      case MASK -> mask(left, right);
    };
  }

  static double mask(double left, double right) {
    return left != 0 ? right : 0;
  }

  static float mask(float left, float right) {
    return left != 0 ? right : 0;
  }

  static float power(float left, float right) {
    return (float) Math.pow(left, right);
  }
}
