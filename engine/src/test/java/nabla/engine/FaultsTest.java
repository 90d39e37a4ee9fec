package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import nabla.CompiledFunction;
import nabla.Nabla;
import nabla.Output;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with data is said, or comes out as IEEE arithmetic has it. */
class FaultsTest {
  private static CompiledFunction value(String function, String declarations) {
    return Nabla.parse(function, declarations).compile(Output.value());
  }

  private static void refuses(CompiledFunction f, Map<String, ?> point, Code code, String message) {
    assertThatThrownBy(() -> f.evaluate(point))
        .isInstanceOfSatisfying(
            NablaException.class, e -> assertThat(e.diagnostic().code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void sizesThatDoNotFit() {
    CompiledFunction f = value("norm2(A*x)", "");
    double[][] a = {{1, 2}, {3, 4}};
    refuses(f, Map.of("A", a, "x", new double[] {1, 2, 3}), Code.VALUE, "x makes n = 3");
    refuses(f, Map.of("A", a), Code.VALUE, "x has no data");
    refuses(f, Map.of("A", a, "x", 3), Code.VALUE, "x has 1 axis, but its data has 0");
    refuses(f, Map.of("A", a, "x", "three"), Code.VALUE, "x is a number, a double[]");
    refuses(f, Map.of("A", a, "z", 3), Code.VALUE, "z is no variable");
  }

  @Test
  void dataThatContradictAProperty() {
    CompiledFunction f = value("logdet(S)", "S: matrix[n,n] pd");
    double[][] good = {{2, 1}, {1, 2}};
    double[][] bad = {{1, 2}, {2, 1}};
    assertThat(f.evaluate(Map.of("S", good)).value()).isCloseTo(Math.log(3), within(1e-15));
    refuses(f, Map.of("S", bad), Code.PROPERTY, "S is declared pd, but its data is not");
    refuses(f.bind("S", bad), Map.of(), Code.PROPERTY, "S is declared pd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(x) | NaN | NaN
          sum(exp(x)) | Infinity | Infinity
          sum(exp(x)) | -Infinity | 2.718281828459045
          lse(x) | Infinity | Infinity
          max(x) | -Infinity | 1
          x'*x | NaN | NaN
          sum(relu(x)) | -Infinity | 1
          sum(1./x) | 0 | Infinity
          sum(log(x)) | -1 | NaN
          """)
  void numbersThatAreNone(String function, double first, double expected) {
    CompiledFunction f = value(function, "x: vector[n]");
    Double found = f.evaluate(Map.of("x", new double[] {first, 1})).value();
    assertThat(found).isEqualTo(Double.valueOf(expected));
  }

  @Test
  void singularMatrices() {
    double[][] singular = {{0, 1}, {0, 2}};
    double[][] nothing = {{Double.NaN, 1}, {1, 2}};
    CompiledFunction inverse = value("inv(A)", "");
    CompiledFunction solution = value("A\\b", "b: vector[n]");
    CompiledFunction logarithm = value("logdet(A)", "");
    CompiledFunction determinant = value("det(A)", "");
    for (double[][] a : new double[][][] {singular, nothing}) {
      NumericArray inverted = inverse.evaluate(Map.of("A", a)).get(Output.value()).dense();
      assertThat(inverted.data()).containsOnly(Double.NaN);
      double[] b = {1, 1};
      assertThat(solution.evaluate(Map.of("A", a, "b", b)).get(Output.value()).dense().isFinite())
          .isFalse();
      assertThat(logarithm.evaluate(Map.of("A", a)).value()).isNaN();
    }
    assertThat(determinant.evaluate(Map.of("A", singular)).value()).isZero();
    assertThat(determinant.evaluate(Map.of("A", nothing)).value()).isNaN();
  }

  @Test
  void arraysThatMemoryDoesNotHold() {
    CompiledFunction f =
        Nabla.parse("exp(sum(X.^3))", "X: matrix[n,n]").compile(Output.hessian("X")).inFull();
    double[][] x = new double[700][700];
    refuses(f, Map.of("X", x), Code.LIMIT, "");
    CompiledFunction more =
        Nabla.parse("prod(X.^3)", "X: matrix[n,n]").compile(Output.derivative("X", "X", "X"));
    refuses(more.inFull(), Map.of("X", new double[4000][4000]), Code.LIMIT, "");
  }

  @Test
  void emptyData() {
    CompiledFunction f =
        Nabla.parse("sum(exp(x)) + 1", "x: vector[n]")
            .compile(Output.value(), Output.gradient("x"));
    var out = f.evaluate(Map.of("x", new double[0]));
    assertThat(out.value()).isEqualTo(1);
    assertThat(out.gradient().count()).isZero();
  }
}
