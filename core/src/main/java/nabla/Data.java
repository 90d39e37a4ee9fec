package nabla;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Problem;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;

/** Binds data to the variables of an expression: sizes follow, and everything must fit. */
final class Data {
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
    return bind(problem, data, new PlainArithmetic());
  }

  /** The same with an arithmetic of matrices to find out about their properties. */
  static Binding bind(
      Problem problem, Map<String, NumericArray> data, MatrixArithmetic arithmetic) {
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
      if (data.containsKey(symbol.name())) check(symbol.variable(), data, sizes, arithmetic);
      else if (used.contains(symbol.name())) throw missing(problem, symbol.variable(), data);
    }
    requireSizes(problem, sizes);
    return new Binding(sizes, data);
  }

  /** A size may stand in the expression only, as in {@code eye(k)}. */
  private static void requireSizes(Problem problem, Map<String, Integer> sizes) {
    for (String name : new TreeSet<>(Tensors.sizeNames(problem.tensor()))) {
      if (sizes.containsKey(name)) continue;
      throw new NablaException(Code.VALUE, "no data tell how large " + name + " is");
    }
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
      Variable v,
      Map<String, NumericArray> data,
      Map<String, Integer> sizes,
      MatrixArithmetic arithmetic) {
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
    PropertyCheck.require(v, array, arithmetic);
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
}
