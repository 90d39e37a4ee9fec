package nabla.optimize;

import java.util.Set;
import nabla.optimize.Curvature.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A zero of a gradient where second derivatives are zero, too, as those of x^4. Near a zero of
 * order m, here 3, each of Newton's steps is (m-1)/m of the one before, so that the gradient is
 * tiny far from the end: all steps that would follow are taken at once (Aitken's extrapolation;
 * Traub, Iterative Methods for the Solution of Equations, 1964).
 */
final class MultipleZero {
  private static final int MOST_STEPS = 10;

  /** What is a shorter part of the point is rounding. */
  private static final double SHORT = 1e-12;

  /** Steps to a zero of order two are half as long each. */
  private static final double LEAST_RATIO = 0.45;

  /** That of a zero of order ten. Steps of exp(-x), which has none, are as long as each other. */
  private static final double LARGEST_RATIO = 0.9;

  private final Objective objective;

  private MultipleZero(Objective objective) {
    this.objective = objective;
  }

  /** The same outcome there, if it is near such a point; a minimum is no higher there. */
  static Outcome of(Objective objective, Outcome near) {
    Curvature seen = near.curvature();
    if (seen.kind() == Kind.UNKNOWN) return near;
    MultipleZero zero = new MultipleZero(objective);
    Iterate from = near.last();
    Iterate end = zero.near(from);
    boolean higher = end.value > from.value + from.rounding();
    if (end == from || (higher && !seen.isDownward())) return near;
    Curvature there = zero.curvature(end);
    if (there.kind() != seen.kind()) there = zero.between(from, seen, end);
    return new Outcome(end, near.status(), there, near.iterations());
  }

  /**
   * What a point is where second derivatives are zero, by what they are on both sides of it: x^4 is
   * curved upwards there, x^3 on one side only.
   */
  private Curvature between(Iterate from, Curvature seen, Iterate end) {
    double[] way = Vectors.along(end.point, -1, from.point);
    Iterate beyond = end.along(objective, 1, way);
    Kind opposite = beyond == null ? Kind.UNKNOWN : curvature(beyond).kind();
    boolean alike =
        opposite == seen.kind()
            || Set.of(opposite, seen.kind()).equals(Set.of(Kind.STRICT_MINIMUM, Kind.FLAT));
    return opposite == Kind.UNKNOWN || alike ? seen.withoutEigenvalues() : Curvature.SADDLE;
  }

  private Curvature curvature(Iterate at) {
    double[][] hessian = objective.hessian(at.point);
    return Vectors.areFinite(hessian)
        ? new QuadraticModel(hessian, at.gradient).curvature()
        : Curvature.UNKNOWN;
  }

  private Iterate near(Iterate from) {
    Iterate now = from;
    for (int k = 0; k < MOST_STEPS; k++) {
      double[] step = step(now);
      Iterate next = step == null ? null : better(now, 1, step);
      double[] further = next == null ? null : step(next);
      if (step == null || further == null) return now;
      double ratio = Vectors.dot(step, further) / Vectors.dot(step, step);
      if (ratio < LEAST_RATIO || ratio > LARGEST_RATIO) return now;
      Iterate end = better(now, 1 / (1 - ratio), step);
      if (end == null) return now;
      now = end;
    }
    return now;
  }

  /** Newton's step, if it is more than rounding. */
  private double @Nullable [] step(Iterate at) {
    double[][] hessian = objective.hessian(at.point);
    if (!Vectors.areFinite(hessian)) return null;
    double[] step = new QuadraticModel(hessian, at.gradient).newtonStep();
    return Vectors.norm(step) > SHORT * Math.max(1, Vectors.norm(at.point)) ? step : null;
  }

  /** A point with a smaller gradient. */
  private @Nullable Iterate better(Iterate now, double length, double[] step) {
    Iterate next = now.along(objective, length, step);
    boolean smaller = next != null && Vectors.norm(next.gradient) < Vectors.norm(now.gradient);
    return smaller ? next : null;
  }
}
