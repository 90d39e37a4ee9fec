package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.ReferenceInterpreter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the corpus: the numbers, the printed formula and its length. */
class CorpusTest {
  private static final double VALUE_TOLERANCE = 1e-7;

  /** What is printed may round numbers, so it is held to less. */
  private static final double TEXT_TOLERANCE = 1e-6;

  private static final Pattern TOKEN =
      Pattern.compile(
          "[A-Za-z_]\\w*|\\d+\\.?\\d*|\\.\\*|\\./|\\.\\^|\\S", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Map<String, String> EXCLUDED = Corpus.excluded();

  static Stream<Corpus.Case> supported() {
    return Corpus.cases().stream().filter(c -> !EXCLUDED.containsKey(c.id()));
  }

  static Stream<Corpus.Case> excluded() {
    return Corpus.cases().stream().filter(c -> EXCLUDED.containsKey(c.id()));
  }

  private static Derivative derivative(Corpus.Case c) {
    if (!c.structure().equals("ambient")) {
      // The library has no name for it yet; what the command line says of it is tested there.
      throw new NablaException(Code.UNSUPPORTED, "structure " + c.structure());
    }
    return Expression.parse(c.expression(), c.declarations(), c.at())
        .derivative(c.by(), Layout.DENOMINATOR);
  }

  @ParameterizedTest
  @MethodSource("supported")
  void hasTheExpectedValue(Corpus.Case c) {
    Derivative derivative = derivative(c);
    assertClose(derivative.value(c.at()), c.numeric(), VALUE_TOLERANCE, derivative.text());
  }

  @ParameterizedTest
  @MethodSource("supported")
  void readsBackAsTheSameFormula(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    Derivative derivative = derivative(c);
    Tensor read = Elaboration.readAs(derivative.text(), expression.symbols(), derivative.shape());
    NumericArray value =
        ReferenceInterpreter.evaluate(read, Data.bind(expression.problem(), c.at()));
    assertClose(value, c.numeric(), TEXT_TOLERANCE, derivative.text());
  }

  @Test
  void isAsShortAsTheReference() {
    double[] ratios =
        supported()
            .mapToDouble(c -> tokens(derivative(c).text()) / Math.max(1.0, tokens(c.expected())))
            .sorted()
            .toArray();
    assertThat(quantile(ratios, 0.5)).as("median length / reference").isLessThanOrEqualTo(1.0);
    assertThat(quantile(ratios, 0.9)).as("90th percentile").isLessThanOrEqualTo(1.3);
  }

  /** A refusal that names what is missing; a case that passes must leave the list. */
  @ParameterizedTest
  @MethodSource("excluded")
  void isRefusedForWhatIsMissing(Corpus.Case c) {
    assertThatThrownBy(() -> derivative(c))
        .as(c.id() + " is answered: remove it from excluded.txt")
        .asInstanceOf(InstanceOfAssertFactories.type(NablaException.class))
        .satisfies(
            e -> assertThat(e.diagnostic().code()).isIn(Code.NAME, Code.UNSUPPORTED),
            e -> assertThat(e).hasMessageContaining(EXCLUDED.get(c.id())));
  }

  @Test
  void onlyKnownCasesAreExcluded() {
    List<String> ids = Corpus.cases().stream().map(Corpus.Case::id).toList();
    Set<String> distinct = new HashSet<>(ids);
    assertThat(distinct).hasSameSizeAs(ids).containsAll(EXCLUDED.keySet());
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

  /** Names, numbers and operators; brackets and separators are free. */
  private static int tokens(String text) {
    return TOKEN.matcher(text).results().filter(t -> !"(),;".contains(t.group())).toList().size();
  }

  /** Between the two nearest by linear interpolation. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
