package nabla.optimize;

import java.util.Arrays;

/** The least and the largest value of each entry. */
final class Box {
  private static final double ROUNDING = 1e-12;

  /** Negative infinity where there is none. */
  final double[] lower;

  /** Infinity where there is none. */
  final double[] upper;

  Box(double[] lower, double[] upper) {
    this.lower = lower;
    this.upper = upper;
  }

  static Box everything(int size) {
    double[] lower = new double[size];
    double[] upper = new double[size];
    Arrays.fill(lower, Double.NEGATIVE_INFINITY);
    Arrays.fill(upper, Double.POSITIVE_INFINITY);
    return new Box(lower, upper);
  }

  boolean isEverything() {
    for (int k = 0; k < lower.length; k++) {
      if (lower[k] != Double.NEGATIVE_INFINITY || upper[k] != Double.POSITIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is no point in it. */
  boolean isEmpty() {
    for (int k = 0; k < lower.length; k++) if (!(lower[k] <= upper[k])) return true;
    return false;
  }

  boolean contains(double[] point) {
    return Arrays.equals(point, nearest(point));
  }

  double clamped(int k, double value) {
    return Math.min(Math.max(value, lower[k]), upper[k]);
  }

  /** The nearest point in it. */
  double[] nearest(double[] point) {
    double[] nearest = new double[point.length];
    for (int k = 0; k < point.length; k++) nearest[k] = clamped(k, point[k]);
    return nearest;
  }

  /** Whether an entry is at a limit, and the function falls beyond it. */
  boolean isBlocked(int k, double[] point, double[] gradient) {
    return (point[k] <= lower[k] && gradient[k] > 0) || (point[k] >= upper[k] && gradient[k] < 0);
  }

  /** Whether an entry is at a limit, up to rounding. */
  boolean isAtLimit(int k, double[] point) {
    double near = ROUNDING * Math.max(1, Math.abs(point[k]));
    return point[k] <= lower[k] + near || point[k] >= upper[k] - near;
  }

  /**
   * How far the nearest point to {@code point - gradient} is away from {@code point}: the gradient
   * where there are no limits, zero where nothing leads down.
   */
  double[] slope(double[] point, double[] gradient) {
    double[] slope = new double[point.length];
    for (int k = 0; k < point.length; k++) {
      // no clamp, to which -0 and 0 are no interval
      slope[k] = Math.min(Math.max(gradient[k], point[k] - upper[k]), point[k] - lower[k]);
    }
    return slope;
  }
}
