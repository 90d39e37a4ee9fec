package nabla;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Problem;
import nabla.operation.Inverse;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;

/** Binds data to the variables of an expression: sizes follow, and everything must fit. */
final class Data {
  private static final double TOLERANCE = 1e-9;
  private static final double EPSILON = 1e-14;

  private Data() {}

  /**
   * @throws NablaException with {@link Code#VALUE} if there is a function that was only declared
   */
  static void requireKnown(Problem problem) {
    if (problem.functions().isEmpty()) return;
    String name = problem.functions().getFirst().name();
    throw new NablaException(
        Code.VALUE, name + " is declared, but not defined, so that it has no values");
  }

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
        String axes = v.rank() == 1 ? " axis" : " axes";
        throw value(v, "has " + v.rank() + axes + ", but its data has " + array.rank());
      }
      for (int axis = 0; axis < v.rank(); axis++) {
        Size size = v.shape().get(axis);
        if (size.isName()) bindSize(v, size.toString(), array.size(axis), sizes);
      }
    }
    for (Problem.Symbol symbol : problem.variables()) {
      Variable v = symbol.variable();
      NumericArray array = data.get(v.name());
      for (int axis = 0; array != null && axis < v.rank(); axis++) {
        solve(v, v.shape().get(axis), array.size(axis), sizes);
      }
    }
    Set<String> used =
        Tensors.variables(problem.tensor()).stream()
            .map(Variable::name)
            .collect(Collectors.toSet());
    for (Problem.Symbol symbol : problem.variables()) {
      if (data.containsKey(symbol.name())) check(symbol.variable(), data, sizes);
      else if (used.contains(symbol.name())) throw missing(problem, symbol.variable(), data);
    }
    return new Binding(sizes, data);
  }

  /** Finds the one size that is not known yet in {@code 2*n + 1 = 5}. */
  private static void solve(Variable v, Size size, int value, Map<String, Integer> sizes) {
    List<String> unknown = size.names().stream().filter(n -> !sizes.containsKey(n)).toList();
    if (unknown.isEmpty()) return;
    if (unknown.size() > 1) {
      throw value(v, "has size " + size + ", but " + unknown.getFirst() + " is not known");
    }
    Map<String, Integer> trial = new LinkedHashMap<>(sizes);
    for (int n = 1; n <= value; n++) {
      trial.put(unknown.getFirst(), n);
      if (size.value(trial) != value) continue;
      sizes.put(unknown.getFirst(), n);
      return;
    }
    throw value(v, "has size " + size + ", which can't be " + value);
  }

  private static void bindSize(Variable v, String name, int value, Map<String, Integer> sizes) {
    Integer known = sizes.putIfAbsent(name, value);
    if (known != null && known != value) {
      throw value(v, "makes " + name + " = " + value + ", but elsewhere " + name + " = " + known);
    }
  }

  private static void check(
      Variable v, Map<String, NumericArray> data, Map<String, Integer> sizes) {
    NumericArray array = Objects.requireNonNull(data.get(v.name()));
    for (int axis = 0; axis < v.rank(); axis++) {
      int expected = v.shape().get(axis).value(sizes);
      if (array.size(axis) != expected) {
        throw value(
            v,
            "has size "
                + v.shape().get(axis)
                + (v.shape().get(axis).isNumber() ? "" : " = " + expected)
                + ", but its data has "
                + array.size(axis));
      }
    }
    checkProperties(v, array);
  }

  /**
   * @throws NablaException with {@link Code#PROPERTY} if data contradict a declared property
   */
  static void checkProperties(Variable v, NumericArray array) {
    for (Property p : v.properties()) {
      if (!holds(p, array)) {
        throw new NablaException(
            Code.PROPERTY, v.name() + " is declared " + p.label() + ", but its data is not");
      }
    }
  }

  private static NablaException missing(
      Problem problem, Variable v, Map<String, NumericArray> data) {
    String others =
        data.keySet().stream()
            .filter(name -> problem.variable(name).isEmpty())
            .sorted()
            .collect(Collectors.joining(", "));
    return value(
        v,
        "has no data"
            + (others.isEmpty()
                ? ""
                : "; there are some for " + others + ", which is no variable"));
  }

  private static NablaException value(Variable v, String message) {
    return new NablaException(Code.VALUE, v.name() + " " + message);
  }

  private static boolean holds(Property property, NumericArray array) {
    return switch (property) {
      case SYMMETRIC -> matrix(array, (i, j) -> same(array.get(i, j), array.get(j, i)));
      case PD ->
          holds(Property.SYMMETRIC, array) && isPositiveDefinite(array, -EPSILON * array.largest());
      case PSD ->
          holds(Property.SYMMETRIC, array)
              && isPositiveDefinite(array, TOLERANCE * Math.max(1, array.largest()));
      case SKEW -> matrix(array, (i, j) -> same(array.get(i, j), -array.get(j, i)));
      case DIAGONAL -> matrix(array, (i, j) -> i == j || array.get(i, j) == 0);
      case LOWER -> matrix(array, (i, j) -> i >= j || array.get(i, j) == 0);
      case UPPER -> matrix(array, (i, j) -> i <= j || array.get(i, j) == 0);
      case TOEPLITZ ->
          matrix(
              array, (i, j) -> i == 0 || j == 0 || same(array.get(i, j), array.get(i - 1, j - 1)));
      case ORTHOGONAL -> matrix(array, (i, j) -> same(columns(array, i, j), i == j ? 1 : 0));
      case IDEMPOTENT -> matrix(array, (i, j) -> same(square(array, i, j), array.get(i, j)));
      case POSITIVE -> all(array, x -> x > 0);
      case NONNEGATIVE -> all(array, x -> x >= 0);
      case INTEGER -> all(array, x -> x == Math.rint(x));
      case SIMPLEX -> all(array, x -> x >= 0) && same(sum(array, 1), 1);
      case UNIT -> same(sum(array, 2), 1);
      case INVERTIBLE -> Inverse.INVERSE.value(List.of(array)).isFinite();
      case CONSTANT -> true;
    };
  }

  /** Whether elimination of A + shift*I meets positive pivots only. */
  private static boolean isPositiveDefinite(NumericArray array, double shift) {
    int n = array.size(0);
    double[] a = array.data().clone();
    for (int i = 0; i < n; i++) a[i * n + i] += shift;
    for (int k = 0; k < n; k++) {
      double pivot = a[k * n + k];
      if (!(pivot > 0)) return false;
      for (int i = k + 1; i < n; i++) {
        double factor = a[i * n + k] / pivot;
        for (int j = k; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
      }
    }
    return true;
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

  private static double square(NumericArray p, int i, int j) {
    double sum = 0;
    for (int k = 0; k < p.size(0); k++) sum += p.get(i, k) * p.get(k, j);
    return sum;
  }

  private static boolean all(NumericArray array, java.util.function.DoublePredicate holds) {
    return java.util.Arrays.stream(array.data()).allMatch(holds);
  }

  private static double sum(NumericArray array, int power) {
    return java.util.Arrays.stream(array.data()).map(x -> Math.pow(x, power)).sum();
  }

  /** Up to rounding; what is infinite or NaN is the same as itself only. */
  private static boolean same(double a, double b) {
    if (!Double.isFinite(a - b)) return Double.compare(a, b) == 0;
    return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
