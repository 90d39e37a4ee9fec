package nabla.optimize;

import java.util.Map;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * Minimises a function with penalties for its constraints again and again, with multipliers that
 * let the penalty be moderate (Nocedal and Wright, Numerical Optimization, algorithm 17.4).
 */
final class AugmentedLagrangian {
  static final double FIRST_PENALTY = 10;
  private static final double LARGEST_PENALTY = 1e9;
  private static final double HARDER = 10;

  /** A penalty that does not make the violation less than so much of what it was is too small. */
  private static final double ENOUGH = 0.1;

  private static final double FIRST_TOLERANCE = 1e-2;
  private static final int MOST_ROUNDS = 200;
  private static final double BOTTOMLESS = -1e10;

  /**
   * Rounds that follow when all conditions hold, each of which takes an iteration or two and makes
   * the value right in a further digit; and of the tolerance, what is near enough.
   */
  private static final int FURTHER = 3;

  private static final double FINE = 1e-4;

  /** Of the tolerance, how small the slope is to be in these rounds. */
  private static final double FINER = 1e-2;

  private final Objective objective;
  private final Penalties penalties;
  private final Variables variables;
  private final Limits limits;
  private double penalty = FIRST_PENALTY;

  /**
   * @param objective the {@link Penalties#lagrangian}
   */
  AugmentedLagrangian(
      Objective objective, Penalties penalties, Variables variables, Limits limits) {
    this.objective = objective;
    this.penalties = penalties;
    this.variables = variables;
    this.limits = limits;
  }

  Outcome minimize(Iterate start) {
    Iterate now = start;
    @Nullable Outcome found = null;
    int iterations = 0;
    int further = 0;
    double before = Double.POSITIVE_INFINITY;
    double tolerance = FIRST_TOLERANCE;
    for (int round = 0; ; round++) {
      double wanted =
          found == null ? Math.max(limits.tolerance(), tolerance) : FINER * limits.tolerance();
      Outcome inner = objective.minimize(now, limits.with(wanted), iterations);
      iterations = inner.iterations();
      now = inner.last();
      if (isOver(inner.status())) return found == null ? inner : found;
      boolean unbounded = inner.status() == Status.UNBOUNDED;
      Map<String, NumericArray> earlier = penalties.parameters(penalty);
      double error = unbounded ? before : penalties.update(variables.at(now.point), penalty);
      boolean met = !unbounded && error <= limits.tolerance();
      if (met && (wanted <= limits.tolerance() || limits.isSmall(now.slope))) {
        boolean first = found == null;
        found = met(inner);
        Iterate lower = first && isOneSided(now) ? new Kinks(objective, now).lower() : null;
        if (lower != null && round < MOST_ROUNDS) {
          found = null;
          now = lower;
          continue;
        }
        if (error <= FINE * limits.tolerance() || ++further > FURTHER) return found;
      } else if (found != null) {
        penalties.set(earlier); // what comes of a round that failed fits no point
        return found;
      }
      if (round == MOST_ROUNDS) return ended(now, Status.STALLED, iterations);
      if (unbounded) now = start;
      if (unbounded || (!met && error > ENOUGH * before)) {
        if (penalty >= LARGEST_PENALTY) {
          // so far away constraints are missed by rounding alone
          boolean bottomless = unbounded || now.value < BOTTOMLESS;
          return ended(now, bottomless ? Status.UNBOUNDED : Status.INFEASIBLE, iterations);
        }
        penalty *= HARDER;
      }
      before = Math.min(before, error);
      tolerance = Math.min(tolerance / 10, error / 10);
      penalties.parameters(penalty).forEach(objective::set);
      now = new Iterate(objective, now.point);
    }
  }

  /** The eigenvalues were those of the penalties, too: what they say of the kind is left. */
  private Outcome met(Outcome inner) {
    Curvature curvature =
        isOneSided(inner.last()) ? Curvature.UNKNOWN : inner.curvature().withoutEigenvalues();
    boolean small = limits.isSmall(inner.last().slope);
    boolean bottomless = inner.status() == Status.STALLED && inner.last().value < BOTTOMLESS;
    Status status = bottomless ? Status.UNBOUNDED : inner.status();
    if (small) status = Status.CONVERGED;
    return new Outcome(inner.last(), status, curvature, inner.iterations());
  }

  /** Whether the Hessian is that on one side of a constraint. */
  private boolean isOneSided(Iterate at) {
    return penalties.isDegenerate(variables.at(at.point), limits.tolerance());
  }

  private static boolean isOver(Status status) {
    return status == Status.INTERRUPTED
        || status == Status.TIME_LIMIT
        || status == Status.ITERATION_LIMIT;
  }

  private static Outcome ended(Iterate last, Status status, int iterations) {
    return new Outcome(last, status, Curvature.UNKNOWN, iterations);
  }
}
