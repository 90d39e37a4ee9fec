package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data of the wrong shape or without the declared property is refused with the reason. */
class DataTest {
  private static NumericArray array(String text) {
    String[] rows = text.strip().split("\\s*;\\s*", -1);
    double[][] numbers =
        Arrays.stream(rows)
            .map(r -> Arrays.stream(r.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    double[] data = Arrays.stream(numbers).flatMapToDouble(Arrays::stream).toArray();
    if (rows.length > 1) return NumericArray.of(new int[] {rows.length, numbers[0].length}, data);
    return data.length == 1
        ? NumericArray.scalar(data[0])
        : NumericArray.of(new int[] {data.length}, data);
  }

  private static Map<String, NumericArray> data(String text) {
    Map<String, NumericArray> data = new HashMap<>();
    for (String binding : text.split(" *, *", -1)) {
      if (binding.isEmpty()) continue;
      String[] parts = binding.split(" *= *", -1);
      data.put(parts[0], array(parts[1]));
    }
    return data;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A*x   | A = 1 2; 3 4, x = 1 1    | 3 7
          x'*A  | A = 1 2; 3 4, x = 1 1    | 4 6
          c*x   | c = 2, x = 1 -1          | 2 -2
          x'*x  | x = 3 4                  | 25
          """)
  void values(String expression, String bound, String value) {
    NumericArray found = Expression.parse(expression).value(data(bound));
    assertThat(found.data()).containsExactly(array(value).data());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A*x    | A = 1 2; 3 4               | x has no data
          A*x    | A = 1 2; 3 4, x = 3        | x has 1 axis, but its data has 0
          A*x    | A = 1 2; 3 4, x = 1 2 3    | x makes n = 3, but elsewhere n = 2
          x'*A*x | A = 1 2 3; 4 5 6, x = 1 2  | A makes n = 3, but elsewhere n = 2
          sum(eye(k))*x | x = 1 1 | no data tell how large k is
          f = delta[i,i]*x[j]*x[j] | x = 1 1 | no data tell how large m is
          """)
  void dataThatDoesNotFit(String expression, String bound, String message) {
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> Expression.parse(expression).value(data(bound)))
        .withMessage(message)
        .satisfies(e -> assertThat(e.diagnostic().code()).isEqualTo(Code.VALUE));
  }

  @Test
  void sizesThatAreNumbersMustFit() {
    Expression expression = Expression.parse("x'*x", "x: vector[3]");
    assertThat(expression.value(data("x = 1 2 2")).scalarValue()).isEqualTo(9);
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> expression.value(data("x = 1 2")))
        .withMessage("x has size 3, but its data has 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          matrix[n,n] symmetric  | 1 2; 2 3         | 1 2; 2.1 3
          matrix[n,n] symmetric  | Infinity 2; 2 NaN | Infinity 2; 1 NaN
          matrix[n,n] symmetric  | 1 Infinity; Infinity 1 | 1 Infinity; 2 1
          matrix[n,n] skew       | 0 Infinity; -Infinity 0 | 0 Infinity; Infinity 0
          matrix[n,n] pd         | 2 1; 1 2         | 2 1; 0 2
          matrix[n,n] psd        | 1 1; 1 1         | 1 1; 2 1
          matrix[n,n] skew       | 0 2; -2 0        | 0 2; 2 0
          matrix[n,n] skew       | 0 2; -2 0        | 1 2; -2 0
          matrix[n,n] diagonal   | 1 0; 0 3         | 1 2; 0 3
          matrix[n,n] diagonal   | 1 0; 0 3         | 1 0; 2 3
          matrix[n,n] lower      | 1 0; 2 3         | 1 2; 0 3
          matrix[n,n] upper      | 1 2; 0 3         | 1 0; 2 3
          matrix[m,n] toeplitz   | 1 2 3; 4 1 2     | 1 2 3; 4 1 5
          matrix[n,n] orthogonal | 0 1; -1 0        | 1 1; 0 1
          matrix[n,n] orthogonal | 0.6 0.8; -0.8 0.6 | 2 0; 0 2
          matrix[n,n] idempotent | 1 2; 0 0         | 1 2; 0 1
          matrix[n,n] idempotent | 0.5 0.5; 0.5 0.5 | 0.5 0.5; 0.5 0.6
          vector[n] positive     | 1 2 0.1          | 1 2 0
          vector[n] nonnegative  | 1 2 0            | 1 2 -1
          vector[n] integer      | 1 -2 0           | 1 2.5 0
          vector[n] simplex      | 0.25 0.75 0      | 0.25 0.5 0
          vector[n] simplex      | 0.25 0.75 0      | -0.25 1 0.25
          vector[n] unit         | 0.6 0.8          | 0.6 0.7
          matrix[n,n] invertible | 1 2; 3 4         |
          """)
  void declaredPropertiesMustHold(String kind, String good, String bad) {
    Expression expression = Expression.parse("sum(X)", "X: " + kind);
    assertThat(expression.value(data("X = " + good)).rank()).isZero();
    if (bad == null) return;
    String property = kind.substring(kind.indexOf(' ') + 1);
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> expression.value(data("X = " + bad)))
        .withMessage("X is declared " + property + ", but its data is not")
        .satisfies(e -> assertThat(e.diagnostic().code()).isEqualTo(Code.PROPERTY));
  }

  /** Rounding in the data is no contradiction. */
  @Test
  void roundingIsForgiven() {
    Expression expression = Expression.parse("tr(S)", "S: matrix[n,n] symmetric");
    assertThat(expression.value(data("S = 1 0.1; 0.10000000001 2")).scalarValue()).isEqualTo(3);
  }
}
