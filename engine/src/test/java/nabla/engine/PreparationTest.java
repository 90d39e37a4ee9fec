package nabla.engine;

import static nabla.Output.gradient;
import static nabla.Output.hessian;
import static nabla.Output.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Output;
import nabla.WorkPlan;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bound data alone decide is computed once. */
class PreparationTest {
  private static final double[][] A = {{2, 1}, {0, 3}, {1, -1}};
  private static final double[][] S = {{2, 1}, {1, 3}};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          norm2(A*x - b)^2          | hessian  | symmetric product of 3x2                     |
          norm2(A*x - b)^2          | gradient |                                              | matrix product 3x2 * 2x1; loop over 3, 1 result; matrix product 2x3 * 3x1
          x'*A'*b                   | gradient | matrix product 2x3 * 3x1                     |
          x'*S*x                    | hessian  | loop over 2x2, 1 result                      |
          x'*inv(S)*x               | value    | LU factorisation 2x2                         | half a solution from it 2; quadratic form of the inverse from 2
          sum(exp(x.*c))*logdet(S)  | value    | LU factorisation 2x2; logarithm of the determinant from it | loop over 2, 3 results; loop over one number, 1 result
          norm2(A*x - b)^2 + sum(x.^4) | hessian | symmetric product of 3x2                   | loop over 2x2, 1 result; loop over 2, 1 result
          sum((exp(A)*x).^2)        | value    | loop over 3x2, 1 result                      | matrix product 3x2 * 2x1; loop over 3, 1 result
          sum(exp(c).*x)            | value    |                                              | loop over 2, 2 results
          """)
  void isDoneOnce(String formula, String output, String once, String repeated) {
    WorkPlan plan = function(formula, output).plan(Map.of("x", new double[2]));
    assertThat(whats(plan.preparation())).isEqualTo(once == null ? "" : once);
    assertThat(whats(plan.steps())).isEqualTo(repeated == null ? "" : repeated);
  }

  /** The same numbers as without bound data, however often and for whatever is bound next. */
  @ParameterizedTest
  @ValueSource(strings = {"norm2(A*x - b)^2", "norm2(A*x - b)^2 + sum(x.^4)"}) // added in place
  void isDoneAnewForOtherData(String formula) {
    CompiledFunction free =
        Expression.parse(formula, "b: vector[m]; x: vector[n]")
            .compile(value(), gradient("x"), hessian("x"))
            .inFull();
    double[] b = {1, 2, 3};
    double[] x = {1, -1};
    double[][] other = {{0, 1}, {5, 2}, {1, 1}};
    CompiledFunction first = free.bind("A", A).bind("b", b);
    CompiledFunction second = first.bind("A", other);
    for (int time = 0; time < 3; time++) {
      x[0] += time;
      same(first, Map.of("x", x), free, Map.of("A", A, "b", b, "x", x));
      same(second, Map.of("x", x), free, Map.of("A", other, "b", b, "x", x));
      same(first, Map.of("A", other, "x", x), free, Map.of("A", other, "b", b, "x", x));
    }
  }

  private static void same(
      CompiledFunction bound, Map<String, ?> point, CompiledFunction free, Map<String, ?> all) {
    for (Output o : List.of(value(), gradient("x"), hessian("x"))) {
      assertThat(bound.evaluate(point).get(o).dense().data())
          .as(o.label())
          .containsExactly(free.evaluate(all).get(o).dense().data(), within(1e-12));
    }
  }

  /** What was interrupted in the middle is done again. */
  @Test
  void isDoneAgainAfterAnInterrupt() {
    CompiledFunction function =
        Expression.parse("sum(expm(S))*x + sum(S*S)*x", "S: matrix[n,n]; x: scalar")
            .compile(Output.derivative("S"))
            .bind("S", S);
    double[] expected =
        function.evaluate(Map.of("x", 2)).get(Output.derivative("S")).dense().data();
    CompiledFunction again = function.bind("S", S);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> again.evaluate(Map.of("x", 2)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(again.evaluate(Map.of("x", 2)).get(Output.derivative("S")).dense().data())
        .containsExactly(expected);
  }

  private static String whats(List<WorkPlan.Step> steps) {
    return String.join("; ", steps.stream().map(WorkPlan.Step::what).toList());
  }

  private static CompiledFunction function(String formula, String output) {
    Output asked =
        switch (output) {
          case "hessian" -> hessian("x");
          case "gradient" -> gradient("x");
          default -> value();
        };
    CompiledFunction function =
        Expression.parse(formula, "A: matrix[m,n]; S: matrix[n,n]; b: vector[m]; c,x: vector[n]")
            .compile(asked)
            .inFull();
    var data = Map.of("A", A, "S", S);
    for (var e : data.entrySet()) {
      if (formula.contains(e.getKey())) function = function.bind(e.getKey(), e.getValue());
    }
    if (formula.contains("b")) function = function.bind("b", new double[] {1, 2, 3});
    return formula.contains("c") ? function.bind("c", NumericArray.vector(1, 2)) : function;
  }
}
