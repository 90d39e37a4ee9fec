package nabla.optimize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.tensor.NumericArray;

/**
 * Where a minimisation ended.
 *
 * @param point the variables, by name
 * @param value of the function there
 * @param gradientNorm the largest entry of the gradient there, without its sign; with constraints,
 *     of the gradient of the Lagrangian, as far as it leads to points that limits of entries allow
 * @param status how it ended
 * @param reason the same in words
 * @param curvature what kind of point it is
 * @param global whether it is proved that no point is lower, as the function is convex, and the set
 *     of the points that meet the constraints
 * @param iterations how many there were
 * @param violation by how much the point misses the constraints
 * @param multipliers of the constraints, by their text, each of the shape of the constraint: the
 *     gradient of the function is minus the sum of multipliers times the gradients of {@code left -
 *     right} for {@code left <= right} and {@code left = right}; those of inequalities are not
 *     negative, and zero where the constraint is loose
 * @param formula the point as formulas of the data where there is one, by the name of the variable
 */
public record Minimum(
    Map<String, NumericArray> point,
    double value,
    double gradientNorm,
    Status status,
    String reason,
    Curvature curvature,
    boolean global,
    int iterations,
    double violation,
    Map<String, NumericArray> multipliers,
    Map<String, String> formula) {
  public Minimum {
    multipliers = Collections.unmodifiableMap(new LinkedHashMap<>(multipliers));
    point = Map.copyOf(point);
    formula = Collections.unmodifiableMap(new LinkedHashMap<>(formula));
  }

  /** How a minimisation ended. */
  public enum Status {
    /** The gradient is as small as was asked for, and nothing leads down from there. */
    CONVERGED,
    /** The function falls without end, or there is no point where it is least. */
    UNBOUNDED,
    /** No point was found that meets the constraints. */
    INFEASIBLE,
    /** The gradient is larger than was asked for, but rounding hides every lower point. */
    PRECISION,
    /** No step makes the function less, though the gradient is larger than was asked for. */
    STALLED,
    /** There were as many iterations as were allowed. */
    ITERATION_LIMIT,
    /** The time was over. */
    TIME_LIMIT,
    /** The thread was interrupted; the point is the best one that was met. */
    INTERRUPTED
  }

  public boolean isConverged() {
    return status == Status.CONVERGED;
  }
}
