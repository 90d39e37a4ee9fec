package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * A minimum over symmetric, positive definite or orthogonal matrices, for which there is a formula.
 * Whether it is one is found out along the directions that keep the properties.
 */
final class StructuredMinimum {
  private static final Set<Property> CONVEX =
      Set.of(Property.SYMMETRIC, Property.PD, Property.DIAGONAL);

  private final List<Variable> variables;
  private final ClosedForm closed;
  private final Options options;

  StructuredMinimum(Expression function, List<String> over, ClosedForm closed, Options options) {
    this.variables =
        function.variables().stream()
            .map(Symbol::variable)
            .filter(v -> over.contains(v.name()))
            .toList();
    this.closed = closed;
    this.options = options;
  }

  /**
   * @param data what does not move
   * @param start tells the sizes of what moves
   * @param convex whether the function is known to be convex where the properties hold
   */
  Minimum find(
      Expression function,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      BooleanSupplier convex) {
    Map<String, NumericArray> known = new LinkedHashMap<>(data);
    for (Variable v : variables) known.put(v.name(), allowed(v, start));
    Map<String, NumericArray> found =
        closed.point(known, options.threads()).orElseThrow(() -> nowhere("has no value"));
    Map<String, NumericArray> point = new LinkedHashMap<>();
    for (Variable v : variables) point.put(v.name(), Objects.requireNonNull(found.get(v.name())));
    Objective objective;
    try {
      objective = new Objective(function, data, point, options);
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.PROPERTY) throw e;
      throw nowhere("has no value that is such a matrix");
    }
    return judged(objective, point, convex);
  }

  private NablaException nowhere(String why) {
    return new NablaException(
        Code.DOMAIN, "the formula for " + closed.texts() + " " + why + " for these data");
  }

  /** A value that has the properties. */
  private static NumericArray allowed(Variable v, Map<String, NumericArray> start) {
    NumericArray own = Objects.requireNonNull(start.get(v.name()));
    if (v.properties().isEmpty()) return own;
    int n = own.size(0);
    double[] identity = new double[n * n];
    for (int k = 0; k < n; k++) identity[k * n + k] = 1;
    return NumericArray.of(new int[] {n, n}, identity);
  }

  private Minimum judged(
      Objective objective, Map<String, NumericArray> point, BooleanSupplier convex) {
    Iterate at = new Iterate(objective, objective.point(point));
    if (!at.isFinite()) throw nowhere("leads out of the domain of the function");
    List<int[]> shapes = point.values().stream().map(NumericArray::shape).toList();
    Tangents tangents = new Tangents(variables, shapes, at);
    double[] gradient = tangents.gradient();
    Curvature curvature = Curvature.UNKNOWN;
    if (gradient.length > 0 && objective.isSecondOrder()) {
      double[][] hessian = objective.hessian(at.point);
      if (Vectors.areFinite(hessian)) {
        curvature = new QuadraticModel(tangents.hessian(hessian), gradient).curvature();
      }
    }
    if (closed.isUnique() && curvature.kind() == Curvature.Kind.FLAT) {
      throw nowhere("has no accurate value");
    } else if (curvature.kind() == Curvature.Kind.UNKNOWN && tangents.leadDown(objective)) {
      throw nowhere("gives no minimum");
    }
    double largest = Vectors.largest(gradient);
    Status status = Status.CONVERGED;
    if (largest > options.tolerance()) status = Status.PRECISION;
    else if (curvature.isDownward()) status = Status.STALLED;
    Map<String, String> formulas = status == Status.CONVERGED ? closed.formulas() : Map.of();
    return new Minimum(
        point,
        at.value,
        largest,
        status,
        reason(status),
        curvature,
        status == Status.CONVERGED && areConvex() && convex.getAsBoolean(),
        /* iterations= */ 0,
        /* violation= */ 0,
        Map.of(),
        formulas);
  }

  /** Whether what lies between two such points is one, too. */
  private boolean areConvex() {
    return variables.stream().allMatch(v -> CONVEX.containsAll(v.properties()));
  }

  private String reason(Status status) {
    return switch (status) {
      case CONVERGED -> "solved exactly: " + closed.why();
      case STALLED -> "not converged: the function falls from the point of the formula";
      default -> "not converged to the tolerance: the formula is not that exact for these data";
    };
  }
}
