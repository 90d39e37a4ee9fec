package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import nabla.corpus.Lengths;
import nabla.lang.Elaboration;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the corpus: the numbers, the printed formula and its length. */
class CorpusTest {
  private static final double VALUE_TOLERANCE = 1e-7;

  /** What is printed may round numbers, so it is held to less. */
  private static final double TEXT_TOLERANCE = 1e-6;

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheExpectedValue(Corpus.Case c) {
    Derivative derivative = c.derivative();
    assertClose(derivative.value(c.at()), c.numeric(), VALUE_TOLERANCE, derivative.text());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsBackAsTheSameFormula(Corpus.Case c) {
    Expression expression = c.parse();
    Derivative derivative = c.derivative();
    Tensor read = Elaboration.readAs(derivative.text(), expression.symbols(), derivative.shape());
    NumericArray value =
        ReferenceInterpreter.evaluate(read, Data.bind(expression.problem(), c.at()));
    assertClose(value, c.numeric(), TEXT_TOLERANCE, derivative.text());
  }

  @Test
  void isAsShortAsTheReference() {
    double[] ratios =
        cases()
            .mapToDouble(c -> Lengths.ratio(c.derivative().text(), c.expected()))
            .sorted()
            .toArray();
    assertThat(Lengths.quantile(ratios, 0.5))
        .as("median length / reference")
        .isLessThanOrEqualTo(1.0);
    assertThat(Lengths.quantile(ratios, 0.9)).as("90th percentile").isLessThanOrEqualTo(1.3);
  }

  @Test
  void everyCaseHasANameOfItsOwn() {
    assertThat(cases().map(Corpus.Case::id)).hasSize(370).doesNotHaveDuplicates();
  }

  private static void assertClose(
      NumericArray value, NumericArray expected, double tolerance, String text) {
    assertThat(value.shape()).as(text).isEqualTo(expected.shape());
    double largest = Arrays.stream(expected.data()).map(Math::abs).max().orElse(0);
    for (int k = 0; k < expected.count(); k++) {
      double error = Math.abs(value.data()[k] - expected.data()[k]);
      assertThat(error)
          .as("entry %d of %s: %s, expected %s", k, text, value.data()[k], expected.data()[k])
          .isLessThanOrEqualTo(tolerance * (1 + largest));
    }
  }
}
