package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import nabla.Nabla;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pieces of a curve, what of it is shown, and its extrema. */
class CurveTest {
  private static Trace trace(DoubleUnaryOperator function) {
    return new Trace(function, new Range(-2, 2));
  }

  @Test
  void aSmoothCurveIsOnePiece() {
    assertThat(trace(Math::exp).pieces()).hasSize(1);
    assertThat(trace(x -> Math.atan(50 * x)).pieces()).as("steep").hasSize(1);
    assertThat(trace(Math::abs).pieces()).as("a kink").hasSize(1);
  }

  @Test
  void aCurveIsBrokenWhereItJumps() {
    for (DoubleUnaryOperator jump :
        List.<DoubleUnaryOperator>of(
            x -> x < 0.3 ? 0 : 1, x -> 1 / (x - 0.3), x -> Math.floor((x + 9.7) / 5))) {
      List<List<Point>> pieces = trace(jump).pieces();
      assertThat(pieces).hasSize(2);
      assertThat(pieces.getFirst().getLast().x()).isBetween(0.3 - 1e-6, 0.3 + 1e-6);
      assertThat(pieces.getLast().getFirst().x()).isBetween(0.3 - 1e-6, 0.3 + 1e-6);
    }
  }

  @Test
  void aCurveEndsWithItsDomain() {
    List<List<Point>> pieces = trace(x -> Math.sqrt(x - 0.301)).pieces();
    assertThat(pieces).hasSize(1);
    assertThat(pieces.getFirst().getFirst().x()).isBetween(0.301, 0.3011);
    assertThat(trace(x -> Double.NaN).isEmpty()).isTrue();
    assertThat(trace(x -> x == 0 ? Double.NaN : Math.sin(x) / x).pieces()).hasSize(2);
  }

  @Test
  void polesAreCutAndPeaksAreNot() {
    assertThat(trace(x -> 1 / x).shown().high()).isLessThan(20);
    assertThat(trace(x -> 1 / (x * x)).shown()).matches(r -> r.low() <= 0.25 && r.high() < 100);
    assertThat(trace(x -> Math.exp(-1000 * x * x)).shown().high()).isGreaterThan(1);
    assertThat(trace(x -> Math.pow(x, 10)).shown().high()).isGreaterThan(1024);
    assertThat(trace(x -> 3).shown().contains(3)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x^2 | minimum 0",
        "x^3 - 3*x | maximum −1; minimum 1",
        "exp(x) |",
        "abs(x) |",
        "1/x^2 |",
        "x^3 | degenerate point 0",
        "1/(x^2 - 1) + x | maximum 0.3715; minimum 1.684",
        "cos(x) | minimum −3.142; maximum 0; minimum 3.142",
        "x*log(x) | minimum 0.3679",
      })
  void extremaAreFound(String function, String expected) {
    Field field =
        new Field(
            Nabla.parse(function, "x: scalar"), Map.of(), Map.of("x", NumericArray.scalar(0)));
    String found =
        Extrema.find(Section.whole(field), new Range(-5, 5)).stream()
            .map(p -> p.word() + " " + Ticks.digits(p.at().x(), 4))
            .collect(Collectors.joining("; "));
    assertThat(found).isEqualTo(expected == null ? "" : expected);
  }
}
