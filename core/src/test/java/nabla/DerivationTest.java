package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import nabla.diagnostic.NablaException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivations, right and wrong: the first wrong line is found, and what is wrong with it. */
class DerivationTest {
  record Row(String expected, String text) {}

  static List<Row> derivations() throws IOException {
    try (InputStream table = DerivationTest.class.getResourceAsStream("derivations.txt")) {
      String all = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      List<Row> rows = new ArrayList<>();
      for (String block : all.split("(?m)^== ", -1)) {
        if (block.startsWith("#")) continue;
        String[] halves = block.split("\n", 2);
        rows.add(new Row(halves[0].strip(), halves[1].stripTrailing()));
      }
      return rows;
    }
  }

  @ParameterizedTest
  @MethodSource("derivations")
  void theFirstWrongLineIsFound(Row row) {
    assertThat(judged(row.text())).as(row.text()).isEqualTo(row.expected());
  }

  private static String judged(String text) {
    try {
      return Derivation.parse(text)
          .firstWrong()
          .map(s -> s.line() + " " + Objects.requireNonNull(s.verdict()).kind().label())
          .orElse("right");
    } catch (NablaException e) {
      String line = String.valueOf(e.getMessage()).replaceFirst("line (\\d+): .*", "$1");
      if (line.startsWith("nothing to judge")) line = "definitions";
      return line + " error " + e.diagnostic().code().label();
    }
  }

  static List<Row> right() throws IOException {
    return derivations().stream().filter(r -> r.expected().equals("right")).toList();
  }

  /**
   * Every line of every right derivation that is judged, made twice as large: that one is wrong.
   */
  @ParameterizedTest
  @MethodSource("right")
  void everyLineCounts(Row row) {
    String[] lines = row.text().split("\n", -1);
    for (Derivation.Step step : Derivation.parse(row.text()).judge()) {
      String value = step.text().replaceFirst("(?s).*= *", "");
      boolean zero = value.equals("0") || value.startsWith("zeros");
      boolean spoilt = step.verdict() != null && !value.contains("delta") && !zero;
      if (!spoilt) continue;
      List<String> changed = new ArrayList<>(List.of(lines));
      int at = step.line() - 1;
      int last = changed.get(at).lastIndexOf(value);
      String line = changed.get(at);
      String twice = "2*(" + value + ")";
      if (value.contains("\\")) twice = "2 (" + value + ")";
      changed.set(at, line.substring(0, last) + twice + line.substring(last + value.length()));
      String text = String.join("\n", changed);
      Derivation.Step found = Derivation.parse(text).firstWrong().orElseThrow();
      assertThat(found.line()).as(text).isEqualTo(step.line());
      assertThat(found.verdict()).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("right")
  void theStepsAreThoseOfTheText(Row row) {
    String steps =
        Derivation.parse(row.text()).judge().stream()
            .map(Derivation.Step::text)
            .collect(Collectors.joining());
    String written =
        row.text()
            .lines()
            .filter(
                l ->
                    !l.startsWith("#") && !l.startsWith("where") && !l.matches("\\\\(begin|end).*"))
            .map(l -> l.replaceFirst("^(Let|hence,?|thus|=>|⇒|\\\\implies) ", ""))
            .map(l -> l.replaceFirst("#.*", "").replace("&", "").replaceFirst("\\\\\\\\\\s*$", ""))
            .collect(Collectors.joining());
    assertThat(steps.replaceAll("\\s", "")).isEqualTo(written.replaceAll("\\s", ""));
  }

  @ParameterizedTest
  @MethodSource("nothing")
  void anEmptyOneIsRefused(String text) {
    assertThatThrownBy(() -> Derivation.parse(text)).isInstanceOf(NablaException.class);
  }

  static List<String> nothing() {
    return List.of("", "# nothing\n", "where x: vector[n]");
  }
}
