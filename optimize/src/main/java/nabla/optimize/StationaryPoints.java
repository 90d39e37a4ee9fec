package nabla.optimize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import nabla.optimize.Minimum.Status;
import org.jspecify.annotations.Nullable;

/**
 * The points where the gradient of a function is zero, as far as they are found from many starts:
 * from each a minimum is sought, and by the method of Levenberg and Marquardt any zero of the
 * gradient (Nocedal and Wright, Numerical Optimization, section 10.3).
 */
final class StationaryPoints {
  private static final double FIRST_DAMPING = 1e-3;
  private static final double MOST_DAMPING = 1e20;

  /** Points that are nearer to each other, relative to their size, are the same. */
  private static final double SAME = 1e-4;

  /** A zero of the gradient that is farther away than so much of the point is at infinity. */
  private static final double NEAR = 1e-3;

  /** More flat points than that are parts of a line of them, or on the way to infinity. */
  private static final int MOST_FLAT = 10;

  private final Objective objective;
  private final Limits limits;
  private final List<Outcome> found = new ArrayList<>();

  StationaryPoints(Objective objective, Limits limits) {
    this.objective = objective;
    this.limits = limits;
  }

  /**
   * The different ones, by the value of the function; none that are flat in some direction if there
   * are many of these.
   *
   * @param first where to start first
   * @param starts how many starts there are; the others are normal numbers, of which later ones are
   *     farther away
   */
  List<Outcome> find(double[] first, int starts, long seed) {
    Random random = new Random(seed);
    double size = Math.max(1, Vectors.norm(first) / Math.sqrt(first.length));
    for (int k = 0; k < starts && !limits.areOver(); k++) {
      double spread = k == 0 ? 0 : size * (1 + 4.0 * k / starts);
      double[] point = first.clone();
      for (int j = 0; j < point.length; j++) point[j] += spread * random.nextGaussian();
      Iterate start = new Iterate(objective, point);
      if (!start.isFinite()) continue;
      add(zero(start));
      add(objective.minimize(start, limits, 0));
    }
    if (found.stream().filter(StationaryPoints::isFlat).count() > MOST_FLAT) {
      found.removeIf(StationaryPoints::isFlat);
    }
    found.sort(Comparator.comparingDouble(outcome -> outcome.last().value));
    return found;
  }

  private static boolean isFlat(Outcome outcome) {
    return outcome.curvature().kind() == Curvature.Kind.FLAT;
  }

  private void add(@Nullable Outcome outcome) {
    if (outcome == null || outcome.status() != Status.CONVERGED) return;
    if (objective.isAtKink(outcome.last())) return; // there is no gradient
    double[] point = outcome.last().point;
    SpectralModel spectrum = objective.spectrum(outcome.last());
    if (spectrum == null) return;
    boolean far = Vectors.norm(spectrum.dampedStep(0)) > NEAR * Math.max(1, Vectors.norm(point));
    if (far && !isFlat(outcome)) return;
    for (Outcome other : found) {
      double distance = Vectors.norm(Vectors.along(point, -1, other.last().point));
      if (distance <= SAME * Math.max(1, Vectors.norm(point))) return;
    }
    found.add(outcome);
  }

  /** Where steps that make the gradient smaller end, if it is zero there. */
  private @Nullable Outcome zero(Iterate start) {
    Iterate now = start;
    double damping = FIRST_DAMPING;
    for (int k = 0; k < limits.iterations() && damping < MOST_DAMPING; k++) {
      if (limits.reached(now.number(k)) != null) return null;
      SpectralModel spectrum = objective.spectrum(now);
      if (spectrum == null) return null;
      if (limits.isSmall(now.gradient)) {
        Iterate refined = refined(now, spectrum);
        SpectralModel there = objective.spectrum(refined);
        if (there == null) return null;
        Curvature curvature = there.curvature();
        boolean flat = curvature.isDownward() && !TrustRegion.leadsDown(objective, refined, limits);
        return MultipleZero.of(
            objective,
            new Outcome(refined, Status.CONVERGED, flat ? curvature.flat() : curvature, k),
            limits);
      }
      Iterate next = now.along(objective, 1, spectrum.dampedStep(damping));
      if (next != null && Vectors.norm(next.gradient) < Vectors.norm(now.gradient)) {
        now = next;
        damping /= 10;
      } else {
        damping = Math.max(damping, Double.MIN_NORMAL) * 10;
      }
    }
    return null;
  }

  /** One more step, which makes most digits right. */
  private Iterate refined(Iterate now, SpectralModel spectrum) {
    Iterate next = now.along(objective, 1, spectrum.dampedStep(0));
    if (next == null || Vectors.norm(next.gradient) >= Vectors.norm(now.gradient)) return now;
    return next;
  }
}
