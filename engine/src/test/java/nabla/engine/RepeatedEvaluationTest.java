package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
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
          log(det(S)) + x'*inv(S)*x             | S | S: matrix[n,n] symmetric; x: vector[n] | n=9
          log(det(X'*X + eye(n)))               | X | X: matrix[m,n] | m=11, n=8
          sum((Om.*(T-U*V')).^2)                | U | Om: matrix[m,n]; U: matrix[m,k] | m=37, n=30, k=5
          sum(x.^p) + sum(sinh(x).*arctan(x))   | x | x: vector[n]; p: scalar | n=61
          """)
  void everyRunIsLikeTheFirst(String f, String variable, String declarations, String sizes) {
    for (int threads : new int[] {1, 2}) {
      List<Output> outputs =
          List.of(Output.value(), Output.gradient(variable), Output.hessian(variable));
      Expression expression = Expression.parse(f, declarations);
      Evaluator evaluator =
          expression
              .compile(outputs.toArray(Output[]::new))
              .inFull()
              .withThreads(threads)
              .evaluator(data(expression, outputs, sizes));
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

  /** Numbers between 0 and 1; symmetric matrices are positive definite. */
  private static Map<String, NumericArray> data(
      Expression expression, List<Output> outputs, String sizes) {
    Map<String, Integer> extents = new HashMap<>();
    Pattern.compile("(\\w)=(\\d+)")
        .matcher(sizes)
        .results()
        .forEach(size -> extents.put(size.group(1), Integer.parseInt(size.group(2))));
    Map<String, NumericArray> data = new HashMap<>();
    Random random = new Random(1);
    for (Variable v : expression.compilation(outputs).variables()) {
      int[] shape = v.shape().stream().mapToInt(s -> s.value(extents)).toArray();
      double[] numbers = random.doubles(NumericArray.zeros(shape).count()).toArray();
      for (int i = 0; v.isSymmetric() && i < shape[0]; i++) {
        numbers[i * shape[0] + i] += shape[0];
        for (int j = 0; j < i; j++) numbers[i * shape[0] + j] = numbers[j * shape[0] + i];
      }
      data.put(v.name(), NumericArray.of(shape, numbers));
    }
    return data;
  }
}
