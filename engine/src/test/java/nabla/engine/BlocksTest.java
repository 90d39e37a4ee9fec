package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large data are taken block by block, by several threads: with the same result. */
class BlocksTest {
  private static final Map<String, Integer> SIZES = Map.of("m", 2011, "n", 97, "k", 7);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(log(1+exp(-y.*(X*w)))) + w'*w | w | X: matrix[m,n]; w: vector[n] | 1
          norm2(X*w - y)^2 | w | X: matrix[m,n]; w: vector[n] | 1
          lse(X*w) | w | X: matrix[m,n]; w: vector[n] | 2
          max(X*w) + w'*w | w | X: matrix[m,n]; w: vector[n] | 2
          sum(rowlse(X*W)) - tr(Y'*X*W) | W | X: matrix[m,n]; W: matrix[n,k]; Y: matrix[m,k] | 1
          norm2(Om.*(X - U*V'))^2 | U | X: matrix[m,n]; U: matrix[m,k]; Om: matrix[m,n] | 1
          norm2(Om.*(X - U*V'))^2 | V | X: matrix[m,n]; V: matrix[n,k]; Om: matrix[m,n] | 1
          exp(colmean(X.^2)'*w) + norm2(X*w - mean(X*w))^2 | w | X: matrix[m,n]; w: vector[n] | 3
          norm2(y'*X*X'*y)^2 | y | X: matrix[m,n] | 2
          sum(exp(0.01*X'*(X*w))) | w | X: matrix[m,n]; w: vector[n] | 2
          tr(X'*diag(y)*X*B) | B | X: matrix[m,n]; B: matrix[n,n] | 1
          """)
  void agree(String function, String by, String declarations, int split) {
    Expression expression = Expression.parse(function, declarations);
    boolean vector = by.equals("w");
    List<Output> outputs =
        vector
            ? List.of(Output.value(), Output.gradient(by), Output.hessian(by))
            : List.of(Output.value(), Output.gradient(by));
    Compilation asked = expression.compilation(outputs);
    Map<String, NumericArray> data = new LinkedHashMap<>();
    Random random = new Random(5);
    for (Variable v : asked.variables()) {
      int[] shape = v.shape().stream().mapToInt(s -> s.value(SIZES)).toArray();
      int count = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      data.put(v.name(), NumericArray.of(shape, random.doubles(count, -0.5, 0.5).toArray()));
    }
    Map<String, Integer> sizes = asked.sizes(data);
    Plan plan = TestPlans.full(asked.tensors(), sizes);
    assertThat(plan.passes.passes.stream().filter(Passes.Pass::isSplit).count())
        .as("passes over the data")
        .isEqualTo(split);
    for (int threads : List.of(1, 2, 3)) {
      Execution execution = new Execution(plan, Map.of(), threads);
      data.forEach(execution::set);
      execution.run();
      execution.run();
      for (int k = 0; k < outputs.size(); k++) {
        Tensor tensor = asked.tensors().get(k);
        NumericArray expected = ReferenceInterpreter.evaluate(tensor, new Binding(sizes, data));
        double scale = Math.max(1, expected.largest());
        assertThat(execution.array(k, 0).data())
            .as("%s on %d threads", outputs.get(k).label(), threads)
            .containsExactly(expected.data(), within(1e-11 * scale));
      }
    }
  }
}
