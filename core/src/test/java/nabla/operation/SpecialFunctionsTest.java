package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialFunctionsTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Against figures of 20 digits; near the zero of digamma the absolute error counts. */
  @Test
  void agreesWithTheTable() throws IOException {
    SoftAssertions all = new SoftAssertions();
    List<String> rows = table();
    assertThat(rows).hasSizeGreaterThan(300);
    for (String row : rows) {
      List<String> fields = List.of(row.split(" ", -1));
      double expected = Double.parseDouble(fields.get(2));
      double found = value(fields.get(0), Double.parseDouble(fields.get(1)));
      double scale = fields.get(0).equals("polygamma0") ? 1 : Double.MIN_NORMAL;
      double error = Math.abs(found - expected) / Math.max(scale, Math.abs(expected));
      all.assertThat(error).as("%s gave %s", row, found).isLessThan(1e-15);
    }
    all.assertAll();
  }

  private static List<String> table() throws IOException {
    var stream = SpecialFunctionsTest.class.getResourceAsStream("special-functions.txt");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static double value(String function, double x) {
    return switch (function) {
      case "erf" -> SpecialFunctions.erf(x);
      case "erfc" -> SpecialFunctions.erfc(x);
      case "gammaln" -> SpecialFunctions.gammaln(x);
      default -> SpecialFunctions.polygamma(function.charAt("polygamma".length()) - '0', x);
    };
  }

  @Test
  void valuesAtTheEdges() {
    assertThat(SpecialFunctions.erf(0)).isZero();
    assertThat(SpecialFunctions.erf(INFINITY)).isEqualTo(1);
    assertThat(SpecialFunctions.erf(-INFINITY)).isEqualTo(-1);
    assertThat(SpecialFunctions.erfc(INFINITY)).isZero();
    assertThat(SpecialFunctions.erfc(-INFINITY)).isEqualTo(2);
    assertThat(SpecialFunctions.erfc(40)).isZero();
    assertThat(SpecialFunctions.gammaln(INFINITY)).isEqualTo(INFINITY);
    assertThat(SpecialFunctions.gammaln(1)).isZero();
    assertThat(SpecialFunctions.gammaln(2)).isZero();
    assertThat(SpecialFunctions.polygamma(0, INFINITY)).isEqualTo(INFINITY);
    assertThat(SpecialFunctions.polygamma(3, INFINITY)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, -2.5, Double.NEGATIVE_INFINITY, NAN})
  void gammaFunctionsAreNaNUnlessPositive(double x) {
    assertThat(SpecialFunctions.gammaln(x)).isNaN();
    for (int order = 0; order <= 7; order++) {
      assertThat(SpecialFunctions.polygamma(order, x)).isNaN();
    }
  }

  @Test
  void errorFunctionsPassNaNOn() {
    assertThat(SpecialFunctions.erf(NAN)).isNaN();
    assertThat(SpecialFunctions.erfc(NAN)).isNaN();
  }

  /** ψ(x + 1) = ψ(x) + 1/x, across the places where the method changes. */
  @Test
  void recurrencesHold() {
    for (double x = 0.05; x < 14; x += 0.173) {
      assertThat(SpecialFunctions.gammaln(x + 1))
          .isCloseTo(SpecialFunctions.gammaln(x) + Math.log(x), within(2e-14));
      assertThat(SpecialFunctions.polygamma(0, x + 1))
          .isCloseTo(SpecialFunctions.polygamma(0, x) + 1 / x, within(2e-14));
      assertThat(SpecialFunctions.erf(x / 3) + SpecialFunctions.erfc(x / 3))
          .isCloseTo(1, within(1e-15));
    }
  }
}
