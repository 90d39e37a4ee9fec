package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowersTest {
  private static Rational r(String text) {
    String[] parts = text.split("/", -1);
    BigInteger below = parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]);
    return new Rational(new BigInteger(parts[0]), below);
  }

  /** An empty last cell: no exact power. */
  @ParameterizedTest
  @CsvSource({
    "2, 3, 8",
    "2, -3, 1/8",
    "2, 0, 1",
    "-2, 3, -8",
    "0, 2, 0",
    "0, -1, ",
    "1, 1/3, 1",
    "4, 1/2, 2",
    "4, -1/2, 1/2",
    "4, 3/2, 8",
    "2, 1/2, ",
    "8, 1/3, 2",
    "8, 2/3, 4",
    "9, 1/3, ",
    "4/9, 1/2, 2/3",
    "4/9, -3/2, 27/8",
    "4/3, 1/2, ",
    "3/4, 1/2, ",
    "-8, 1/3, ",
    "0, 1/2, ",
    "-1, 1/2, ",
    "1000000007, 1/2, ",
    "1000000014000000049, 1/2, 1000000007",
    "9223372036854775808, 1/63, 2",
    "18446744073709551616, 1/64, ",
    "2, 1999, ?",
    "2, 1000, ?",
    "2, 1001, ",
    "2, 2147483648, ",
    "1/2, -1000, ?",
    "1/2, 1001, "
  })
  void exact(String base, String exponent, String power) {
    Rational found = Powers.exact(r(base), r(exponent));
    boolean tooLong = base.equals("2") && exponent.equals("1999");
    if (power == null || tooLong) assertThat(found).isNull();
    else if (power.equals("?")) assertThat(found).isEqualTo(r("2").power(1000));
    else assertThat(found).isEqualTo(r(power));
  }

  @Test
  void theBoundCountsBits() {
    assertThat(Powers.exact(Rational.of(3), Rational.of(1000))).isNotNull();
    assertThat(Powers.exact(Rational.of(3), Rational.of(1001))).isNull();
    assertThat(Powers.exact(Rational.of(1, 3), Rational.of(-1001))).isNull();
  }
}
