package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Round numbers on axes. */
class TicksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1 | 6 | 0 0.2 0.4 0.6 0.8 1",
        "-1.2 | 1.3 | 6 | −1 −0.5 0 0.5 1",
        "0 | 10 | 6 | 0 2 4 6 8 10",
        "3 | 4.1 | 3 | 3 3.5 4",
        "-2 | 2 | 3 | −2 0 2",
        "0 | 3e-5 | 4 | 0 1e−5 2e−5 3e−5",
        "0 | 2.5e6 | 4 | 0 1e6 2e6",
        "1000000 | 1000004 | 5 | 1e6 1.000001e6 1.000002e6 1.000003e6 1.000004e6",
        "0.1 | 0.31 | 3 | 0.1 0.2 0.3",
        "-0.3 | 0.3 | 7 | −0.3 −0.2 −0.1 0 0.1 0.2 0.3",
      })
  void areRound(double low, double high, int most, String labels) {
    assertThat(labels(Ticks.linear(new Range(low, high), most))).isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e-3 | 100 | 8 | 10⁻³ 10⁻² 10⁻¹ 1 10 10²",
        "1e-12 | 1 | 5 | 10⁻¹² 10⁻⁹ 10⁻⁶ 10⁻³ 1",
        "0.5 | 20 | 5 | 1 10",
      })
  void arePowersOfTen(double low, double high, int most, String labels) {
    assertThat(labels(Ticks.logarithmic(new Range(low, high), most))).isEqualTo(labels);
  }

  private static String labels(java.util.List<Ticks.Tick> ticks) {
    return ticks.stream().map(Ticks.Tick::label).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1.1, 2", "2.5, 5", "6, 10", "0.03, 0.05", "0.0002, 0.0002", "730, 1000"})
  void stepsAreTheNextRoundNumber(double least, double step) {
    assertThat(Ticks.step(least).doubleValue()).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1.50, −1.5",
    "0.0001, 0.0001",
    "0.00001, 1e−5",
    "123456, 123456",
    "1234567, 1.234567e6",
    "-3e-20, −3e−20"
  })
  void numbersAreShort(String number, String label) {
    assertThat(Ticks.label(new BigDecimal(number))).isEqualTo(label);
  }
}
