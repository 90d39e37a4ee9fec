package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quadratic forms of inverses, and what is computed once where a formula says it twice. */
class QuadraticFormTest {
  private static final int N = 7;
  private static final int M = 5;

  /**
   * A function, what its gradient is taken by, too, and the nodes that a plan has beside its loops,
   * in their order.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b'*inv(S)*b | | factorization, half_solution, form
          b'*inv(S)*b | b | factorization, transposed_solution, solution
          b'*inv(S)*b | S | factorization, transposed_solution, solution
          det(S) + 3*b'*inv(S)*b | | factorization, half_solution, determinant, form
          tr(X*inv(S)*X') | | factorization, half_solution, form
          tr(Y'*inv(S)*Y) | | factorization, half_solution, form
          sum((X*inv(S)).*X) | | factorization, half_solution, form
          tr((X - Z)*inv(S)*(Z - X)') | | factorization, half_solution, form
          tr((X - ones(m)*b')*inv(S)*(X - ones(m)*b')') | | factorization, half_solution, form
          tr(exp(X)*inv(S + S')*exp(X)') | | factorization, half_solution, form
          b'*inv(S)*b + c'*inv(S)*c | | factorization, transposed_solution, solution
          tr(inv(S)*Y*Y'*inv(S)) | | factorization, solution, solution
          tr(X*inv(S)*Z') | | factorization, solution
          b'*inv(S)*c | | factorization, transposed_solution
          sum(exp((X - Z)'*(X - Z))) | | symmetric
          sum(exp((X - Z)'*(Z - X))) | | symmetric
          sum(exp((X - Z)'*(X' - Z')')) | | symmetric
          sum(exp((X - Z)'*(X + Z))) | | product
          """)
  void plans(String function, String by, String nodes) {
    for (boolean symmetric : new boolean[] {true, false}) {
      for (int definite : new int[] {1, 0, -1}) check(function, by, nodes, symmetric, definite);
    }
  }

  private static void check(
      String function, @Nullable String by, String nodes, boolean symmetric, int definite) {
    Expression expression =
        Expression.parse(
            function,
            "X: matrix[m,n]; Z: matrix[m,n]; Y: matrix[n,m]; b: vector[n]; c: vector[n]; S:"
                + " matrix[n,n]");
    Map<String, NumericArray> at = data(symmetric, definite);
    List<Output> outputs = new ArrayList<>(List.of(Output.value()));
    if (by != null) outputs.add(Output.gradient(by));
    Compilation asked = expression.compilation(outputs);
    at.keySet().retainAll(asked.variables().stream().map(v -> v.name()).toList());
    Plan plan = TestPlans.full(asked.tensors(), Map.of("n", N, "m", M));
    Execution execution = new Execution(plan, Map.of());
    at.forEach(execution::set);
    execution.run();
    double expected = expression.value(at).data()[0];
    assertThat(execution.array(0, 0).data()[0])
        .as(function)
        .isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
    assertThat(nodes(plan)).as(function).isEqualTo(nodes);
  }

  private static String nodes(Plan plan) {
    return String.join(
        ", ",
        plan.evaluation.schedule().steps.stream()
            .map(s -> s.nodes().getFirst())
            .filter(n -> !(n instanceof Node.Pointwise))
            .map(QuadraticFormTest::name)
            .toList());
  }

  private static String name(Node node) {
    return switch (node) {
      case Node.Factored f -> f.use().name().toLowerCase(Locale.ROOT);
      case Node.QuadraticForm _ -> "form";
      case Node.MatrixProduct _ -> "product";
      case Node.SymmetricProduct _ -> "symmetric";
      case Node.Factorization _ -> "factorization";
      default -> node.getClass().getSimpleName();
    };
  }

  /** S is positive definite, negative definite or neither. */
  private static Map<String, NumericArray> data(boolean symmetric, int definite) {
    var random = new Random(3);
    Map<String, NumericArray> data = new HashMap<>();
    data.put("X", draw(random, M, N));
    data.put("Z", draw(random, M, N));
    data.put("Y", draw(random, N, M));
    data.put("c", draw(random, N));
    data.put("b", draw(random, N));
    double[] s = draw(random, N, N).data();
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < i && symmetric; j++) s[i * N + j] = s[j * N + i];
      s[i * N + i] += (definite == 0 ? (i % 2 == 0 ? 1 : -1) : definite) * 3.0 * N;
    }
    data.put("S", NumericArray.of(new int[] {N, N}, s));
    return data;
  }

  private static NumericArray draw(Random random, int... shape) {
    int count = 1;
    for (int size : shape) count *= size;
    return NumericArray.of(shape, random.doubles(count, -1, 1).toArray());
  }
}
