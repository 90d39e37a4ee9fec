package nabla.optimize;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import nabla.optimize.Minimum.Status;
import org.jspecify.annotations.Nullable;

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno with the last few steps for the Hessian
 * (Nocedal and Wright, Numerical Optimization, algorithm 7.5), for functions without second
 * derivatives and for very many variables.
 */
final class LimitedMemory {
  private static final int MEMORY = 10;
  private static final int MOST_TRIALS = 60;
  private static final double SUFFICIENT = 1e-4;
  private static final double FLATTER = 0.9;

  /** A step, and how the gradient changed along it. */
  private static final class Pair {
    final double[] step;
    final double[] change;
    final double product;

    Pair(double[] step, double[] change) {
      this.step = step;
      this.change = change;
      this.product = Vectors.dot(step, change);
    }
  }

  private final Objective objective;
  private final Limits limits;
  private final boolean bounded;
  private final ArrayDeque<Pair> pairs = new ArrayDeque<>();
  private Iterate now;

  LimitedMemory(Objective objective, Iterate start, Limits limits) {
    this.objective = objective;
    this.limits = limits;
    this.bounded = !objective.box.isEverything();
    this.now = start;
  }

  /**
   * @param done how many iterations there were before
   */
  Outcome minimize(int done) {
    for (int k = done; ; k++) {
      Status status = limits.reached(now.number(k));
      if (limits.isSmall(now.slope)) status = Status.CONVERGED;
      else if (status == null) status = step();
      if (status != null) return new Outcome(now, status, Curvature.UNKNOWN, k);
    }
  }

  private @Nullable Status step() {
    Iterate next = search(direction());
    if (next == null && !pairs.isEmpty()) {
      pairs.clear();
      next = search(direction());
    }
    if (next == null) return Status.STALLED;
    remember(next);
    now = next;
    return now.isBottomless() ? Status.UNBOUNDED : null;
  }

  private void remember(Iterate next) {
    double[] step = Vectors.along(next.point, -1, now.point);
    double[] change = Vectors.along(next.gradient, -1, now.gradient);
    if (!isCurved(step, change)) return;
    if (pairs.size() == MEMORY) pairs.removeFirst();
    pairs.addLast(new Pair(step, change));
  }

  private static boolean isCurved(double[] step, double[] change) {
    return Vectors.dot(step, change) > 1e-12 * Vectors.norm(step) * Vectors.norm(change);
  }

  /**
   * Minus the gradient, times what the steps say of the inverse of the Hessian: among the entries
   * that no limit blocks, as if there were no others.
   */
  private double[] direction() {
    double[] direction = free(Vectors.along(new double[now.point.length], -1, now.gradient));
    List<Pair> pairs = freePairs();
    if (pairs.isEmpty()) {
      double length = Vectors.norm(direction);
      return Vectors.along(new double[direction.length], 1 / Math.max(1, length), direction);
    }
    double[] shares = new double[pairs.size()];
    for (int k = shares.length - 1; k >= 0; k--) {
      Pair p = pairs.get(k);
      shares[k] = Vectors.dot(p.step, direction) / p.product;
      Vectors.add(direction, -shares[k], p.change);
    }
    Pair last = pairs.getLast();
    double scale = last.product / Vectors.dot(last.change, last.change);
    for (int k = 0; k < direction.length; k++) direction[k] *= scale;
    for (int k = 0; k < shares.length; k++) {
      Pair p = pairs.get(k);
      double share = Vectors.dot(p.change, direction) / p.product;
      Vectors.add(direction, shares[k] - share, p.step);
    }
    return direction;
  }

  private double[] free(double[] vector) {
    if (!bounded) return vector;
    double[] free = vector.clone();
    for (int k = 0; k < free.length; k++) {
      if (objective.box.isBlocked(k, now.point, now.gradient)) free[k] = 0;
    }
    return free;
  }

  private List<Pair> freePairs() {
    if (!bounded) return pairs.stream().toList();
    return pairs.stream()
        .filter(p -> isCurved(free(p.step), free(p.change)))
        .map(p -> new Pair(free(p.step), free(p.change)))
        .toList();
  }

  /** A point that is lower and where the function falls less steeply, by bisection. */
  private @Nullable Iterate search(double[] direction) {
    double slope = Vectors.dot(direction, now.gradient);
    if (!(slope < 0)) return null;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double length = 1;
    for (int k = 0; k < MOST_TRIALS; k++) {
      Iterate next = now.along(objective, length, direction);
      if (next == null || !isLower(next)) high = length;
      else if (isSteep(next, direction, length, slope)) low = length;
      else return next;
      length = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
    }
    return null;
  }

  /** Whether it is worth while to go on; where a limit has bent the way it is not. */
  private boolean isSteep(Iterate next, double[] direction, double length, double slope) {
    if (Vectors.dot(direction, next.gradient) >= FLATTER * slope) return false;
    return !bounded || Arrays.equals(next.point, Vectors.along(now.point, length, direction));
  }

  private boolean isLower(Iterate next) {
    double expected = Vectors.dot(now.gradient, Vectors.along(next.point, -1, now.point));
    if (expected < 0 && next.value <= now.value + SUFFICIENT * expected) return true;
    boolean rounded = Math.abs(next.value - now.value) <= now.rounding();
    return rounded && Vectors.norm(next.slope) < Vectors.norm(now.slope);
  }
}
