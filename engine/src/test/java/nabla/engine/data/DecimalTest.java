package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  private static final long SEED = 7;

  private static double parse(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
    return Decimal.parse(bytes, 1, bytes.length - 1);
  }

  private static void assertExact(String text) {
    assertThat(Double.doubleToRawLongBits(parse(text)))
        .as(text)
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0.0",
        "1",
        "-1",
        "007",
        ".5",
        "5.",
        "-.5e1",
        "1e0",
        "1E+5",
        "1e-5",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23",
        "123456789012345678",
        "1234567890123456789",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1.7976931348623157e308",
        "2.2250738585072011e-308",
        "9007199254740993",
        "9007199254740992.9999",
        "900719925474099.3",
        "0.000000000000000000000000000001",
        "0e999",
        "1e-999",
        "0x1.8p3",
        "-0x.1P-2",
        "0x10p0",
        "100000000000000000000000000000000000000",
        "0.1",
        "0.30000000000000004"
      })
  void roundsAsJavaDoes(String text) {
    assertExact(text);
  }

  @Test
  void roundsRandomNumbersAsJavaDoes() {
    Random random = new Random(SEED);
    for (int k = 0; k < 200_000; k++) {
      double wide = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(wide)) assertExact(Double.toString(wide));
      assertExact(Double.toString(random.nextGaussian()));
      long digits = random.nextLong() >> random.nextInt(60);
      assertExact(digits + "e" + (random.nextInt(60) - 30));
    }
  }

  /** The middle between two doubles, and its neighbours, in digits of all lengths. */
  @Test
  void roundsNearMiddles() {
    Random random = new Random(SEED);
    for (int k = 0; k < 20_000; k++) {
      double low =
          (double) (random.nextLong() >>> (5 + random.nextInt(20))) / (1L << random.nextInt(30));
      BigDecimal middle =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.TWO);
      for (int digits = 15; digits <= 19; digits++) {
        BigDecimal near = middle.round(new MathContext(digits));
        assertExact(near.toString());
        assertExact(near.add(near.ulp()).toString());
        assertExact(near.subtract(near.ulp()).toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, NaN",
    "nan, NaN",
    "-nan, NaN",
    "NAN, NaN",
    "inf, Infinity",
    "+Inf, Infinity",
    "Infinity, Infinity",
    "-INF, -Infinity",
    "-infinity, -Infinity"
  })
  void readsWhatIsNotFinite(String text, Double value) {
    assertThat(parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "-", "+", "e5", "1e", "1e+", "--1", "1.2.3", "1d", "1f", "0x1", "1_000", "1 2",
        "x", "١", "1e5.0", "−1", "i", "1.5D3", "nan1", "1e1e1"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("\"" + text + "\" is no number");
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThatThrownBy(() -> parse("-1e309")).hasMessage("\"-1e309\" is beyond 1.8e308");
    assertThatThrownBy(() -> parse("9".repeat(400)))
        .hasMessage("\"" + "9".repeat(24) + "…\" is beyond 1.8e308");
  }
}
