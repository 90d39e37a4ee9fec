package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large data are taken block by block, by several threads: with the same result. */
class BlocksTest {
  private static final Map<String, Integer> SIZES = Map.of("m", 2011, "n", 97, "k", 7);

  private static final Map<String, Integer> SMALL = Map.of("m", 13, "n", 5);

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
    Compilation asked = asked(function, by, declarations);
    Map<String, NumericArray> data = data(asked, SIZES, 5);
    for (int threads : List.of(1, 2, 3)) {
      Plan plan = TestPlans.full(asked.tensors(), asked.sizes(data), Grain.usual(threads));
      assertThat(split(plan)).as("passes over the data").isEqualTo(split);
      Execution execution = new Execution(plan, Map.of());
      for (int run = 0; run < 2; run++) same(asked, data, execution);
    }
  }

  /**
   * What the blocks of small data show: square arrays, where rows and columns are as many; sums
   * into arrays that are mostly zeros; more threads than rows; numbers far from zero; pairs that
   * run across rows.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exp(exp(A)')*x | x | A: matrix[n,n]
          sin((exp(A) + A)')*x | x | A: matrix[n,n]
          exp(exp(A)*exp(A)')*x | x | A: matrix[n,n]
          exp(exp(A)*x).*(exp(A)'*x) | x | A: matrix[n,n]
          exp(exp(A)*exp(A))*x | x | A: matrix[n,n]
          exp(A)'*(exp(A)*exp(A)) | A | A: matrix[n,n]
          exp(exp(A)') + diag(exp(A)*x) | x | A: matrix[n,n]
          (exp(A) + diag(x.*rowsum(exp(A))))*x | x | A: matrix[n,n]
          diag(colsum(X)) | X | X: matrix[m,n]
          diag(colsum(X)) + diag(colsum(exp(X))) | X | X: matrix[m,n]
          sum(X*(w.^2)) | w | X: matrix[m,n]; w: vector[n]
          sum(exp(X*w)) + sum(w.^3) | w | X: matrix[m,n]; w: vector[n]
          lse(X - 1000) | X | X: matrix[m,n]
          lse(-X - 1000) + sum(rowlse(X - 1000)) | X | X: matrix[m,n]
          lse(X*w - 1000) | w | X: matrix[m,n]; w: vector[n]
          sum(exp(S*S)) | S | S: matrix[n,n]
          tr(exp(S*S)*B) | S | S: matrix[n,n]; B: matrix[n,n]
          """)
  void smallBlocksAgree(String function, String by, String declarations) {
    Compilation asked = asked(function, by, declarations);
    List<Map<String, NumericArray>> points = new ArrayList<>();
    for (int k = 0; k < 3; k++) points.add(data(asked, SMALL, k));
    for (int rows : List.of(1, 2, 3)) {
      Map<String, Integer> sizes = asked.sizes(points.getFirst());
      for (int threads : List.of(1, 2, 4, 32)) {
        Plan plan = TestPlans.full(asked.tensors(), sizes, TestPlans.blocks(rows, threads));
        assertThat(split(plan)).as("passes over the data").isPositive();
        Execution execution = new Execution(plan, Map.of());
        for (Map<String, NumericArray> data : points) same(asked, data, execution);
      }
    }
  }

  /** The copy of V' that the product takes has an axis with the name of the rows. */
  @Test
  void residualOfSquareMatrixIsNotStored() {
    Expression value =
        Expression.parse("norm2(Om.*(T - U*V'))^2", "T: matrix[n,n]; U: matrix[n,k]");
    Compilation asked = value.compilation(List.of(Output.value()));
    Plan plan = TestPlans.full(asked.tensors(), Map.of("n", 500, "k", 5));
    assertThat(split(plan)).isEqualTo(1);
    assertThat(plan.memory.bytes()).isLessThan(500 * 500 * Double.BYTES / 2);
  }

  private static Compilation asked(String function, String by, String declarations) {
    Expression expression = Expression.parse(function, declarations);
    List<Output> outputs = new ArrayList<>(List.of(Output.value(), Output.derivative(by)));
    if (by.equals("w") || by.equals("S")) outputs.add(Output.hessian(by));
    return expression.compilation(outputs);
  }

  private static Map<String, NumericArray> data(
      Compilation asked, Map<String, Integer> sizes, int seed) {
    Map<String, NumericArray> data = new LinkedHashMap<>();
    Random random = new Random(seed);
    for (Variable v : asked.variables()) {
      int[] shape = v.shape().stream().mapToInt(s -> s.value(sizes)).toArray();
      int count = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      data.put(v.name(), NumericArray.of(shape, random.doubles(count, -0.5, 0.5).toArray()));
    }
    return data;
  }

  private static long split(Plan plan) {
    return plan.evaluation.passes().passes.stream().filter(Passes.Pass::isSplit).count();
  }

  private static void same(Compilation asked, Map<String, NumericArray> data, Execution execution) {
    Binding at = new Binding(asked.sizes(data), data);
    data.forEach(execution::set);
    execution.run();
    for (int k = 0; k < asked.outputs().size(); k++) {
      NumericArray expected = ReferenceInterpreter.evaluate(asked.tensors().get(k), at);
      double scale = Math.max(1, expected.largest());
      assertThat(execution.array(k, 0).data())
          .as(asked.outputs().get(k).label())
          .containsExactly(expected.data(), within(1e-11 * scale));
    }
  }

  /** A thread adds up in memory of its own, which is not worth it if that is more than it reads. */
  @ParameterizedTest
  @CsvSource({"60, 400, false", "2000, 100, true"})
  void threadsAddUpNoMoreThanTheyRead(int m, int n, boolean shared) {
    Compilation asked =
        Expression.parse("X'*X", "X: matrix[m,n]").compilation(List.of(Output.value()));
    Map<String, Integer> sizes = Map.of("m", m, "n", n);
    Plan plan = TestPlans.full(asked.tensors(), sizes, Grain.usual(16));
    assertThat(split(plan) == 1).isEqualTo(shared);
  }

  /** What threads add up has to come from one to the other, which takes as long as reading some. */
  @ParameterizedTest
  @CsvSource({
    "sum(log(1+exp(W*x))), 90, 1",
    "sum(log(1+exp(W*x))), 200, 2",
    "lse(V*relu(W*x)), 100, 1",
    "lse(V*relu(W*x)), 200, 2",
    "norm2(W'*relu(W*x)), 100, 1",
    "norm2(W'*relu(W*x)), 200, 2",
    "sum((W'*diag(exp(x))*W).^2), 100, 2",
  })
  void threadsHaveMoreToDoThanToAddUp(String text, int n, int threads) {
    Compilation asked =
        Expression.parse(text, "W: matrix[n,n]; V: matrix[k,n]; x: vector[n]")
            .compilation(List.of(Output.value()));
    Plan plan =
        TestPlans.full(asked.tensors(), Map.of("n", n, "k", n), Grain.usual(/* threads= */ 2));
    assertThat(plan.evaluation.passes().passes.stream().mapToInt(Passes.Pass::threads).max())
        .hasValue(threads);
  }

  /** Every thread has enough to do, and no more of them are made than can be used. */
  @Test
  void threadsAreNoMoreThanPartsOfTheWork() {
    Compilation asked = asked("lse(X)", "X", "X: matrix[m,n]");
    Map<String, NumericArray> few = data(asked, Map.of("m", 3, "n", 4), 1);
    Plan plan = TestPlans.full(asked.tensors(), asked.sizes(few), TestPlans.blocks(1, 32));
    for (PassWork pass : new Execution(plan, Map.of()).passes) {
      assertThat(pass.works.size()).isLessThanOrEqualTo(3);
    }
  }
}
