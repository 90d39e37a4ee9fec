package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.corpus.Figures;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.verify.CheckReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What expressions and derivatives by structured variables are worth, against tables of figures.
 */
class ValuesTest {
  private static Stream<List<String>> table(String name) throws IOException {
    try (InputStream in = ValuesTest.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(l -> Stream.of(l.split("\\|", -1)).map(String::strip).toList());
    }
  }

  static Stream<List<String>> expressions() throws IOException {
    return table("values.txt");
  }

  static Stream<List<String>> withoutNames() throws IOException {
    return expressions().filter(row -> !row.getFirst().contains(" = "));
  }

  static Stream<List<String>> structures() throws IOException {
    return table("structures.txt");
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void isWorthWhatTheTableSays(List<String> row) {
    Expression expression = Expression.parse(row.get(0), row.get(1));
    assertClose(expression.value(Figures.data(row.get(2))), Figures.array(row.get(3)));
  }

  /** Read again, what is printed is worth the same. */
  @ParameterizedTest
  @MethodSource("withoutNames")
  void isWorthTheSameAsPrinted(List<String> row) {
    Derivative derivative =
        Expression.parse("t*(" + row.get(0) + ")", row.get(1) + "; t: scalar").derivative("t");
    var data = Figures.data(row.get(2));
    data.put("t", NumericArray.scalar(2));
    assertClose(derivative.value(data), Figures.array(row.get(3)));
    CheckReport check = derivative.check(data);
    assertThat(check.status()).as(check.toString()).isEqualTo(CheckReport.Status.PASSED);
  }

  @ParameterizedTest
  @MethodSource("structures")
  void keepsTheStructure(List<String> row) {
    Expression expression = Expression.parse(row.get(0), row.get(1));
    Structure structure = Structure.of(row.get(3)).orElseThrow();
    List<String> by = List.of(row.get(2).split(",", -1));
    if (row.get(5).equals("unsupported")) {
      assertThatExceptionOfType(NablaException.class)
          .isThrownBy(() -> expression.derivative(by, Layout.DENOMINATOR, structure))
          .satisfies(e -> assertThat(e.diagnostic().code()).isEqualTo(Code.UNSUPPORTED));
      return;
    }
    Derivative derivative = expression.derivative(by, Layout.DENOMINATOR, structure);
    var data = Figures.data(row.get(4));
    assertClose(derivative.value(data), Figures.array(row.get(5)));
    CheckReport check = derivative.check(data);
    assertThat(check.status()).as(check.toString()).isEqualTo(CheckReport.Status.PASSED);
    if (by.size() > 1) return;
    assertThat(derivative.notes())
        .hasSize(row.get(1).matches("[^;]*(invertible|positive);.*") ? 0 : 1);
  }

  private static void assertClose(NumericArray found, NumericArray expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    double scale = 1;
    for (double entry : expected.data()) scale = Math.max(scale, Math.abs(entry));
    assertThat(found.data()).containsExactly(expected.data(), within(1e-11 * scale));
  }
}
