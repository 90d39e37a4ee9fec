package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Output;
import nabla.tensor.Einsum;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two products have in common is multiplied with a sum. */
class JoinedProductsTest {
  private static final String DECLARATIONS =
      """
      A, B, C, D: matrix[n,n]; S: matrix[n,n] symmetric; u, v, x: vector[n]
      """;
  private static final Map<String, Integer> SIZES = Map.of("n", 6);
  private static final double SAME = 1e-12;

  /** How many products with sums there are in a tensor, then when they are joined. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A*B - A*C | 2 | 1",
        "A*B + 2*A*C - 3*A*D | 3 | 1",
        "A*x - A*v | 2 | 1",
        "B*A + C*A | 2 | 1",
        "A'*(B.*C) - 3*A'*D | 2 | 1",
        "S*B + S*C | 2 | 1",
        "sum((A*B - A*C).^2) | 3 | 2",
        "A*B + B*A | 2 | 2",
        "A*x + B*x | 2 | 2", // a sum of matrices is more work than it saves
        "A*x + A'*x | 2 | 2",
        "A*B + A*B*C | 2 | 2",
        "A*B - A*C + (A*B).^2 | 2 | 2", // A*B is needed by itself
        "A\\B + A\\C | 2 | 1",
        "inv(A)*B + inv(C)*B | 2 | 2",
        "inv(A)*B + C*B | 2 | 2",
        "inv(C)*B + A*B | 2 | 2",
        "A*inv(B) + A*C | 2 | 2",
        "A*B + A*inv(C) | 2 | 2",
        "u'*A*v | 1 | 1",
      })
  void multipliesOnce(String function, int before, int after) {
    Tensor raw = TestTensors.tensor(function, DECLARATIONS, Output.value());
    Tensor dissolved = new Dissolution().of(raw);
    Tensor joined = new JoinedProducts(List.of(dissolved), SIZES).of(dissolved);
    assertThat(products(dissolved)).as("products").isEqualTo(before);
    assertThat(products(joined)).as("products when they are joined").isEqualTo(after);
    Binding binding = new Binding(SIZES, TestTensors.data(raw, SIZES, 0.1, 1));
    NumericArray expected = ReferenceInterpreter.evaluate(raw, binding);
    NumericArray found = ReferenceInterpreter.evaluate(joined, binding);
    TestTensors.assertSame(expected, found, SAME, function);
  }

  private static long products(Tensor tensor) {
    return Tensors.topological(tensor).stream()
        .filter(t -> t instanceof Einsum e && e.contracts())
        .count();
  }
}
