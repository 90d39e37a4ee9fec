package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import nabla.Nabla;
import nabla.tensor.NumericArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of Taylor expansions: with right derivatives, and with wrong ones. */
class TaylorTestTest {
  /** Steps are not arbitrarily short; a wrong derivative would be off by 1. */
  private static final Offset<Double> NEAR = within(0.05);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp(x'*A*x) | x, A",
        "logdet(X*X') + sum(exp(X)) | X",
        "sum(log(1 + exp(-y.*(X*w)))) | w",
        "norm2(A*x - b)/norm2(x) | x",
        "tr(inv(X)*A) | X, A",
        "lse(W*x) + sin(c) | W, x, c",
      })
  void derivedDerivativesGiveTheSlopes(String function, String over) {
    Plot plot = Plot.of(Nabla.parse(function), over.split(", ", -1));
    for (var symbol : Nabla.parse(function).variables()) {
      if (java.util.List.of(over.split(", ", -1)).contains(symbol.name())) continue;
      int[] shape = symbol.shape().stream().mapToInt(size -> 3).toArray();
      double[] entries = new java.util.Random(5).doubles((int) Math.pow(3, shape.length)).toArray();
      plot = plot.bind(symbol.name(), NumericArray.of(shape, entries));
    }
    TaylorTest test = TaylorTest.of(plot, plot.field(3));
    assertThat(test.firstWords()).isEqualTo("slope 2.00");
    assertThat(test.secondSlope()).isCloseTo(3, NEAR);
  }

  @Test
  void wrongDerivativesGiveOthers() {
    assertThat(TaylorTest.of(Math::exp, 1, 1).firstSlope()).isCloseTo(2, NEAR);
    assertThat(TaylorTest.of(Math::exp, 1, 1).secondSlope()).isCloseTo(3, NEAR);
    assertThat(TaylorTest.of(Math::exp, 1.01, 1).firstSlope()).isCloseTo(1, NEAR);
    assertThat(TaylorTest.of(Math::exp, 1, 1.01).secondSlope()).isCloseTo(2, NEAR);
  }

  @Test
  void whatIsExactHasNoSlope() {
    TaylorTest test = TaylorTest.of(h -> 3 + 2 * h + h * h, 2, 2);
    assertThat(test.firstWords()).isEqualTo("slope 2.00");
    assertThat(test.secondWords()).isEqualTo("exact but for rounding");
  }

  @Test
  void withoutSecondDerivativesThereIsOneOrder() {
    TaylorTest test = TaylorTest.of(Math::exp, 1, Double.NaN);
    assertThat(test.second()).isFalse();
    assertThat(test.secondSlope()).isNaN();
  }
}
