package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Output;
import nabla.operation.MatrixMap;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Derivatives of matrix functions are those along a direction, and no tensors, where one is known.
 */
class MatrixMapsTest {
  private static final String DECLARATIONS =
      """
      A, B, X: matrix[n,n]; S: matrix[n,n] pd; R: matrix[m,n]; C: matrix[n,m]; Y: matrix[m,m]
      x, y: vector[n]; t: scalar
      """;
  private static final Map<String, Integer> SIZES = Map.of("m", 3, "n", 4);

  /** How many maps are applied, and how many are left as tensors. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tr(expm(X)) | X | 0 | 0",
        "tr(X*expm(X)^2) | X | 0 | 0",
        "tr(logm(X'*X+eye(n))) | X | 0 | 0",
        "tr(sqrtm(X'*X+eye(n))) | X | 0 | 0",
        "tr(X'*expm(X)) | X | 1 | 0",
        "x'*expm(X)*y | X | 1 | 0",
        "sum(expm(X)) | X | 1 | 0",
        "tr(A*expm(B*X)*expm(B*X)) | X | 1 | 0",
        "sum(expm(expm(X))) | X | 2 | 0",
        "sum(expm(A.*X)*B) | X | 1 | 0",
        "tr(A*expm(t*B)) | t | 1 | 0",
        "1e200*tr(A*expm(X)) | X | 1 | 0",
        "tr(A*logm(1e-9*(X'*X+eye(n)))) | X | 1 | 0",
        "1e-200*tr(A*sqrtm(X'*X+eye(n))) | X | 1 | 0",
        "sum(sinm(X).^2) | X | 1 | 0",
        "x'*cosm(X)*x | X | 1 | 0",
        "tr(A*logm(B*B'+X'*X+9*eye(n))) | X | 1 | 0",
        "sum(sqrtm(X'*X+eye(n)).*A) | X | 1 | 0",
        "sum(sqrtm(A*X+9*eye(n)).*B) | X | 1 | 0",
        "sum(sylv(X'*X+eye(n),eye(m),C).^2) | X | 2 | 0",
        "x'*sylv(A+5*eye(n),B+4*eye(n),X)*y | X | 1 | 0",
        "sum(sylv(A,B,X)) | X | 1 | 0",
        "sum(polar(R).*(R.^2)) | R | 1 | 0",
        "sum(polar(C).*(C.^2)) | C | 1 | 0",
        "sum(diagsum(R).^2) | R | 2 | 0",
        "sum(diagmean(C).^3) | C | 2 | 0",
        "expm(X)*x | X | 0 | 1",
        "expm(t*B)*A | t | 0 | 1",
        "expm(diag(x)+A)*y | x | 0 | 1",
        "expm(X) | X | 0 | 1",
        "expm(X)[1,2] | X | 1 | 0",
      })
  void alongDirections(String function, String variable, int applied, int tensors) {
    Tensor tensor = TestTensors.tensor(function, DECLARATIONS, Output.derivative(variable));
    Tensor mapped = new MatrixMaps(SIZES).of(new Dissolution().of(tensor));
    assertThat(count(mapped, true)).as("applied").isEqualTo(applied);
    assertThat(count(mapped, false)).as("tensors").isEqualTo(tensors);
    Map<String, NumericArray> data = TestTensors.data(tensor, SIZES, -1, 1);
    Execution execution = new Execution(TestPlans.full(List.of(tensor), SIZES), Map.of());
    data.forEach(execution::set);
    execution.run();
    NumericArray expected = ReferenceInterpreter.evaluate(tensor, new Binding(SIZES, data));
    assertThat(expected.isFinite()).isTrue();
    TestTensors.assertSame(expected, execution.array(0, 0), 1e-11, function);
  }

  private static long count(Tensor tensor, boolean applied) {
    return Tensors.topological(tensor).stream()
        .filter(node -> node instanceof Apply a && isMap(a, applied))
        .count();
  }

  private static boolean isMap(Apply node, boolean applied) {
    return applied
        ? node.operator() instanceof MatrixMaps.Mapped
        : node.operator() instanceof MatrixMap && node.rank() == 4;
  }
}
