package nabla.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.operation.Inverse;
import nabla.operation.Power;
import nabla.tensor.Apply;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;

/** Compares two tensors by their values, which the reference interpreter finds without any rule. */
final class Oracle {
  private static final double TOLERANCE = 1e-9;

  /** Points where rounding of the data alone would be seen in the values are not judged. */
  private static final double NUDGE = 1e-10;

  private static final double MOST_SENSITIVE = 1e-6;

  private Oracle() {}

  /**
   * Asserts that {@code after} has the values of {@code before} wherever that is defined, at a
   * point that honours the properties of the variables.
   *
   * @return false if no point could be judged
   */
  static boolean agrees(
      String what, Tensor before, Tensor after, Map<String, Integer> sizes, long seed) {
    assertThat(after.shape()).as("%s: %s to %s", what, before, after).isEqualTo(before.shape());
    List<Variable> variables = variables(before, after);
    for (int attempt = 0; attempt < 20; attempt++) {
      Binding at = SamplePoints.draw(variables, sizes, seed, attempt);
      NumericArray expected = ReferenceInterpreter.evaluate(before, at);
      if (!isDefined(before, at) || isNowhere(expected) || isSensitive(before, expected, at))
        continue;
      NumericArray found = ReferenceInterpreter.evaluate(after, at);
      if (isSensitive(after, found, at)) continue;
      double scale = 1 + largest(expected);
      for (int k = 0; k < expected.count(); k++) {
        double wanted = expected.data()[k];
        if (!Double.isFinite(wanted)) continue;
        boolean equal = Math.abs(found.data()[k] - wanted) <= TOLERANCE * scale;
        assertThat(equal)
            .as(
                "%s, seed %s, entry %s: %s not %s%n%s%n%s%n%s",
                what, seed, k, found.data()[k], wanted, before, after, at)
            .isTrue();
      }
      return true;
    }
    return false;
  }

  private static List<Variable> variables(Tensor before, Tensor after) {
    Map<String, Variable> all = new LinkedHashMap<>();
    for (Variable v : Tensors.variables(before)) all.put(v.name(), v);
    for (Variable v : Tensors.variables(after)) all.put(v.name(), v);
    return List.copyOf(all.values());
  }

  /**
   * Whether every inverse exists by more than rounding, and every general power has the positive
   * base that it asks for, also where a whole exponent would do without.
   */
  private static boolean isDefined(Tensor tensor, Binding at) {
    for (Tensor node : Tensors.topological(tensor)) {
      if (node instanceof Apply a && a.operator().equals(Inverse.INVERSE)) {
        if (largest(ReferenceInterpreter.evaluate(node, at)) > 1e6) return false;
      }
      if (!(node instanceof Elementwise e) || !e.operator().equals(Power.POWER)) continue;
      for (double x : ReferenceInterpreter.evaluate(e.operands().getFirst(), at).data()) {
        if (!(x > 0)) return false;
      }
    }
    return true;
  }

  private static boolean isNowhere(NumericArray value) {
    for (double x : value.data()) if (Double.isFinite(x)) return false;
    return true;
  }

  /** Whether the values are very large or hang on the last digits of the data. */
  private static boolean isSensitive(Tensor tensor, NumericArray value, Binding at) {
    double scale = 1 + largest(value);
    if (scale > 1e6) return true;
    Map<String, NumericArray> moved = new LinkedHashMap<>();
    at.variables().forEach((name, array) -> moved.put(name, array.map(x -> x * (1 + nudge(x)))));
    NumericArray near = ReferenceInterpreter.evaluate(tensor, new Binding(at.sizes(), moved));
    for (int k = 0; k < value.count(); k++) {
      double x = value.data()[k];
      if (!Double.isFinite(x)) continue;
      if (!(Math.abs(near.data()[k] - x) <= MOST_SENSITIVE * scale)) return true;
    }
    return false;
  }

  private static double nudge(double x) {
    return (Double.hashCode(x) & 1) == 0 ? NUDGE : -NUDGE;
  }

  static double largest(NumericArray array) {
    double largest = 0;
    for (double x : Objects.requireNonNull(array).data()) {
      if (Double.isFinite(x)) largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }
}
