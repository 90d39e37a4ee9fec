package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import nabla.calculus.Differentiation;
import nabla.corpus.Swell;
import nabla.lang.Elaboration;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.CheckReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expression swell: neither the derivative nor its text grows faster than its parts. */
class SwellTest {

  static Stream<Swell> gradients() {
    return Stream.of(Swell.values()).filter(s -> s.by().size() == 1);
  }

  private static Expression read(Swell input) {
    return Expression.parse(input.expression(), input.declarations());
  }

  @ParameterizedTest
  @MethodSource("gradients")
  void theDerivativeHasAtMostSixTimesTheNodes(Swell input) {
    Expression expression = read(input);
    Tensor f = expression.problem().tensor();
    Tensor derivative = Differentiation.derivative(f, expression.variable(input.by().getFirst()));
    assertThat(nodes(derivative)).isLessThanOrEqualTo(6 * nodes(f));
  }

  private static int nodes(Tensor tensor) {
    return Tensors.topological(tensor).size();
  }

  /** Named intermediates are read again; the others are longer than an input may be. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "PRODUCT_61",
        "PRODUCT_61_SUMS",
        "PRODUCT_61_FORMS",
        "PRODUCT_61_MATRICES_X",
        "HESSIAN_OF_PRODUCT_30",
        "HESSIAN_OF_LSE_30"
      })
  void whatIsPrintedReadsBack(Swell input) {
    Expression expression = read(input);
    Derivative derivative = expression.derivative(input.by(), Layout.DENOMINATOR);
    Tensor again = Elaboration.readAs(derivative.text(), expression.symbols(), derivative.shape());
    assertThat(again.shape()).isEqualTo(derivative.shape());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NESTED_30_MIXED",
        "PRODUCT_61_SUMS",
        "SUM_200_LOSSES",
        "LAYERS_12",
        "LAYERS_12_SOFTMAX"
      })
  void whatIsPrintedPassesTheCheck(Swell input) {
    CheckReport report = read(input).derivative(input.by(), Layout.DENOMINATOR).check(3);
    assertThat(report.status()).as(report.toString()).isEqualTo(CheckReport.Status.PASSED);
  }

  /**
   * Each step uses the one before twice: written out, the last has 2^n copies of the first. Sums of
   * sums are one sum, so that the text may grow with the square.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "U = V*V + A; | tr(V)  | V: matrix[n,n]; A: matrix[n,n]",
        "U = V*V;     | tr(V)  | V: matrix[n,n]",
        "U = V.*(A*V);| sum(V) | V: vector[n]; A: matrix[n,n]",
        "U = V^2 + sin(V); | V | V: scalar",
        "U = softmax(A*V) + V; | sum(V.^2) | V: vector[n]; A: matrix[n,n]"
      })
  void twiceTheStepsAreAtMostFourTimesTheText(String row) {
    String[] cells = row.split("\\|", -1);
    int text = steps(cells, 12).text().length();
    assertThat(steps(cells, 24).text().length()).isLessThanOrEqualTo(4 * text);
  }

  private static Derivative steps(String[] cells, int count) {
    StringBuilder text = new StringBuilder();
    for (int k = 1; k <= count; k++) {
      String before = k == 1 ? "V" : "V" + (k - 1);
      text.append(cells[0].replace("V", before).replace("U", "V" + k));
    }
    text.append(cells[1].replace("V", "V" + count));
    return Expression.parse(text.toString(), cells[2]).derivative("V");
  }

  @Test
  void whatIsShortIsWrittenOut() {
    Expression nested = Expression.parse("sin(cos(exp(sin(cos(exp(x))))))", "x: scalar");
    assertThat(nested.derivative("x").text()).doesNotContain("=");
  }
}
