package nabla;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Problem;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Variable;
import nabla.verify.Binding;

/** Binds data to the variables of an expression: sizes follow, and everything must fit. */
final class Data {
  private static final double TOLERANCE = 1e-9;

  private Data() {}

  /**
   * @throws NablaException with {@link Code#VALUE} if a variable has no data, or data of another
   *     shape; with {@link Code#PROPERTY} if the data contradict a declared property
   */
  static Binding bind(Problem problem, Map<String, NumericArray> data) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Problem.Symbol symbol : problem.variables()) {
      Variable v = symbol.variable();
      NumericArray array = data.get(v.name());
      if (array == null) continue;
      if (array.rank() != v.rank()) {
        throw value(v, "has " + v.rank() + " axes, but its data has " + array.rank());
      }
      for (int axis = 0; axis < v.rank(); axis++) {
        Size size = v.shape().get(axis);
        if (size.isName()) bindSize(v, size.toString(), array.size(axis), sizes);
      }
    }
    solveProducts(problem, data, sizes);
    for (Problem.Symbol symbol : problem.variables()) check(symbol.variable(), data, sizes);
    return new Binding(sizes, data);
  }

  /** {@code m*n = 6} tells n where m is known: by trial, since sizes are small whole numbers. */
  private static void solveProducts(
      Problem problem, Map<String, NumericArray> data, Map<String, Integer> sizes) {
    for (Problem.Symbol symbol : problem.variables()) {
      Variable v = symbol.variable();
      NumericArray array = data.get(v.name());
      for (int axis = 0; array != null && axis < v.rank(); axis++) {
        Size size = v.shape().get(axis);
        List<String> open = size.names().stream().filter(n -> !sizes.containsKey(n)).toList();
        if (open.size() != 1) continue;
        Map<String, Integer> trial = new LinkedHashMap<>(sizes);
        for (int number = 1; number <= array.size(axis); number++) {
          trial.put(open.getFirst(), number);
          if (size.value(trial) != array.size(axis)) continue;
          sizes.put(open.getFirst(), number);
          break;
        }
      }
    }
  }

  private static void bindSize(Variable v, String name, int value, Map<String, Integer> sizes) {
    Integer known = sizes.putIfAbsent(name, value);
    if (known != null && known != value) {
      throw value(v, "makes " + name + " = " + value + ", but elsewhere " + name + " = " + known);
    }
  }

  private static void check(
      Variable v, Map<String, NumericArray> data, Map<String, Integer> sizes) {
    NumericArray array = data.get(v.name());
    if (array == null) throw value(v, "has no data");
    for (int axis = 0; axis < v.rank(); axis++) {
      if (!sizes.keySet().containsAll(v.shape().get(axis).names())) {
        throw value(v, "has size " + v.shape().get(axis) + ", which the data do not tell");
      }
      int expected = v.shape().get(axis).value(sizes);
      if (array.size(axis) != expected) {
        throw value(
            v,
            "has size "
                + v.shape().get(axis)
                + " = "
                + expected
                + ", but its data has "
                + array.size(axis));
      }
    }
    for (Property p : v.properties()) {
      if (!holds(p, array)) {
        throw new NablaException(
            Code.PROPERTY, v.name() + " is declared " + p.label() + ", but its data is not");
      }
    }
  }

  private static NablaException value(Variable v, String message) {
    return new NablaException(Code.VALUE, v.name() + " " + message);
  }

  private static boolean holds(Property property, NumericArray array) {
    return switch (property) {
      case SYMMETRIC -> matrix(array, (i, j) -> same(array.get(i, j), array.get(j, i)));
      case PD, PSD -> matrix(array, (i, j) -> same(array.get(i, j), array.get(j, i)));
      case SKEW -> matrix(array, (i, j) -> same(array.get(i, j), -array.get(j, i)));
      case DIAGONAL -> matrix(array, (i, j) -> i == j || array.get(i, j) == 0);
      case LOWER -> matrix(array, (i, j) -> i >= j || array.get(i, j) == 0);
      case UPPER -> matrix(array, (i, j) -> i <= j || array.get(i, j) == 0);
      case ORTHOGONAL -> matrix(array, (i, j) -> same(columns(array, i, j), i == j ? 1 : 0));
      case POSITIVE -> all(array, x -> x > 0);
      case NONNEGATIVE -> all(array, x -> x >= 0);
      case INTEGER -> all(array, x -> x == Math.rint(x));
      case SIMPLEX -> all(array, x -> x >= 0) && same(sum(array, 1), 1);
      case UNIT -> same(sum(array, 2), 1);
      case INVERTIBLE, CONSTANT -> true;
    };
  }

  private interface Entry {
    boolean holds(int i, int j);
  }

  private static boolean matrix(NumericArray array, Entry entry) {
    for (int i = 0; i < array.size(0); i++) {
      for (int j = 0; j < array.size(1); j++) if (!entry.holds(i, j)) return false;
    }
    return true;
  }

  private static double columns(NumericArray q, int i, int j) {
    double sum = 0;
    for (int k = 0; k < q.size(0); k++) sum += q.get(k, i) * q.get(k, j);
    return sum;
  }

  private static boolean all(NumericArray array, java.util.function.DoublePredicate holds) {
    return java.util.Arrays.stream(array.data()).allMatch(holds);
  }

  private static double sum(NumericArray array, int power) {
    return java.util.Arrays.stream(array.data()).map(x -> Math.pow(x, power)).sum();
  }

  private static boolean same(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
