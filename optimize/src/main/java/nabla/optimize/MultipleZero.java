package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import nabla.optimize.Curvature.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A zero of a gradient where second derivatives are zero, too, as those of x^4. Near a zero of
 * order m, here 3, each of Newton's steps is (m-1)/m of the one before, so that the gradient is
 * tiny far from the end: all steps that would follow are taken at once (Aitken's extrapolation;
 * Traub, Iterative Methods for the Solution of Equations, 1964). What kind of point it is the
 * slopes around it say.
 */
final class MultipleZero {
  private static final int MOST_STEPS = 10;

  /** What is a shorter part of the point is rounding. */
  private static final double SHORT = 1e-12;

  /** Steps to a zero of order two are half as long each. */
  private static final double LEAST_RATIO = 0.45;

  /** That of order ten, as of x^11. Steps of exp(-x), which has none, are as long as each other. */
  private static final double LARGEST_RATIO = 0.905;

  /** An eigenvalue that is so small beside the least one nearby is zero. */
  private static final double ZERO = 0.01;

  /** A slope that is so small beside the gradient nearby says nothing. */
  private static final double LEVEL = 1e-3;

  /** A slope may come of so many roundings. */
  private static final double SAFETY = 4;

  /** Up to so many variables the directions between two axes are among those that are tried. */
  private static final int MOST_DIAGONAL = 10;

  /** Directions beside those that are known. */
  private static final int RANDOM = 16;

  private final Objective objective;

  private MultipleZero(Objective objective) {
    this.objective = objective;
  }

  /** What an outcome near such a point becomes there; any other one stays. */
  static Outcome of(Objective objective, Outcome near, Limits limits) {
    if (near.curvature().kind() == Kind.UNKNOWN || limits.areOver()) return near;
    MultipleZero zero = new MultipleZero(objective);
    Iterate from = near.last();
    Iterate end = zero.near(from);
    if (end == from) return near;
    SpectralModel nearby = objective.spectrum(from);
    SpectralModel there = objective.spectrum(end);
    if (nearby == null || there == null) return near;
    double least = ZERO * nearby.leastMagnitude();
    if (there.leastMagnitude() > least) return near;
    Curvature curvature = there.curvature(zero.kind(from, end, nearby), least);
    return new Outcome(end, near.status(), curvature, near.iterations());
  }

  private Iterate near(Iterate from) {
    Iterate now = from;
    for (int k = 0; k < MOST_STEPS; k++) {
      double[] step = step(now);
      Iterate next = step == null ? null : better(now, 1, step);
      double[] further = next == null ? null : step(next);
      if (step == null || further == null) return now;
      double ratio = Vectors.dot(step, further) / Vectors.dot(step, step);
      if (!isMultiple(ratio)) return now;
      Iterate end = better(now, 1, separately(now, step, further));
      Iterate together = better(now, 1 / (1 - ratio), step);
      if (end == null || (together != null && gradientNorm(together) < gradientNorm(end)))
        end = together;
      if (end == null) return now;
      now = end;
    }
    return now;
  }

  private static double gradientNorm(Iterate at) {
    return Vectors.norm(at.gradient);
  }

  private static boolean isMultiple(double ratio) {
    return LEAST_RATIO <= ratio && ratio <= LARGEST_RATIO;
  }

  /**
   * All steps that would follow, along each eigenvector by its own ratio: of x^4 + y^6 they differ.
   */
  private double[] separately(Iterate at, double[] step, double[] further) {
    SpectralModel spectrum = objective.spectrum(at);
    if (spectrum == null) return step;
    double[] all = new double[step.length];
    for (double[] direction : spectrum.directions()) {
      double first = Vectors.dot(step, direction);
      double ratio = Vectors.dot(further, direction) / first;
      all = Vectors.along(all, isMultiple(ratio) ? first / (1 - ratio) : first, direction);
    }
    return all;
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
    boolean smaller = next != null && gradientNorm(next) < gradientNorm(now);
    return smaller ? next : null;
  }

  /** By whether the function rises or falls at some distance, in many directions. */
  private Kind kind(Iterate from, Iterate end, SpectralModel nearby) {
    double distance = 2 * Vectors.norm(Vectors.along(end.point, -1, from.point));
    double rounding = nearby.slopeRounding(Vectors.norm(from.point));
    double level = Math.max(LEVEL * gradientNorm(from), SAFETY * rounding);
    double[] slopes =
        directions(nearby).stream()
            .flatMapToDouble(
                d -> DoubleStream.concat(slope(end, distance, d), slope(end, -distance, d)))
            .toArray();
    boolean rises = DoubleStream.of(slopes).anyMatch(slope -> slope > level);
    boolean falls = DoubleStream.of(slopes).anyMatch(slope -> slope < -level);
    if (falls) return rises ? Kind.SADDLE : Kind.MAXIMUM;
    return DoubleStream.of(slopes).allMatch(slope -> slope > level)
        ? Kind.STRICT_MINIMUM
        : Kind.FLAT;
  }

  /**
   * How steeply the function rises away from a point, in a direction or along limits that are in
   * the way; none if they leave no way, 0 where it is not finite.
   */
  private DoubleStream slope(Iterate end, double distance, double[] direction) {
    Iterate there = end.along(objective, distance, direction);
    if (there == null) return DoubleStream.of(0);
    double[] way = Vectors.along(there.point, -1, end.point);
    double length = Vectors.norm(way);
    if (length < Math.abs(distance) / 2) return DoubleStream.empty();
    return DoubleStream.of(Vectors.dot(there.gradient, way) / length);
  }

  /**
   * Those of the eigenvectors, the axes, halfway between two axes, and random ones, the same each
   * time.
   */
  private static List<double[]> directions(SpectralModel nearby) {
    List<double[]> directions = new ArrayList<>(nearby.directions());
    Random random = new Random(1);
    int size = directions.size();
    for (int k = 0; k < size; k++) directions.add(Vectors.axis(k, size));
    for (int i = 0; i < size && size <= MOST_DIAGONAL; i++) {
      for (int j = 0; j < i; j++) {
        for (int sign = -1; sign <= 1; sign += 2) {
          directions.add(
              Vectors.unit(Vectors.along(Vectors.axis(i, size), sign, Vectors.axis(j, size))));
        }
      }
    }
    for (int k = 0; k < RANDOM && size > 1; k++) {
      directions.add(Vectors.unit(random.doubles(size, -1, 1).toArray()));
    }
    return directions;
  }
}
