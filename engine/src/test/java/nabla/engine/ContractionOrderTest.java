package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.Output;
import nabla.tensor.Einsum;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contractions have the value that they had, and are products of two, of which none comes twice.
 */
class ContractionOrderTest {
  private static final String DECLARATIONS =
      """
      A, B, C, D, E, F, G: matrix[n,n]; S: matrix[n,n] symmetric; U: matrix[n,k]; V: matrix[k,n]
      v, w, x: vector[n]; p, q: vector[n] positive
      """;
  private static final Map<String, Integer> SIZES = Map.of("n", 12, "k", 2);
  private static final double SAME = 1e-12;

  /** How many products of matrices the second derivative by x takes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x'*S*x | 0",
        "x'*A'*A*x | 1",
        "x'*A'*S*A*x | 2",
        "x'*A'*B*A*x | 2",
        "x'*A'*S*B*x | 2",
        "x'*A'*B'*B*A*x | 2",
        "x'*A'*B'*S*B*A*x | 3",
        "x'*A'*B'*C*B*A*x | 3",
        "x'*A'*B'*C*A*B*x | 4",
        "x'*A'*B'*C'*S*C*B*A*x | 4",
        "x'*A'*B'*C'*D'*D*C*B*A*x | 4",
        "x'*A'*B'*C'*D'*E'*E*D*C*B*A*x | 5",
        "x'*A'*B'*C'*D'*E'*S*E*D*C*B*A*x | 6",
        "x'*A'*B'*C'*D'*E'*F'*F*E*D*C*B*A*x | 6",
        "x'*A'*B'*C'*D'*E'*F'*G*F*E*D*C*B*A*x | 7",
        "x'*A'*diag(p)*B'*C'*S*C*B*diag(p)*A*x | 4",
        "x'*A'*B'*C'*diag(p)*C*B*A*x | 3",
        "x'*A*B*C*D*x | 3",
        "x'*A*B*A*B*x | 2",
        "x'*S*A*S*B*S*A'*S*x | 4",
        "x'*V'*U'*S*U*V*x | 4",
        "x'*V'*U'*B'*S*B*U*V*x | 5",
        "sum(exp(C*B*A*x)) | 3",
        "sum(exp(E*D*C*B*A*x)) | 5",
        "lse(C*B*A*x) | 3",
        "lse(U*V*x) | 3",
        "lse(A*U*V*x) | 4",
        "lse(C*relu(B*relu(A*x))) | 3",
        "lse(E*relu(D*relu(C*relu(B*relu(A*x))))) | 5",
        "lse(E*relu(D*relu(C*relu(B*relu(A*x)))))-v'*E*relu(D*relu(C*relu(B*relu(A*x)))) | 5",
        "sum((B*relu(A*B*relu(A*x))).^3) | 4",
        "sum(tanh(B*tanh(A*x))) | 3",
      })
  void sharesHalves(String function, int products) {
    Tensor raw = TestTensors.tensor(function, DECLARATIONS, Output.hessian("x"));
    Tensor dissolved = new Dissolution().of(raw);
    Tensor ordered = new ContractionOrder(List.of(dissolved), SIZES).of(dissolved);
    Binding binding = new Binding(SIZES, TestTensors.data(raw, SIZES, 0.02, 0.22));
    NumericArray expected = ReferenceInterpreter.evaluate(raw, binding);
    NumericArray found = ReferenceInterpreter.evaluate(ordered, binding);
    TestTensors.assertSame(expected, found, SAME, function);
    assertThat(products(ordered)).as("products").isEqualTo(products);
  }

  /** A division by the sum of exponentials stands between no two products. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lse(C*B*A*x) | x | 3",
        "lse(C*relu(B*relu(A*x))) | x | 3",
        "lse(C*relu(B*relu(A*x)))-v'*C*relu(B*relu(A*x)) | x | 3",
        "lse(D*relu(C*relu(B*relu(A*x)))) | x | 4",
        "lse(D*relu(C*relu(B*relu(A*x)))) | A | 3",
        "sum(softmax(C*relu(B*relu(A*x))).^2) | x | 4",
      })
  void softmaxSharesHalvesToo(String function, String variable, int products) {
    Tensor raw = TestTensors.tensor(function, DECLARATIONS, Output.hessian(variable));
    Tensor divided = new SoftmaxProducts(SIZES).of(new Dissolution().of(raw));
    Tensor ordered = new ContractionOrder(List.of(divided), SIZES).of(divided);
    assertThat(products(ordered)).as("products").isEqualTo(products);
  }

  /** Functions of tall X and Y, in which one product of matrices is wanted wherever X*W stands. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(rowlse(X*W)) - sum(Y.*(X*W))",
        "sum(Y.*(X*W)) + sum(exp(X*W))",
        "sum(Y.*(X*W).^2) - 2*sum(Y.*(X*W))",
        "sum(exp((X*W)')) + sum(Y.*(X*W))",
      })
  void findsProductsThatComeLater(String function) {
    String declarations = "X: matrix[m,n]; Y: matrix[m,k]; W: matrix[n,k]";
    Map<String, Integer> sizes = Map.of("m", 1000, "n", 20, "k", 10);
    Tensor raw = TestTensors.tensor(function, declarations, Output.value());
    Tensor dissolved = new Dissolution().of(raw);
    Tensor ordered = new ContractionOrder(List.of(dissolved), sizes).of(dissolved);
    assertThat(products(ordered)).as("products").isEqualTo(1);
    Binding binding = new Binding(sizes, TestTensors.data(raw, sizes, 0.02, 0.22));
    TestTensors.assertSame(
        ReferenceInterpreter.evaluate(raw, binding),
        ReferenceInterpreter.evaluate(ordered, binding),
        SAME,
        function);
  }

  private static int products(Tensor ordered) {
    Set<Tensor> products = new HashSet<>();
    for (Tensor node : Tensors.topological(ordered)) {
      if (!(node instanceof Einsum e) || !e.contracts()) continue;
      assertThat(e.factors().size()).isLessThanOrEqualTo(2);
      boolean matrices = e.factors().stream().allMatch(f -> f.tensor().rank() == 2);
      if (matrices && e.rank() == 2) products.add(e);
    }
    return products.size();
  }
}
