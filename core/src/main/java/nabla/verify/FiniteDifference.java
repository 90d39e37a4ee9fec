package nabla.verify;

import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives along directions by central differences of fourth order: {@code (8(f(h) - f(-h)) -
 * (f(2h) - f(-2h)))/(12h)} (Abramowitz and Stegun 25.3.6).
 */
final class FiniteDifference {
  /** Two step sizes, whose results are compared where only one direction is looked at. */
  static final double FAR = 1e-3;

  static final double NEAR = 3e-4;

  /** How far two steps may disagree, as a share of the largest entry. */
  static final double RELIABLE = 1e-6;

  /** The same, in roundings. */
  static final double ROUNDINGS = 64;

  /** How much coarser the roundings of {@link RoundingNoise} are than those of a double. */
  private static final double COARSE = 16;

  private final Evaluation base;
  private final Variable variable;
  private final NumericArray point;
  private final Directions directions;

  FiniteDifference(Evaluation base, Variable variable, NumericArray point, Directions directions) {
    this.base = base;
    this.variable = variable;
    this.point = point;
    this.directions = directions;
  }

  /**
   * What the shorter of the two steps loses of values of a function at a point: what is left of
   * terms that cancel is as uncertain as they are.
   *
   * @param noise of the value, as {@link RoundingNoise} has it
   */
  static double rounding(NumericArray value, double noise) {
    return Math.max(Math.ulp(value.largest()), noise / COARSE) / NEAR;
  }

  /** In the direction that belongs to an entry. Null if a value is not finite. */
  double @Nullable [] byEntry(int entry, double step) {
    double scale = Math.max(1, Math.abs(point.data()[entry]));
    return along(directions.of(variable, point, entry), step * scale);
  }

  /** Along a combination of the directions of all entries. Null if a value is not finite. */
  double @Nullable [] alongAll(double[] weights, double step) {
    if (directions.areEntries()) return along(weights, step);
    double[] sum = new double[weights.length];
    for (int entry = 0; entry < weights.length; entry++) {
      double[] direction = directions.of(variable, point, entry);
      for (int k = 0; k < sum.length; k++) sum[k] += weights[entry] * direction[k];
    }
    return along(sum, step);
  }

  /** Along a direction. Null if a value is not finite. */
  private double @Nullable [] along(double[] direction, double step) {
    double[] far = new double[base.value().count()];
    double[] near = new double[far.length];
    if (!addDifference(direction, step, near) || !addDifference(direction, 2 * step, far)) {
      return null;
    }
    for (int k = 0; k < far.length; k++) near[k] = (8 * near[k] - far[k]) / (12 * step);
    return near;
  }

  /** Adds f(h) - f(-h); says whether all of it is finite. */
  private boolean addDifference(double[] direction, double h, double[] difference) {
    double[] ahead = value(direction, h);
    double[] behind = value(direction, -h);
    for (int k = 0; k < difference.length; k++) {
      difference[k] += ahead[k] - behind[k];
      if (!Double.isFinite(difference[k])) return false;
    }
    return true;
  }

  private double[] value(double[] direction, double h) {
    double[] moved = point.data().clone();
    for (int k = 0; k < moved.length; k++) moved[k] += h * direction[k];
    return base.with(variable, NumericArray.of(point.shape(), moved)).value().data();
  }
}
