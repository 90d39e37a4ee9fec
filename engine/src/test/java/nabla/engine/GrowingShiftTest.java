package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exponentials are summed up block by block while the largest of them is not yet known. */
class GrowingShiftTest {
  private static final int M = 24;
  private static final int N = 3;
  private static final double SAME = 1e-11;
  private static final double SAME_IN_SINGLE = 1e-5;

  /** How many passes over the data there are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lse(X*w)                             | value          | 1",
        "lse(X*w)                             | gradient       | 1",
        "lse(X*w)                             | value gradient | 1",
        "lse(2*X*w - y)                       | value gradient | 1",
        "lse(X*w)^2                           | value gradient | 1",
        "lse(X)                               | value          | 1",
        "lse(X)*lse(Y)                        | value          | 1",
        "lse(X*w) + lse(y - X*w)              | value          | 1",
        "lse(X*w)                             | value matrix   | 3",
        "softmax(X*w)'*y                      | value          | 1",
        "sum(softmax(X*w).*y.*(Y*w))          | value          | 1",
        "tr(X'*diag(softmax(X*w))*Y)          | value          | 1",
        "sum(X'*softmax(X*w) - Y'*softmax(y)) | value          | 1",
        // what is no sum waits for the shift; the third pass is for what waits for the sum
        "softmax(X*w)                         | value          | 2",
        "softmax(X*w)'*softmax(X*w)           | value          | 3",
        "sum(softmax(X*w)) + norm2(softmax(X*w).*y) | value    | 3",
        "max(softmax(X*w))                    | value          | 2",
        "X'*(softmax(X*w) - y)                | value          | 3",
        "3*lse(X*w) + sum((X*w).^2)           | value gradient | 3",
        "lse(X*w) + lse(y - X*w)              | value gradient | 3",
        "lse(Y*(X'*softmax(X*w)))             | value          | 2",
      })
  void agrees(String function, String outputs, int passes) {
    Compilation compilation = compilation(function, outputs);
    for (int threads : List.of(1, 2, 3)) {
      for (int rows : List.of(1, 2, 5)) {
        Grain grain = TestPlans.blocks(rows, threads);
        Plan plan = TestPlans.full(compilation.tensors(), sizes(M), grain);
        assertThat(split(plan)).as("passes over the data").isEqualTo(passes);
        Execution execution = new Execution(plan, Map.of());
        for (double step : STEPS) compare(compilation, execution, data(M, step));
      }
    }
  }

  /** A mean is not larger than what it is of, and does not overflow on the way. */
  @Test
  void largeNumbersDoNotOverflow() {
    Compilation compilation = compilation("softmax(X*w)'*(1e308*ones(m))", "value");
    Plan plan = TestPlans.full(compilation.tensors(), sizes(M), TestPlans.blocks(2, 2));
    Execution execution = new Execution(plan, Map.of());
    compare(compilation, execution, data(M, 0));
  }

  /** No rows, one, second derivatives, and single precision. */
  @ParameterizedTest
  @CsvSource({"0, DOUBLE", "1, DOUBLE", "24, SINGLE"})
  void agreesInOtherCases(int m, Precision precision) {
    for (String function : List.of("lse(X*w)", "softmax(X*w)'*y", "tr(X'*diag(softmax(y))*Y)")) {
      Compilation compilation = compilation(function, "value gradient hessian");
      Plan plan =
          Plan.of(
              compilation.tensors(),
              List.of(0, 1, 2),
              /* full= */ true,
              sizes(m),
              Set.of(),
              precision,
              TestPlans.blocks(2, 2));
      Execution execution = new Execution(plan, Map.of());
      compare(compilation, execution, data(m, 0.1));
    }
  }

  private static Compilation compilation(String function, String outputs) {
    List<Output> asked = new ArrayList<>();
    if (outputs.contains("value")) asked.add(Output.value());
    if (outputs.contains("gradient")) asked.add(Output.gradient("w"));
    if (outputs.contains("hessian")) asked.add(Output.hessian("w"));
    if (outputs.contains("matrix")) asked.add(Output.gradient("X"));
    String declarations = "X, Y: matrix[m,n]; w: vector[n]; y: vector[m]";
    return Expression.parse(function, declarations).compilation(asked);
  }

  private static Map<String, Integer> sizes(int m) {
    return Map.of("m", m, "n", N);
  }

  /**
   * How much larger each row of the data is than the one before: the shift grows in every block, in
   * none, so far that what was summed up before is nothing; infinite and missing numbers.
   */
  private static final List<Double> STEPS =
      List.of(
          0.1,
          -0.1,
          40.0,
          -40.0,
          1e3,
          -1e3,
          0.0,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NaN);

  private static Map<String, NumericArray> data(int m, double step) {
    double[] x = new double[m * N];
    double[] more = new double[m * N];
    double[] y = new double[m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < N; j++) {
        x[i * N + j] = Math.sin(7 * i + 3 * j) + (Double.isFinite(step) ? step * i : 0);
        more[i * N + j] = Math.cos(5 * i + j);
      }
      y[i] = Math.sin(11 * i);
    }
    if (!Double.isFinite(step)) x[m / 2 * N] = step;
    return Map.of(
        "X", NumericArray.of(new int[] {m, N}, x),
        "Y", NumericArray.of(new int[] {m, N}, more),
        "y", NumericArray.of(new int[] {m}, y),
        "w", NumericArray.of(new int[] {N}, new double[] {0.5, 0.25, 0.75}));
  }

  private static void compare(
      Compilation asked, Execution execution, Map<String, NumericArray> data) {
    asked
        .variables()
        .forEach(v -> execution.set(v.name(), Objects.requireNonNull(data.get(v.name()))));
    execution.run();
    Binding at = new Binding(sizes(Objects.requireNonNull(data.get("y")).count()), data);
    double same = execution.precision() == Precision.DOUBLE ? SAME : SAME_IN_SINGLE;
    for (int k = 0; k < asked.tensors().size(); k++) {
      NumericArray expected = ReferenceInterpreter.evaluate(asked.tensors().get(k), at);
      double[] found = execution.array(k, 0).data();
      for (int e = 0; e < found.length; e++) {
        String what = asked.outputs().get(k).label();
        assertSame(found[e], expected.data()[e], same, what + " at " + data);
      }
    }
  }

  private static void assertSame(double found, double expected, double same, String what) {
    if (Double.isFinite(expected)) {
      assertThat(found)
          .as(what)
          .isCloseTo(expected, within(same * Math.max(1, Math.abs(expected))));
    } else {
      assertThat(found).as(what).isEqualTo(Double.valueOf(expected));
    }
  }

  private static long split(Plan plan) {
    return plan.evaluation.passes().passes.stream().filter(Passes.Pass::isSplit).count();
  }
}
