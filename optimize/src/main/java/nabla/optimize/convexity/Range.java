package nabla.optimize.convexity;

import nabla.tensor.Rational;

/**
 * An interval that holds every entry of a tensor at every point of the domain. Bounds that
 * arithmetic makes are rounded outwards.
 *
 * @param low the lower bound, or -∞
 * @param high the upper bound, or ∞
 * @param aboveLow whether no entry is equal to the lower bound
 * @param belowHigh whether no entry is equal to the upper bound
 */
record Range(double low, double high, boolean aboveLow, boolean belowHigh) {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /** Below this, sums and products of whole numbers are exact. */
  private static final double EXACT = 1L << 50;

  static final Range ALL = new Range(-INFINITE, INFINITE, false, false);
  static final Range NONNEGATIVE = new Range(0, INFINITE, false, false);
  static final Range POSITIVE = new Range(0, INFINITE, true, false);

  static Range open(double low, double high) {
    return new Range(low, high, true, true);
  }

  static Range closed(double low, double high) {
    return new Range(low, high, false, false);
  }

  static Range of(Rational number) {
    double nearest = number.doubleValue();
    return number.isInt()
        ? closed(nearest, nearest)
        : new Range(Math.nextDown(nearest), Math.nextUp(nearest), true, true);
  }

  boolean isNonnegative() {
    return low >= 0;
  }

  boolean isNonpositive() {
    return high <= 0;
  }

  boolean isPositive() {
    return low > 0 || (low == 0 && aboveLow);
  }

  boolean isNegative() {
    return negate().isPositive();
  }

  Range negate() {
    return new Range(-high, -low, /* aboveLow= */ belowHigh, /* belowHigh= */ aboveLow);
  }

  /** What is in both. */
  Range and(Range other) {
    Range upper = upper(other);
    return low > other.low || (low == other.low && aboveLow)
        ? new Range(low, upper.high, aboveLow, upper.belowHigh)
        : new Range(other.low, upper.high, other.aboveLow, upper.belowHigh);
  }

  private Range upper(Range other) {
    return high < other.high || (high == other.high && belowHigh) ? this : other;
  }

  /** The same with 0 in it. */
  Range withZero() {
    return new Range(
        Math.min(low, 0), Math.max(high, 0), low < 0 && aboveLow, high > 0 && belowHigh);
  }

  Range plus(Range other) {
    return new Range(
        down(low + other.low, low, other.low),
        -down(-high - other.high, -high, -other.high),
        aboveLow || other.aboveLow,
        belowHigh || other.belowHigh);
  }

  /** The sum of one or more numbers that are all in here. */
  Range summed() {
    if (isNonnegative()) return new Range(low, INFINITE, aboveLow, false);
    if (isNonpositive()) return new Range(-INFINITE, high, false, belowHigh);
    return ALL;
  }

  Range times(Range other) {
    if (isNonpositive() && !isNonnegative()) return negate().times(other).negate();
    if (other.isNonpositive() && !other.isNonnegative()) return times(other.negate()).negate();
    if (isNonnegative() && other.isNonnegative()) {
      boolean apart = isPositive() && other.isPositive();
      double least = low == 0 || other.low == 0 ? 0 : down(low * other.low, low, other.low);
      double most = high == 0 || other.high == 0 ? 0 : up(high * other.high, high, other.high);
      boolean below = belowHigh && other.belowHigh && most != 0;
      return new Range(least, most, least == 0 && apart, below);
    }
    if (isNonnegative()) return other.scaled(high);
    if (other.isNonnegative()) return scaled(other.high);
    return ALL;
  }

  /** Entries of both signs times numbers from 0 to {@code most}. */
  private Range scaled(double most) {
    if (most == 0) return closed(0, 0);
    return closed(
        low == 0 ? 0 : -up(-low * most, low, most), high == 0 ? 0 : up(high * most, high, most));
  }

  private static boolean isWhole(double x) {
    return Math.abs(x) < EXACT && x == Math.rint(x);
  }

  private static double down(double result, double a, double b) {
    if (Double.isNaN(result)) return -INFINITE;
    boolean exact = a == 0 || b == 0 || result == 0 || Double.isInfinite(result);
    return exact || (isWhole(a) && isWhole(b) && isWhole(result)) ? result : Math.nextDown(result);
  }

  private static double up(double result, double a, double b) {
    return -down(-result, a, b);
  }
}
