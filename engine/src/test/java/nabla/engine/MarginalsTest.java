package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What only one factor is summed over is summed up by itself: no loop has more axes than needed.
 */
class MarginalsTest {
  private static final String DECLARATIONS =
      "A, B, X: matrix[n,n]; C: matrix[m,n]; Y: matrix[n,k]; x, y: vector[n]";
  private static final Map<String, Integer> SIZES = Map.of("m", 7, "n", 5, "k", 6);

  /** How many operations the gradient by X or Y takes, at most. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(A*X*B) | X | 75",
        "sum(C*X*Y) | X | 90",
        "sum(C*X*Y) | Y | 250",
        "sum(inv(X)) | X | 500",
        "sum(A*B*X) | X | 150",
        "sum(X)*sum(X*A) | X | 250",
        "sum(A)*tr(B*X) | X | 75",
        "x'*A*x*sum(B*X) | X | 200",
        "sum(x)*sum((A*X).^2) | X | 800",
        "sum(kron(A,X)) | X | 50",
        "sum(A*diag(x)*X*diag(y)*B) | X | 200",
      })
  void eachIsSummedByItself(String function, String variable, double most) {
    Tensor tensor = TestTensors.tensor(function, DECLARATIONS, Output.gradient(variable));
    Map<String, NumericArray> data = TestTensors.data(tensor, SIZES, -1, 1);
    Plan plan = TestPlans.full(List.of(tensor), SIZES);
    Execution execution = new Execution(plan, Map.of());
    data.forEach(execution::set);
    execution.run();
    NumericArray expected = ReferenceInterpreter.evaluate(tensor, new Binding(SIZES, data));
    TestTensors.assertSame(expected, execution.array(0, 0), 1e-12, function);
    assertThat(flops(plan)).as("operations").isLessThanOrEqualTo(most);
  }

  private static double flops(Plan plan) {
    double flops = 0;
    for (Schedule.Step step : plan.evaluation.schedule().steps) {
      flops += StepCost.flops(step, plan.evaluation.schedule());
    }
    return flops;
  }
}
