package nabla.optimize;

import java.util.Arrays;
import java.util.stream.IntStream;
import nabla.optimize.Curvature.Kind;
import nabla.optimize.Minimum.Status;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method where the quadratic model is trusted (Nocedal and Wright, Numerical Optimization,
 * algorithm 4.1). It goes on from a point with a gradient of zero from which something leads down.
 * Where second derivatives are not finite, {@link LimitedMemory} goes on.
 */
final class TrustRegion {
  private static final double LONG = 1e-3;
  private static final int MOST_FURTHER = 30;

  /**
   * Where a function falls ever more slowly, it is bent less than so much of before; rounding alone
   * leaves that as it is.
   */
  private static final double BENT = 0.1;

  /** What falls by another part of what the gradient says may be on the way to a minimum. */
  private static final double CURVED = 0.01;

  /** A gradient that does not become smaller by that is rounding. */
  private static final double FALLING = 0.9;

  private final Objective objective;
  private final Limits limits;
  private final boolean bounded;
  private Iterate now;

  /**
   * The model in variables that are scaled, so that the function is about as curved along each;
   * null where the Hessian is not finite.
   */
  private @Nullable QuadraticModel model;

  private final double[] scale;
  private final Trust trust;

  /** What {@link #inflection} has found, and of which point. */
  private double @Nullable [] beyond;

  private @Nullable Iterate examined;

  TrustRegion(Objective objective, Iterate start, Limits limits) {
    this.objective = objective;
    this.limits = limits;
    this.bounded = !objective.box.isEverything();
    this.now = start;
    this.scale = new double[start.point.length];
    this.model = modelAt(start);
    this.trust = new Trust(model == null ? 0.1 : Math.max(0.1, 0.1 * model.slope()));
  }

  /** The scales never become less (Moré, 1978: the Levenberg-Marquardt algorithm). */
  private @Nullable QuadraticModel modelAt(Iterate iterate) {
    double[][] hessian = objective.hessian(iterate.point);
    if (!Vectors.areFinite(hessian)) return null;
    double[] gradient = new double[scale.length];
    for (int k = 0; k < scale.length; k++) {
      scale[k] = Math.max(scale[k], Math.sqrt(Math.abs(hessian[k][k])));
      if (scale[k] == 0) scale[k] = 1;
      gradient[k] = iterate.gradient[k] / scale[k];
    }
    scaled(hessian);
    return new QuadraticModel(hessian, gradient);
  }

  private void scaled(double[][] hessian) {
    for (int i = 0; i < scale.length; i++) {
      for (int j = 0; j < scale.length; j++) hessian[i][j] /= scale[i] * scale[j];
    }
  }

  private double[] scaled(double[] point) {
    double[] scaled = point.clone();
    for (int k = 0; k < scaled.length; k++) scaled[k] *= scale[k];
    return scaled;
  }

  private double[] unscaled(double[] step) {
    double[] unscaled = step.clone();
    for (int k = 0; k < unscaled.length; k++) unscaled[k] /= scale[k];
    return unscaled;
  }

  /**
   * @param done how many iterations there were before
   */
  Outcome minimize(int done) {
    int further = 0;
    double firstBend = Double.NaN;
    for (int k = done; ; k++) {
      QuadraticModel trusted = model;
      if (trusted == null) return new LimitedMemory(objective, now, limits).minimize(k);
      Status status = limits.reached(now.number(k));
      boolean small = limits.isSmall(now.slope);
      double[] far = small ? longStep(trusted) : null;
      if (far != null) {
        double bend = trusted.bend(scaled(far)) / Vectors.dot(far, far);
        if (Double.isNaN(firstBend)) firstBend = bend;
        if (++further > MOST_FURTHER) {
          return ended(bend < BENT * firstBend ? Status.UNBOUNDED : Status.CONVERGED, k);
        }
        double before = Vectors.norm(now.slope);
        boolean stays = status != null || step(trusted) != null;
        if (stays || Vectors.norm(now.slope) > FALLING * before) {
          return ended(Status.CONVERGED, k);
        }
      } else if (small) {
        Iterate lower = lower(trusted);
        Iterate down = lower == null ? down(trusted) : null; // a minimum may well be far
        if (lower == null && down == null) lower = pastInflection();
        if (down != null) move(down);
        else if (lower == null) return ended(Status.CONVERGED, k);
        else if (++further > MOST_FURTHER) return ended(Status.UNBOUNDED, k);
        else move(lower);
        if (now.isBottomless()) return ended(Status.UNBOUNDED, k);
      } else if (status == null) {
        status = step(trusted);
      }
      if (status != null) return ended(status, k);
    }
  }

