package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/** The directions in which differences say that a function is least and most curved. */
final class Curved {
  /** Of more entries the differences take too long. */
  private static final int MOST = 12;

  private static final double STEP = 1e-3;
  private static final double[] LENGTHS = {0.3, 0.01};

  private final List<Variable> free;
  private final boolean all;

  Curved(List<Variable> variables, Set<String> moving) {
    this.free = variables.stream().filter(v -> moving.contains(v.name())).toList();
    this.all = free.stream().allMatch(v -> v.properties().isEmpty());
  }

  List<Map<String, NumericArray>> directions(
      Map<String, NumericArray> at, ToDoubleFunction<Map<String, NumericArray>> function) {
    int count = free.stream().mapToInt(v -> of(at, v).count()).sum();
    if (!all || count > MOST) return List.of();
    double[][] hessian = new double[count][count];
    double middle = function.applyAsDouble(at);
    for (int i = 0; i < count; i++) {
      for (int j = i; j < count; j++) {
        double[] both = new double[count];
        both[i] += STEP;
        both[j] += STEP;
        double[] apart = new double[count];
        apart[i] += STEP;
        apart[j] -= STEP;
        double cross = i == j ? 2 * middle : pair(at, apart, function);
        hessian[i][j] = (pair(at, both, function) - cross) / (4 * STEP * STEP);
        hessian[j][i] = hessian[i][j];
        if (!Double.isFinite(hessian[i][j])) return List.of();
      }
    }
    EigenDecompositionSymmetric eigen;
    try {
      eigen = new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(hessian));
    } catch (MathRuntimeException entriesOfTooManySizes) {
      return List.of();
    }
    List<Map<String, NumericArray>> directions = new ArrayList<>();
    for (int k : List.of(0, count - 1)) {
      double[] v = eigen.getEigenvector(k).toArray();
      for (double length : LENGTHS) directions.add(arrays(at, v, length));
    }
    return directions;
  }

  /** f(x + d) + f(x - d), at two points for i = j. */
  private double pair(
      Map<String, NumericArray> at, double[] d, ToDoubleFunction<Map<String, NumericArray>> f) {
    return f.applyAsDouble(moved(at, d, 1)) + f.applyAsDouble(moved(at, d, -1));
  }

  private Map<String, NumericArray> moved(Map<String, NumericArray> at, double[] d, double by) {
    Map<String, NumericArray> moved = new LinkedHashMap<>(at);
    arrays(at, d, 1)
        .forEach((name, step) -> moved.put(name, Chords.combined(1, of(at, name), by, step)));
    return moved;
  }

  private Map<String, NumericArray> arrays(
      Map<String, NumericArray> at, double[] entries, double length) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    int first = 0;
    for (Variable v : free) {
      NumericArray x = of(at, v);
      double[] own = new double[x.count()];
      for (int k = 0; k < own.length; k++) own[k] = length * entries[first + k];
      first += own.length;
      arrays.put(v.name(), NumericArray.of(x.shape(), own));
    }
    return arrays;
  }

  private static NumericArray of(Map<String, NumericArray> at, Variable v) {
    return of(at, v.name());
  }

  private static NumericArray of(Map<String, NumericArray> at, String name) {
    return Objects.requireNonNull(at.get(name));
  }
}
