package nabla;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part of an expression has no value at the data, and why. */
class DomainTest {
  private static final Map<String, NumericArray> DATA =
      Map.of(
          "c", NumericArray.scalar(-1),
          "z", NumericArray.scalar(0),
          "x", NumericArray.vector(1, -2),
          "S", NumericArray.matrix(new double[] {1, 2}, new double[] {2, 4}));

  private static Expression expression(String function) {
    return Expression.parse(function, "c, z: scalar; x: vector[n]; S: matrix[n,n]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 + log(c)          | log(c) is not defined for these data: log needs c > 0
          sum(log(x))         | log(x) is not defined for these data: log needs x > 0
          x'*inv(S)*x         | inv(S) is not defined for these data: inv needs S invertible
          logdet(S - 5*S)     | "logdet(S - 5*S) is not defined for these data: logdet needs det(-4*S) > 0"
          (2*c)^0.5           | "(2*c)^0.5 is not defined for these data: division by zero, or a root of a negative number"
          """)
  void says(String function, String message) {
    assertThatThrownBy(() -> expression(function).value(DATA))
        .isInstanceOfSatisfying(
            NablaException.class,
            e -> Assertions.assertThat(e.diagnostic().code()).isEqualTo(Code.DOMAIN))
        .hasMessage(message);
  }
}
