package nabla.engine;

import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.UnaryFunction;
import nabla.tensor.Rational;

/** Powers with a constant exponent as scalar code; of a negative base a broken one is NaN. */
final class Powers {
  private static final int MOST_PRODUCTS = 64;

  private Powers() {}

  static Code of(Code base, Rational exponent) {
    if (exponent.isOne()) return base;
    if (exponent.signum() < 0) {
      return new Code.Unary(UnaryFunction.RECIPROCAL, of(base, exponent.negate()));
    }
    if (exponent.equals(Rational.HALF)) return new Code.Unary(UnaryFunction.SQRT, base);
    if (exponent.isInt() && exponent.intValue() <= MOST_PRODUCTS) {
      return whole(base, exponent.intValue());
    }
    return new Code.Binary(BinaryFunction.POWER, base, new Code.Literal(exponent.doubleValue()));
  }

  private static Code whole(Code base, int exponent) {
    if (exponent == 1) return base;
    Code half = new Code.Unary(UnaryFunction.SQUARE, whole(base, exponent / 2));
    return exponent % 2 == 0 ? half : Code.times(half, base);
  }
}
