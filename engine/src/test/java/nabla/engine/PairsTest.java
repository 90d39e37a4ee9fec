package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is symmetric in two axes is computed by pairs, with the same result. */
class PairsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 20, 33})
  void everyPairHasItsPlace(int n) {
    Circle circle = new Circle(n);
    Set<Integer> places = new HashSet<>();
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        int place = circle.place(k, l);
        assertThat(place).isEqualTo(circle.place(l, k)).isBetween(0, circle.pairs() - 1);
        int number = place % n;
        int other = (number + place / n) % n;
        assertThat(Math.min(number, other)).isEqualTo(Math.min(k, l));
        assertThat(Math.max(number, other)).isEqualTo(Math.max(k, l));
        places.add(place);
      }
    }
    assertThat(places).hasSize(circle.pairs());
    assertThat(circle.columns()).isBetween(circle.pairs(), circle.distances() * n);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum((Om.*(T-U*V')).^2) | U | Om: matrix[m,n]; U: matrix[m,k] | m=7, n=30, k=5 | 1 | 0
          sum((Om.*(T-U*V')).^2) | V | Om: matrix[m,n]; V: matrix[n,k] | m=31, n=4, k=6 | 1 | 0
          sum((Om.*(T-U*V')).^2) | U | Om: matrix[m,n]; U: matrix[m,k] | m=10, n=15000, k=5 | 1 | 1
          sum((Om.*(T-U*V')).^2) | U | Om: matrix[m,n]; U: matrix[m,k] | m=7, n=30, k=4 | 0 | 0
          sum(rowlse(X*W)) - tr(Y'*X*W) | W | Y: matrix[m,k]; X: matrix[m,n] | m=40, n=9, k=6 | 2 | 0
          sum(rowlse(X*W)) - tr(Y'*X*W) | W | Y: matrix[m,k]; X: matrix[m,n] | m=40, n=5, k=8 | 2 | 0
          sum(rowlse(X*W)) - tr(Y'*X*W) | W | Y: matrix[m,k]; X: matrix[m,n] | m=3011, n=12, k=6 | 2 | 1
          sum(exp(X*W)) | W | X: matrix[m,n]; W: matrix[n,k] | m=30, n=8, k=20 | 1 | 0
          sum((A*W*B').^4) | W | A: matrix[m,n]; B: matrix[p,k] | m=12, n=5, k=6, p=11 | 2 | 0
          """)
  void agree(
      String function, String by, String declarations, String extents, int written, int split) {
    Compilation asked =
        Expression.parse(function, declarations).compilation(List.of(Output.hessian(by)));
    Map<String, Integer> named = TestTensors.sizes(extents);
    Map<String, NumericArray> data = data(asked, named);
    Map<String, Integer> sizes = asked.sizes(data);
    NumericArray expected =
        ReferenceInterpreter.evaluate(asked.tensors().getFirst(), new Binding(sizes, data));
    for (boolean full : List.of(true, false)) {
      for (Precision precision : Precision.values()) {
        Plan plan =
            Plan.of(asked.tensors(), List.of(2), full, sizes, Set.of(), precision, Grain.USUAL);
        assertThat(unfolded(plan)).as("steps that write pairs").isEqualTo(written);
        assertThat(plan.evaluation.passes().passes.stream().filter(Passes.Pass::isSplit).count())
            .as("passes over the data")
            .isEqualTo(split);
        for (int threads : List.of(1, 2, 3)) {
          for (Grain grain : List.of(Grain.usual(threads), TestPlans.blocks(2, threads))) {
            same(
                Plan.of(asked.tensors(), List.of(2), full, sizes, Set.of(), precision, grain),
                data,
                expected);
          }
        }
      }
    }
  }

  private static void same(Plan plan, Map<String, NumericArray> data, NumericArray expected) {
    double error = (plan.precision == Precision.DOUBLE ? 1e-12 : 1e-5) * expected.largest();
    Execution execution = new Execution(plan, Map.of());
    data.forEach(execution::set);
    for (int run = 0; run < 2; run++) {
      execution.run();
      assertThat(execution.read(0).dense().data())
          .as("%s on %d threads", plan.precision, plan.grain.threads())
          .containsExactly(expected.data(), within(error));
    }
  }

  private static long unfolded(Plan plan) {
    return plan.evaluation.schedule().steps.stream()
        .filter(s -> s.nodes().getFirst() instanceof Node.Unfolded)
        .count();
  }

  private static Map<String, NumericArray> data(Compilation asked, Map<String, Integer> named) {
    Map<String, NumericArray> data = new LinkedHashMap<>();
    Random random = new Random(3);
    for (Variable v : asked.variables()) {
      int[] shape = v.shape().stream().mapToInt(s -> s.value(named)).toArray();
      int count = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      data.put(v.name(), NumericArray.of(shape, random.doubles(count, -1, 1).toArray()));
    }
    return data;
  }
}
