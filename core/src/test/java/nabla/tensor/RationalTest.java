package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RationalTest {
  private static Rational r(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 1
        ? Rational.parse(text)
        : new Rational(new BigInteger(parts[0]), new BigInteger(parts[1]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1/2  | 1/3  | 5/6   | 1/6   | 1/6  | 3/2
          -1/2 | 1/2  | 0     | -1    | -1/4 | -1
          2/4  | 3    | 7/2   | -5/2  | 3/2  | 1/6
          0    | 2/3  | 2/3   | -2/3  | 0    | 0
          7    | -7   | 0     | 14    | -49  | -1
          """)
  void arithmetic(
      String a, String b, String sum, String difference, String product, String quotient) {
    assertThat(r(a).plus(r(b))).isEqualTo(r(sum));
    assertThat(r(a).minus(r(b))).isEqualTo(r(difference));
    assertThat(r(a).times(r(b))).isEqualTo(r(product));
    assertThat(r(a).dividedBy(r(b))).isEqualTo(r(quotient));
    assertThat(r(a).negate().plus(r(a)).isZero()).isTrue();
    assertThat(r(a).compareTo(r(b))).isEqualTo(r(difference).signum());
    assertThat(r(b).inverse().times(r(b)).isOne()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2/4, 1/2",
    "-2/4, -1/2",
    "2/-4, -1/2",
    "-2/-4, 1/2",
    "6/3, 2",
    "0/-5, 0",
    "0.1, 1/10",
    "1e-3, 1/1000",
    "2.50, 5/2",
    "1e3, 1000",
    "-0.25, -1/4",
    "3, 3"
  })
  void isInLowestTerms(String written, String text) {
    assertThat(r(written)).hasToString(text);
    assertThat(r(written)).isEqualTo(r(text)).hasSameHashCodeAs(r(text));
  }

  @ParameterizedTest
  @CsvSource({"2/3, 2, 4/9", "2/3, -2, 9/4", "-2, 3, -8", "5, 0, 1", "5, 1, 5", "-1/2, -1, -2"})
  void powers(String base, int exponent, String power) {
    assertThat(r(base).power(exponent)).isEqualTo(r(power));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true, true, true",
    "-1, -1, false, true, true",
    "1/2, 1, false, false, false",
    "0, 0, false, true, true",
    "2147483647, 1, false, true, true",
    "2147483648, 1, false, true, false",
    "-2147483648, -1, false, true, true",
    "-2147483649, -1, false, true, false",
    "-1/3, -1, false, false, false"
  })
  void kinds(String value, int sign, boolean one, boolean integer, boolean isInt) {
    assertThat(r(value).signum()).isEqualTo(sign);
    assertThat(r(value).isZero()).isEqualTo(sign == 0);
    assertThat(r(value).isOne()).isEqualTo(one);
    assertThat(r(value).isInteger()).isEqualTo(integer);
    assertThat(r(value).isInt()).isEqualTo(isInt);
    assertThat(r(value).abs()).isEqualTo(sign < 0 ? r(value).negate() : r(value));
    if (isInt) assertThat(r(value).intValue()).isEqualTo((int) Long.parseLong(value));
    else assertThatExceptionOfType(ArithmeticException.class).isThrownBy(r(value)::intValue);
  }

  @Test
  void zeroHasNoInverse() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(Rational.ZERO::inverse)
        .withMessage("division by zero");
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Rational.ZERO.power(-1));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Rational.HALF.intValue())
        .withMessage("1/2 is not an integer");
  }

  @Test
  void doublesAreRoundedOnce() {
    assertThat(Rational.of(1, 10).doubleValue()).isEqualTo(0.1);
    assertThat(Rational.of(-7, 2).doubleValue()).isEqualTo(-3.5);
    assertThat(r("9007199254740993").doubleValue()).isEqualTo(9007199254740992.0);
    assertThat(r("1/9007199254740993").doubleValue()).isEqualTo(Math.nextDown(0x1p-53));
    assertThat(Rational.of(10).power(30).doubleValue()).isEqualTo(1e30);
    assertThat(Rational.of(10).power(-30).doubleValue()).isEqualTo(1e-30);
    assertThat(Rational.of(10).power(400).doubleValue()).isInfinite();
    assertThat(Rational.of(1L << 53, 3).doubleValue()).isEqualTo((double) (1L << 53) / 3);
  }
}
