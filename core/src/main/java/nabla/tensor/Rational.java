package nabla.tensor;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact fraction in lowest terms with a positive denominator; it never overflows. */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  public static final Rational ZERO = of(0);
  public static final Rational ONE = of(1);
  public static final Rational TWO = of(2);
  public static final Rational HALF = of(1, 2);
  public static final Rational MINUS_ONE = of(-1);

  public Rational {
    if (denominator.signum() == 0) throw new ArithmeticException("division by zero");
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) divisor = divisor.negate();
    if (!divisor.equals(BigInteger.ONE)) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
  }

  public static Rational of(long value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * The exact value of a decimal literal.
   *
   * @param decimal such as {@code 2}, {@code 0.1} or {@code 1e-3}
   * @throws NumberFormatException if it is none
   */
  public static Rational parse(String decimal) {
    BigDecimal value = new BigDecimal(decimal);
    return value.scale() > 0
        ? new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
        : new Rational(value.toBigIntegerExact(), BigInteger.ONE);
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational minus(Rational other) {
    return plus(other.negate());
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public Rational dividedBy(Rational other) {
    return times(other.inverse());
  }

  public Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  /**
   * @throws ArithmeticException if this is zero
   */
  public Rational inverse() {
    return new Rational(denominator, numerator);
  }

  /**
   * @throws ArithmeticException if this is zero and the exponent negative
   */
  public Rational power(int exponent) {
    if (exponent < 0) return inverse().power(-exponent);
    return new Rational(numerator.pow(exponent), denominator.pow(exponent));
  }

  public Rational abs() {
    return signum() < 0 ? negate() : this;
  }

  public int signum() {
    return numerator.signum();
  }

  public boolean isZero() {
    return signum() == 0;
  }

  public boolean isOne() {
    return numerator.equals(BigInteger.ONE) && isInteger();
  }

  public boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  /** Whether this is an integer that an {@code int} holds. */
  public boolean isInt() {
    return isInteger() && numerator.bitLength() < 32;
  }

  /**
   * @throws ArithmeticException unless {@link #isInt()}
   */
  public int intValue() {
    if (!isInteger()) throw new ArithmeticException(this + " is not an integer");
    return numerator.intValueExact();
  }

  public double doubleValue() {
    // Both parts are exact doubles, so that one division rounds once; and BigDecimal loads slowly.
    if (numerator.bitLength() <= 53 && denominator.bitLength() <= 53) {
      return (double) numerator.longValue() / (double) denominator.longValue();
    }
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), java.math.MathContext.DECIMAL128)
        .doubleValue();
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** {@code 3}, {@code -1/2}. */
  @Override
  public String toString() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }
}