  /**
   * The step to a minimum that would be far, though the gradient is small; null if it would not. It
   * comes near with further steps where the Hessian is small, too, but never where the function
   * falls ever more slowly, as exp(-x) does, and is bent ever less.
   */
  private double @Nullable [] longStep(QuadraticModel trusted) {
    int[] movable = movable();
    QuadraticModel free = bounded ? trusted.among(movable, new double[scale.length]) : trusted;
    if (movable.length == 0 || !free.isConvex()) return null;
    double[] step = unscaled(spread(free.step(Double.POSITIVE_INFINITY), movable));
    double[] end = objective.box.nearest(Vectors.along(now.point, 1, step));
    double[] moved = Vectors.along(end, -1, now.point);
    boolean isLong = Vectors.norm(moved) > LONG * Math.max(1, Vectors.norm(now.point));
    return isLong ? moved : null;
  }

  private Outcome ended(Status status, int iterations) {
    boolean settled = !bounded || status != Status.CONVERGED || settle();
    Outcome unknown = new Outcome(now, status, Curvature.UNKNOWN, iterations);
    if (status == Status.INTERRUPTED || !settled) return unknown;
    double[][] hessian = objective.hessian(now.point);
    if (!Vectors.areFinite(hessian)) return unknown;
    Curvature curvature =
        new QuadraticModel(hessian, now.gradient)
            .among(movable(), new double[scale.length])
            .curvature();
    if (status != Status.CONVERGED) return new Outcome(now, status, curvature, iterations);
    boolean inflected = curvature.kind() == Kind.STRICT_MINIMUM && inflection() != null;
    if (curvature.isDownward() && isAtLimit()) curvature = Curvature.UNKNOWN;
    else if (inflected || curvature.isDownward()) curvature = curvature.flat();
    Outcome outcome = new Outcome(now, status, curvature, iterations);
    return movable().length < scale.length ? outcome : atMultipleZero(outcome);
  }

  /** There, if that is no higher; what leads down from there was not found, and is flat. */
  private Outcome atMultipleZero(Outcome outcome) {
    Outcome end = MultipleZero.of(objective, outcome, limits);
    if (end.last().value > now.value + now.rounding()) return outcome;
    Curvature there = end.curvature();
    return new Outcome(
        end.last(), end.status(), there.isDownward() ? there.flat() : there, end.iterations());
  }

  /**
   * Entries that a limit holds may be beside it within the tolerance: these are put there.
   *
   * @return false where that can't be
   */
  private boolean settle() {
    double[] point = now.point.clone();
    for (int k = 0; k < point.length; k++) {
      // without the sign of -0
      if (isHeld(k))
        point[k] = (now.gradient[k] > 0 ? objective.box.lower[k] : objective.box.upper[k]) + 0.0;
    }
    if (Arrays.equals(point, now.point)) return true;
    Iterate settled = new Iterate(objective, point);
    if (!settled.isFinite() || !limits.isSmall(settled.slope)) return false;
    if (settled.value > now.value + now.rounding()) return false;
    now = settled;
    return true;
  }

  /** Whether a point is found that is lower in a direction of negative curvature. */
  static boolean leadsDown(Objective objective, Iterate from, Limits limits) {
    TrustRegion there = new TrustRegion(objective, from, limits);
    return there.model != null && there.lower(there.model) != null;
  }

  /** A point that is lower, beyond an inflection; null if there is none. */
  private @Nullable Iterate pastInflection() {
    double[] start = inflection();
    if (start == null) return null;
    TrustRegion there = new TrustRegion(objective, new Iterate(objective, start), limits);
    if (!there.now.isFinite() || there.model == null) return null;
    Iterate next = there.lower(there.model);
    return next != null && next.value < now.value - now.rounding() ? next : null;
  }

