package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A factor is copied where the product is sooner done with the copy, and only there. */
class MatrixProductsTest {
  private static final double SAME = 1e-13;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "U*V'   | 100 | 100 | 5   | true",
        "U*V'   | 16  | 100 | 5   | true",
        "U*V'   | 100 | 100 | 100 | true",
        "U*V'   | 300 | 300 | 5   | true",
        "U*V'   | 15  | 100 | 5   | false", // too few rows
        "U*V'   | 200 | 100 | 100 | false", // large enough for OpenBLAS to make copies
        "U*V'   | 100 | 1   | 5   | false", // a vector
        "U*V'   | 100 | 100 | 1   | false", // an outer product
        "U*W    | 100 | 100 | 5   | false", // lies as it should
        "Z'*V'  | 100 | 100 | 5   | false",
      })
  void copiesAFactor(String function, int m, int n, int k, boolean copied) {
    Compilation asked =
        Expression.parse(function, "U: matrix[m,k]; V: matrix[n,k]; W: matrix[k,n]; Z: matrix[k,m]")
            .compilation(List.of(Output.value()));
    Map<String, Integer> sizes = Map.of("m", m, "n", n, "k", k);
    Map<String, NumericArray> data = TestTensors.data(asked.tensors().getFirst(), sizes, -1, 1);
    Plan plan = TestPlans.full(asked.tensors(), sizes);
    assertThat(plan.evaluation.schedule().steps.size() == 2).isEqualTo(copied);
    Execution execution = new Execution(plan, Map.of());
    data.forEach(execution::set);
    execution.run();
    NumericArray expected =
        ReferenceInterpreter.evaluate(asked.tensors().getFirst(), new Binding(sizes, data));
    TestTensors.assertSame(expected, execution.array(0, 0), SAME, function);
  }
}
