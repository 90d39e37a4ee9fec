package nabla.optimize;

import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** A point of a minimisation, with the value and the gradient of the function there. */
final class Iterate {
  final double[] point;
  final double value;
  final double[] gradient;

  /** How much of the gradient leads down within the limits, see {@link Box#slope}. */
  final double[] slope;

  Iterate(Objective objective, double[] point) {
    this.point = point;
    this.gradient = new double[point.length];
    this.value = objective.value(point, gradient);
    this.slope = objective.box.slope(point, gradient);
  }

  boolean isFinite() {
    return Double.isFinite(value) && Vectors.areFinite(gradient);
  }

  /** Whether the value is below any minimum that a user means. */
  boolean isBottomless() {
    return value < -1e60;
  }

  Iteration number(int number) {
    return new Iteration(number, value, Vectors.largest(slope), NumericArray.vector(point));
  }

  /**
   * The point so far in a direction, within the limits; null if the function is not finite there.
   */
  @Nullable Iterate along(Objective objective, double length, double[] direction) {
    double[] end = objective.box.nearest(Vectors.along(point, length, direction));
    if (!Vectors.areFinite(end)) return null;
    Iterate next = new Iterate(objective, end);
    return next.isFinite() ? next : null;
  }

  /** By how much two values may differ for rounding alone. */
  double rounding() {
    return 1e-14 * Math.max(1, Math.abs(value));
  }
}
