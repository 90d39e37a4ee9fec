package nabla.optimize.convexity;

import java.math.BigInteger;
import nabla.tensor.Rational;

/**
 * The orders of generalised convexity. A nonnegative function f is r-convex if f^r is convex for r
 * > 0, if log(f) is convex for r = 0, and if f^r is concave for r &lt; 0; it is r-concave if these
 * are concave, concave and convex. What is r-convex is s-convex for every s ≥ r, so that the least
 * order says most; 1-convex is convex (Avriel, r-convex functions, 1972).
 */
final class Order {
  /** Stands for ∞: what is only ∞-convex is nothing, what is ∞-concave is constant. */
  static final Rational INFINITE = new Rational(BigInteger.TEN.pow(100), BigInteger.ONE);

  static final Rational MINUS_INFINITE = INFINITE.negate();

  private Order() {}

  static boolean isFinite(Rational order) {
    return order.abs().compareTo(INFINITE) < 0;
  }

  /** The order of a function's power, of which the order of the function is r. */
  static Rational ofPower(Rational r, Rational exponent) {
    if (isFinite(r)) return r.dividedBy(exponent);
    return exponent.signum() > 0 ? r : r.negate();
  }

  static Rational least(Rational a, Rational b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Rational most(Rational a, Rational b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Rational reciprocal(Rational r) {
    return isFinite(r) ? r.inverse() : Rational.ZERO;
  }

  private static Rational fromReciprocal(Rational p, Rational atZero) {
    return p.isZero() ? atZero : p.inverse();
  }

  /**
   * The order of convexity of a product of nonnegative functions. Log-convex functions have a
   * log-convex product; negative powers of concave functions multiply to a negative power of their
   * geometric mean; and g^p/h^b, for convex g and concave h, is convex to the power 1/(p - b) if
   * that is positive, since x^s*y^(1-s) is convex for s ≥ 1.
   */
  static Rational ofConvexProduct(Iterable<Rational> orders) {
    Rational sum = Rational.ZERO;
    Rational above = Rational.ZERO;
    int positive = 0;
    boolean logarithmic = false;
    for (Rational r : orders) {
      if (r.equals(INFINITE)) return INFINITE;
      if (r.isZero()) logarithmic = true;
      else sum = sum.plus(reciprocal(r));
      if (r.signum() > 0) {
        positive++;
        above = reciprocal(r);
      }
    }
    if (positive == 0) return logarithmic ? Rational.ZERO : fromReciprocal(sum, MINUS_INFINITE);
    if (positive > 1 || logarithmic || above.isZero() || sum.signum() <= 0) return INFINITE;
    return sum.inverse();
  }

  /** The order of concavity of a product: that of a geometric mean, or log-concave. */
  static Rational ofConcaveProduct(Iterable<Rational> orders) {
    Rational sum = Rational.ZERO;
    boolean logarithmic = false;
    for (Rational r : orders) {
      if (r.signum() < 0) return MINUS_INFINITE;
      if (r.isZero()) logarithmic = true;
      else sum = sum.plus(reciprocal(r));
    }
    return logarithmic ? Rational.ZERO : fromReciprocal(sum, INFINITE);
  }
}
