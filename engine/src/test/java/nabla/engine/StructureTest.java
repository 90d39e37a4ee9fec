package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import nabla.Compilation;
import nabla.Expression;
import nabla.Layout;
import nabla.Output;
import nabla.StructuredArray;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hessians come back as what they are. */
class StructureTest {
  private static final Map<String, Integer> SIZES = Map.of("m", 6, "n", 5, "k", 3, "p", 40);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          norm2(Om.*(T - U*V'))^2 | U | Om: matrix[m,n]; U: matrix[m,k] | block diagonal: 6 blocks of 3 x 3
          norm2(T - U*V')^2 | U | T: matrix[m,n]; U: matrix[m,k] | Kronecker product with the identity: the same block of 3 x 3, 6 times
          sum(exp(x)) | x | x: vector[n] | diagonal
          norm2(x)^2 | x | x: vector[n] | a multiple of the identity
          lse(x) + norm2(x)^2 | x | x: vector[p] | diagonal plus rank 1
          sum(log(1+exp(A*x))) + norm2(x)^2 | x | A: matrix[k,p]; x: vector[p] | diagonal plus rank 3
          norm2(x'*A)^4 | x | A: matrix[n,n]; x: vector[n] | dense
          sum(exp(A*(W*x))) | W | A: matrix[n,m]; W: matrix[m,k]; x: vector[k] | Kronecker product of 6 x 6 and 3 x 3
          tr(X'*A*X*B) | X | A: matrix[m,m] symmetric; X: matrix[m,k]; B: matrix[k,k] symmetric | Kronecker product of 6 x 6 and 3 x 3
          x'*A*x | x | A: matrix[n,n]; x: vector[n] | dense
          sum(X.^3) | X | X: matrix[m,n] | diagonal
          sum(A*(x.^2)) | x | A: matrix[n,m]; x: vector[m] | diagonal
          sum(A*(x.^3)) + y'*(A*(x.^2)) | x | A: matrix[n,m]; x: vector[m] | diagonal
          sum(A*(x.^2)) + (sum(A*x))^2 | x | A: matrix[n,p]; x: vector[p] | diagonal plus rank 1
          sum(A*((X+B).^2)) | X | A: matrix[n,m]; X: matrix[m,k]; B: matrix[m,k] | diagonal
          sum(A*(X*B).^2) | X | A: matrix[n,m]; X: matrix[m,k]; B: matrix[k,k] | block diagonal: 6 blocks of 3 x 3
          """)
  void isFound(String function, String by, String declarations, String structure) {
    Expression expression = Expression.parse(function, declarations);
    Compilation asked = expression.compilation(List.of(Output.hessian(by)));
    Map<String, NumericArray> data = new LinkedHashMap<>();
    Random random = new Random(11);
    for (Variable v : asked.variables()) data.put(v.name(), normal(v, random));
    Map<String, Integer> sizes = asked.sizes(data);
    int rows = asked.tensors().getFirst().rank() / 2;
    Plan plan =
        Plan.of(
            asked.tensors(), List.of(rows), false, sizes, Set.of(), Precision.DOUBLE, Grain.USUAL);
    Execution execution = new Execution(plan, Map.of());
    data.forEach(execution::set);
    execution.run();
    StructuredArray found = execution.read(0);
    assertThat(found.structure()).isEqualTo(structure);

    NumericArray expected = expression.hessian(by).value(data);
    double scale = expected.largest();
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(found.dense().data()).containsExactly(expected.data(), within(1e-12 * scale));

    int[] side = java.util.Arrays.copyOf(expected.shape(), rows);
    NumericArray right = normal(side, random);
    DenseArray dense = new DenseArray(expected, rows);
    NumericArray product = dense.times(right);
    assertThat(found.times(right).data())
        .containsExactly(product.data(), within(1e-12 * product.largest()));
    if (structure.equals("Kronecker product of 6 x 6 and 3 x 3") && by.equals("W")) return;
    NumericArray solution = found.solve(product);
    assertThat(found.times(solution).data())
        .containsExactly(product.data(), within(1e-8 * product.largest()));
  }

  /** However small the diagonal is. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-4, 1e-8, 1e-12, 1e-14, 0})
  void diagonalPlusLowRankIsSolved(double c) {
    var f =
        Expression.parse("norm2(A*w-y)^2/2 + c*w'*w/2", "A: matrix[m,n]")
            .compile(Output.hessian("w"));
    double[][] one = {{1, 1, 1, 1, 1, 1, 1, 1}};
    double[] w = new double[8];
    var hessian = f.evaluate(Map.of("A", one, "y", new double[1], "w", w, "c", c)).hessian();
    assertThat(hessian.structure()).isEqualTo("diagonal plus rank 1");
    NumericArray right = NumericArray.vector(1, 1, 1, 1, 1, 1, 1, 1);
    if (c == 0) {
      assertThatThrownBy(() -> hessian.solve(right)).hasMessage("the matrix is singular");
      return;
    }
    double[] eighth = right.map(x -> 1 / (8 + c)).data();
    assertThat(hessian.solve(right).data()).containsExactly(eighth, within(1e-14));
    double[] zeros = new double[8];
    assertThat(hessian.solve(NumericArray.vector(zeros)).data()).containsExactly(zeros);
    double[] no = right.map(x -> Double.NaN).data();
    assertThat(hessian.solve(NumericArray.vector(no)).data()).containsExactly(no);
  }

  @Test
  void diagonalIsSolved() {
    var f =
        Expression.parse("sum(a.*x.^2)/2", "a: vector[n]; x: vector[n]")
            .compile(Output.hessian("x"));
    NumericArray right = NumericArray.vector(1, 1);
    double[] x = {1, 1};
    var good = f.evaluate(Map.of("a", new double[] {2, -4}, "x", x)).hessian();
    assertThat(good.solve(right).data()).containsExactly(0.5, -0.25);
    var singular = f.evaluate(Map.of("a", new double[] {2, 0}, "x", x)).hessian();
    assertThatThrownBy(() -> singular.solve(right)).hasMessage("the matrix is singular");
    var infinite = f.evaluate(Map.of("a", new double[] {2, 1 / 0.0}, "x", x)).hessian();
    assertThat(infinite.solve(right).data()).containsExactly(0.5, Double.NaN);
  }

  /** Rows are what comes first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DENOMINATOR | 2 | 2,3
          NUMERATOR | 2,3 | 2
          MIXED | 2,3 | 2
          """)
  void rowsOfLayouts(Layout layout, String right, String product) {
    Output jacobian = Output.jacobian("X").in(layout);
    StructuredArray found =
        Expression.parse("X*w", "X: matrix[m,n]")
            .compile(jacobian)
            .evaluate(
                Map.of("X", new double[][] {{1, 2, 3}, {4, 5, 6}}, "w", new double[] {1, 2, 3}))
            .get(jacobian);
    int[] shape = Stream.of(right.split(",")).mapToInt(Integer::parseInt).toArray();
    NumericArray times = found.times(normal(shape, new Random(3)));
    assertThat(times.shape())
        .containsExactly(Stream.of(product.split(",")).mapToInt(Integer::parseInt).toArray());
  }

  private static NumericArray normal(Variable v, Random random) {
    int[] shape = v.shape().stream().mapToInt(s -> s.value(SIZES)).toArray();
    NumericArray array = normal(shape, random);
    if (!v.isSymmetric()) return array;
    for (int i = 0; i < shape[0]; i++) {
      for (int j = 0; j < i; j++) array.data()[i * shape[0] + j] = array.get(j, i);
    }
    return array;
  }

  private static NumericArray normal(int[] shape, Random random) {
    int count = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return NumericArray.of(shape, random.doubles(count, -1, 1).toArray());
  }
}
