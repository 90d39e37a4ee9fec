package nabla.tensor;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Powers of exact numbers that are exact numbers again. */
final class Powers {
  private static final int LARGEST_BITS = 2_000;

  private Powers() {}

  /** {@code base^exponent}, or null if that is irrational, undefined or too long to write out. */
  static @Nullable Rational exact(Rational base, Rational exponent) {
    if (base.isOne()) return base;
    if (!exponent.denominator().equals(BigInteger.ONE)) return root(base, exponent);
    if (!exponent.isInt() || (base.isZero() && exponent.signum() < 0)) return null;
    int bits = Math.max(base.numerator().bitLength(), base.denominator().bitLength());
    if ((long) bits * Math.abs((long) exponent.intValue()) > LARGEST_BITS) return null;
    return base.power(exponent.intValue());
  }

  private static @Nullable Rational root(Rational base, Rational exponent) {
    if (base.signum() <= 0 || exponent.denominator().bitLength() > 6) return null;
    int degree = exponent.denominator().intValueExact();
    BigInteger numerator = root(base.numerator(), degree);
    BigInteger denominator = root(base.denominator(), degree);
    if (numerator == null || denominator == null) return null;
    return exact(
        new Rational(numerator, denominator), new Rational(exponent.numerator(), BigInteger.ONE));
  }

  private static @Nullable BigInteger root(BigInteger value, int degree) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
    while (low.compareTo(high) < 0) {
      BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
      if (middle.pow(degree).compareTo(value) <= 0) low = middle;
      else high = middle.subtract(BigInteger.ONE);
    }
    return low.pow(degree).equals(value) ? low : null;
  }
}
