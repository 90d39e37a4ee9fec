package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An evaluation has the same results to the last bit whenever it is done, be the code compiled by
 * the virtual machine or not yet.
 */
class RepeatedEvaluationTest {
  /** Runs after which the virtual machine has compiled a loop for good, or nearly so. */
  private static final int RUNS = 8_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(log(1+exp(-y.*(X*w)))) + c/2*w'*w | w | X: matrix[m,n]; y: vector[m] | m=90, n=13
          sum(rowlse(X*W)) - tr(Y'*X*W)         | W | X: matrix[m,n]; Y: matrix[m,k] | m=70, n=9, k=5
          lse(A*x)                              | x | A: matrix[m,n]; x: vector[n] | m=45, n=30
          sum(tanh(A*x).^2) + cos(b)'*sin(x)    | x | A: matrix[m,n]; x, b: vector[n] | m=45, n=30
          log(det(S+9*eye(n))) + x'*inv(S+9*eye(n))*x | S | S: matrix[n,n] symmetric; x: vector[n] | n=9
          log(det(X'*X + eye(n)))               | X | X: matrix[m,n] | m=11, n=8
          sum((Om.*(T-U*V')).^2)                | U | Om: matrix[m,n]; U: matrix[m,k] | m=37, n=30, k=5
          sum(x.^p) + sum(sinh(x).*arctan(x))   | x | x: vector[n]; p: scalar | n=61
          """)
  void everyRunIsLikeTheFirst(String f, String variable, String declarations, String sizes) {
    for (int threads : new int[] {1, 2}) {
      List<Output> outputs =
          List.of(Output.value(), Output.gradient(variable), Output.hessian(variable));
      Expression expression = Expression.parse(f, declarations);
      Tensor asked = expression.compilation(outputs).tensors().getFirst();
      Map<String, NumericArray> data = TestTensors.data(asked, TestTensors.sizes(sizes), 0, 1);
      Evaluator evaluator =
          expression
              .compile(outputs.toArray(Output[]::new))
              .inFull()
              .withThreads(threads)
              .evaluator(data);
      evaluator.run();
      List<NumericArray> first = values(evaluator, outputs);
      for (int run = 0; run < RUNS; run++) evaluator.run();
      List<NumericArray> last = values(evaluator, outputs);
      for (int k = 0; k < outputs.size(); k++) {
        assertThat(last.get(k).data())
            .as("%s of %s, %d threads", outputs.get(k).label(), f, threads)
            .isEqualTo(first.get(k).data());
      }
    }
  }

  private static List<NumericArray> values(Evaluator evaluator, List<Output> outputs) {
    return outputs.stream().map(output -> evaluator.get(output).dense()).toList();
  }
}
