package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import nabla.diagnostic.NablaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTest {
  private static final Size M = Size.of("m");
  private static final Size N = Size.of("n");
  private static final Size ONE = Size.of(1);

  /** A sum of products such as {@code 2*m*n + -3}. */
  private static Size size(String text) {
    Size sum = Size.of(0);
    for (String term : text.split(" \\+ ", -1)) {
      Size product = ONE;
      for (String factor : term.split("\\*", -1)) {
        boolean number = factor.matches("-?\\d+");
        product = product.times(number ? Size.of(Long.parseLong(factor)) : Size.of(factor));
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n             | n         | 2*n           | n*n
          n             | m         | m + n         | m*n
          n             | -1*n      | 0             | -n*n
          m*n           | n*m       | 2*m*n         | m*m*n*n
          n + 1         | n + -1    | 2*n           | n*n - 1
          2*m + 3       | n         | 2*m + n + 3   | 2*m*n + 3*n
          -1*m + n      | 0         | -m + n        | 0
          n             | 1         | n + 1         | n
          3             | 4         | 7             | 12
          m*n + n       | m         | m*n + m + n   | m*m*n + m*n
          """)
  void sumAndProduct(String a, String b, String sum, String product) {
    assertThat(size(a).plus(size(b))).hasToString(sum);
    assertThat(size(b).plus(size(a))).isEqualTo(size(a).plus(size(b)));
    assertThat(size(a).times(size(b))).hasToString(product);
    assertThat(size(b).times(size(a))).isEqualTo(size(a).times(size(b)));
  }

  @ParameterizedTest
  @CsvSource({"m*n, n, m", "m*n + 2*n, n, m + 2", "m*n + 2, n, ", "n*n, n, n", "m, n, ", "3, n, "})
  void quotient(String size, String name, String quotient) {
    Size found = size(size).dividedBy(name);
    assertThat(found == null ? null : found.toString()).isEqualTo(quotient);
  }

  @ParameterizedTest
  @CsvSource({
    "n, false, true", "3, true, false", "0, true, false", "2*n, false, false",
    "n + 1, false, false", "m*n, false, false", "m + n, false, false", "-1, true, false"
  })
  void kinds(String size, boolean number, boolean name) {
    assertThat(size(size).isNumber()).isEqualTo(number);
    assertThat(size(size).isName()).isEqualTo(name);
  }

  @Test
  void namesAreSorted() {
    assertThat(size("n*m + k").names()).containsExactly("k", "m", "n");
    assertThat(Size.of(3).names()).isEmpty();
  }

  @Test
  void valueNeedsEveryName() {
    assertThat(size("2*m*n + n + -3").value(Map.of("m", 2, "n", 5))).isEqualTo(22);
    assertThat(Size.of(0).value(Map.of())).isZero();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> size("m*n").value(Map.of("m", 2)))
        .withMessage("size n is not bound");
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> size("n*n").value(Map.of("n", 100_000)));
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> size("n*n*n").value(Map.of("n", 3_000_000)));
  }

  @Test
  void substitution() {
    Map<String, Size> binding = Map.of("n", size("m + 1"));
    assertThat(size("n*n + k").substitute(binding)).hasToString("m*m + k + 2*m + 1");
    assertThat(M.substitute(binding)).isEqualTo(M);
    assertThat(size("2*n").substitute(binding)).hasToString("2*m + 2");
  }

  @Test
  void overflowIsAnError() {
    Size huge = Size.of(Long.MAX_VALUE);
    assertThatExceptionOfType(NablaException.class).isThrownBy(() -> huge.plus(ONE));
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> huge.times(N).times(Size.of(2)));
  }
}
