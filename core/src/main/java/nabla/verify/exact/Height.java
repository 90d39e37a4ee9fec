package nabla.verify.exact;

import nabla.tensor.Rational;

/**
 * A bound on a polynomial with whole coefficients.
 *
 * @param degree its total degree
 * @param bits the binary logarithm of the sum of the magnitudes of its coefficients
 */
record Height(double degree, double bits) {
  /** That of 0, 1 and -1. */
  static final Height ONE = new Height(0, 0);

  /** That of an indeterminate. */
  static final Height FREE = new Height(1, 0);

  static Height numerator(Rational number) {
    return new Height(0, number.numerator().bitLength());
  }

  static Height denominator(Rational number) {
    return number.isInteger() ? ONE : new Height(0, number.denominator().bitLength());
  }

  /** Of a product. */
  Height times(Height other) {
    return new Height(degree + other.degree, bits + other.bits);
  }

  /** Of a power. */
  Height power(double exponent) {
    return new Height(degree * exponent, bits * exponent);
  }

  /** Of a sum. */
  Height plus(Height other) {
    return new Height(Math.max(degree, other.degree), Math.max(bits, other.bits) + 1);
  }

  /** Of a sum of so many. */
  Height sum(double count) {
    return count <= 1 ? this : new Height(degree, bits + StrictMath.log(count) / StrictMath.log(2));
  }
}
