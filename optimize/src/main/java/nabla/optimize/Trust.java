package nabla.optimize;

import org.jspecify.annotations.Nullable;

/**
 * How far a quadratic model is trusted (Nocedal and Wright, Numerical Optimization, algorithm 4.1).
 */
final class Trust {
  private static final double GOOD = 0.75;
  private static final double BAD = 0.25;
  private static final double FAIR = 0.5;
  private static final double LEAST_GAIN = 1e-4;
  private static final double SMALLEST = 1e-16;

  private double radius;

  Trust(double radius) {
    this.radius = radius;
  }

  double radius() {
    return radius;
  }

  /** More trust, if that is more. */
  void reach(double length) {
    radius = Math.max(radius, length);
  }

  /**
   * Whether a step is to be taken. There is less trust then if it gained much less than the model
   * says, and more if it gained that and was as long as was allowed.
   *
   * @param next where it leads; null if the function is not finite there
   * @param expected how much less the value is according to the model
   * @param length of the step
   */
  boolean allows(Iterate now, @Nullable Iterate next, double expected, double length) {
    double gain = next == null ? -1 : gain(now, next, expected);
    if (gain < BAD) radius = length / 4;
    else if (gain > GOOD && length > 0.99 * radius) radius *= 2;
    return gain > LEAST_GAIN;
  }

  /**
   * What a step gained, relative to what was expected of it. Where values differ by no more than
   * rounding, the gradient says whether it was good. A model that rises by its own best step says
   * nothing: the values alone do.
   */
  private static double gain(Iterate now, Iterate next, double expected) {
    double gained = now.value - next.value;
    if (Math.max(Math.abs(gained), Math.abs(expected)) > now.rounding()) {
      if (expected > 0) return gained / expected;
      return gained > now.rounding() ? FAIR : -1;
    }
    return Vectors.norm(next.slope) < Vectors.norm(now.slope) ? 1 : -1;
  }

  /** Whether no step is left that is more than rounding of a point so far from zero. */
  boolean isLost(double distance) {
    return !(radius >= SMALLEST * distance);
  }
}