  /** A point just beyond an inflection, which is sought once for a point. */
  private double @Nullable [] inflection() {
    if (examined != now) beyond = Inflection.beyond(objective, now, movable());
    examined = now;
    return beyond;
  }

  /** Whether an entry is at a limit, and nothing holds it there. */
  private boolean isAtLimit() {
    for (int k = 0; k < scale.length; k++) {
      if (objective.box.isAtLimit(k, now.point) && !isHeld(k)) return true;
    }
    return false;
  }

  /** Rounding may leave a point just beside a limit. */
  private boolean isHeld(int k) {
    return Math.abs(now.gradient[k]) > limits.tolerance()
        && Math.abs(now.slope[k]) <= limits.tolerance();
  }

  /** The entries that no limit holds. */
  private int[] movable() {
    return IntStream.range(0, scale.length).filter(k -> !isHeld(k)).toArray();
  }

  private void move(Iterate next) {
    now = next;
    model = modelAt(next);
  }

  /** One step if the model is right there, else less trust. How it ended if it did. */
  private @Nullable Status step(QuadraticModel trusted) {
    double[] step = bounded ? stepInside(trusted) : trusted.step(trust.radius());
    double expected = -trusted.change(step);
    Iterate next = now.along(objective, 1, unscaled(step));
    boolean allowed = trust.allows(now, next, expected, Vectors.norm(step));
    if (next != null && allowed) move(next);
    if (now.isBottomless()) return Status.UNBOUNDED;
    double distance = Math.max(1, Vectors.norm(scaled(now.point)));
    if (!trust.isLost(distance)) return null;
    return trusted.fall(distance) <= now.rounding() ? Status.PRECISION : Status.STALLED;
  }

  private double[] stepInside(QuadraticModel trusted) {
    double[] lower = new double[scale.length];
    double[] upper = new double[scale.length];
    for (int k = 0; k < scale.length; k++) {
      lower[k] = (objective.box.lower[k] - now.point[k]) * scale[k];
      upper[k] = (objective.box.upper[k] - now.point[k]) * scale[k];
    }
    return new BoxStep(trusted, new Box(lower, upper), trust.radius()).find();
  }

  /** A point that is lower in a direction of negative curvature; null if there is none. */
  private @Nullable Iterate lower(QuadraticModel trusted) {
    int[] movable = movable();
    if (movable.length == 0) return null;
    QuadraticModel free = trusted.among(movable, new double[scale.length]);
    if (free.isConvex() || !free.curvature().isDownward()) return null;
    double[] direction = unscaled(spread(free.lowest(), movable));
    for (double length = Math.max(1, trust.radius()); length > 1e-8; length /= 4) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        Iterate next = now.along(objective, sign * length, direction);
        if (next == null || next.value >= now.value - now.rounding()) continue;
        trust.reach(2 * length);
        return next;
      }
    }
    return null;
  }

  /**
   * A point far down where the function falls by nothing but its slope, though that is within the
   * tolerance: {@code 1e-9*x} has no minimum. Null where it is curved.
   */
  private @Nullable Iterate down(QuadraticModel trusted) {
    int[] movable = movable();
    if (movable.length == 0) return null;
    QuadraticModel free = trusted.among(movable, new double[scale.length]);
    if (free.isConvex()) return null;
    double[] direction = unscaled(spread(free.flat(), movable));
    double slope = Vectors.norm(direction);
    if (slope == 0) return null;
    double length = Math.max(1, Vectors.norm(now.point)) / slope;
    Iterate half = now.along(objective, -length / 2, direction);
    Iterate whole = now.along(objective, -length, direction);
    return half != null && whole != null && isStraight(half) && isStraight(whole) ? whole : null;
  }

  private boolean isStraight(Iterate next) {
    double expected = -Vectors.dot(now.gradient, Vectors.along(next.point, -1, now.point));
    double fallen = now.value - next.value;
    return fallen > now.rounding() && Math.abs(fallen - expected) < CURVED * expected;
  }

  private double[] spread(double[] some, int[] places) {
    return Vectors.spread(some, places, scale.length);
  }
}
