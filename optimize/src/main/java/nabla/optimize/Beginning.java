package nabla.optimize;

import java.util.Map;
import java.util.function.Supplier;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * Where a search begins: where formulas say that the gradient is zero, if it is less there than at
 * the start. If it is as small as was asked for, the search ends where it begins.
 *
 * @param closed the formulas; null if there are none
 * @param solved whether they tell the point
 */
record Beginning(@Nullable ClosedForm closed, boolean solved, Iterate point) {
  /**
   * @param data what the formulas are formulas of
   * @param start finds the point to start from otherwise
   */
  static Beginning of(
      @Nullable ClosedForm closed,
      Objective objective,
      Map<String, NumericArray> data,
      Options options,
      Supplier<Iterate> start) {
    Iterate solved =
        closed == null
            ? null
            : closed
                .point(data, options.threads())
                .map(point -> new Iterate(objective, objective.point(point)))
                .filter(Iterate::isFinite)
                .orElse(null);
    if (solved != null && Vectors.largest(solved.gradient) <= options.tolerance()) {
      return new Beginning(closed, true, solved);
    }
    Iterate given = start.get();
    return solved != null && isBetter(solved, given)
        ? new Beginning(closed, true, solved)
        : new Beginning(closed, false, given);
  }

  private static boolean isBetter(Iterate solved, Iterate given) {
    return solved.value <= given.value
        && Vectors.largest(solved.gradient) < Vectors.largest(given.gradient);
  }

  /** What kind of point it is, if that is not known of a search that ended where it began. */
  Outcome judged(Outcome outcome, Map<String, NumericArray> data, Options options) {
    if (closed == null || !solved || outcome.iterations() > 0) return outcome;
    if (outcome.curvature().kind() != Curvature.Kind.UNKNOWN) return outcome;
    Curvature curvature = closed.curvature(data, options.threads());
    return new Outcome(outcome.last(), outcome.status(), curvature, outcome.iterations());
  }

  /**
   * Whether formulas told where a search ended, but that is no minimum, or not the only one, so
   * that what they invert has no inverse.
   */
  boolean isRefuted(Outcome outcome, Map<String, NumericArray> data, Options options) {
    if (closed == null || !solved || outcome.status() != Status.CONVERGED) return false;
    return switch (outcome.curvature().kind()) {
      case STRICT_MINIMUM -> false;
      case FLAT -> closed.isUnique();
      case SADDLE, MAXIMUM -> true;
      case UNKNOWN -> outcome.iterations() == 0 && !closed.isMinimum(data, options.threads());
    };
  }

  /** The formulas, if they tell where the search ended. */
  Map<String, String> formulas(Outcome outcome) {
    if (closed == null || !solved || outcome.status() != Status.CONVERGED) return Map.of();
    boolean there =
        outcome.iterations() == 0 || outcome.curvature().kind() == Curvature.Kind.STRICT_MINIMUM;
    return there ? closed.formulas() : Map.of();
  }

  /** How a search ended, with what the formulas had to do with it. */
  String reason(Outcome outcome, String reason) {
    if (closed == null) return reason;
    if (!solved) return reason + "; the formula gives no minimum for these data";
    if (outcome.iterations() > 0) return reason + "; began at the value of the formula";
    return outcome.status() == Status.CONVERGED ? "solved exactly: " + closed.why() : reason;
  }
}
