package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nabla.DerivativeTest.Row;
import nabla.verify.CheckReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamedRepeatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          norm2(A*x - b)         ¦ ``                    ¦ x   ¦ t1 = A*x - b; A'*t1/norm2(t1)
          x'*A*x                 ¦ ``                    ¦ x   ¦ (A + A')*x
          lse(A*x + b)           ¦ b: vector[m]          ¦ x,x ¦ t1 = softmax(A*x + b); (A - ones(m)*t1'*A)'*diag(t1)*A
          logdet(W*W' + B)       ¦ ``                    ¦ W   ¦ t1 = inv(W*W' + B); (t1 + t1')*W
          logdet(A*X*A' + B)     ¦ ``                    ¦ X,X ¦ t1 = A'*inv(A*X*A' + B)*A; D[i,j,r,s] = -t1[j,r]*t1[s,i]
          exp(-norm2(A*x - b)^2) ¦ ``                    ¦ x,x ¦ t1 = A*x - b; 2*exp(-norm2(t1)^2)*(2*t1*t1'*A - A)'*A
          norm2(A*x - t1)        ¦ t1: vector[m]         ¦ x   ¦ t2 = A*x - t1; A'*t2/norm2(t2)
          norm2(A*x - b)         ¦ b: vector[t1]         ¦ x   ¦ t2 = A*x - b; A'*t2/norm2(t2)
          norm2(x - a)           ¦ ``                    ¦ x   ¦ (x - a)/norm2(x - a)
          """)
  void namesWhatIsLongAndRepeated(
      String expression, String declarations, String variables, String named) {
    Derivative derivative =
        Expression.parse(expression, declarations)
            .derivative(List.of(variables.split(",")), Layout.DENOMINATOR)
            .namingRepeats();
    assertThat(derivative.text()).isEqualTo(named);
    assertThat(String.join("; ", derivative.statements())).isEqualTo(named);
    assertPasses(derivative);
  }

  @Test
  void namesAreReadInnermostFirst() {
    Derivative derivative =
        Expression.parse("norm2(A*x - b)*exp(norm2(A*x - b))*sin(exp(norm2(A*x - b)))")
            .derivative("x")
            .namingRepeats();
    assertThat(derivative.statements().subList(0, 3))
        .containsExactly("t1 = A*x - b", "t2 = norm2(t1)", "t3 = exp(t2)");
    assertPasses(derivative);
  }

  /** Written in one piece, this derivative has more characters than a computer could hold. */
  @Test
  void formulasThatNobodyCouldReadGetNamesUnasked() {
    StringBuilder nested = new StringBuilder("u0 = x'*x");
    for (int k = 1; k <= 12; k++) {
      nested.append("; u%d = u%d*exp(-u%d)".formatted(k, k - 1, k - 1));
    }
    Derivative derivative = Expression.parse(nested + "; u12").derivative("x");
    assertThat(derivative.text()).startsWith("t1 = ").hasSizeLessThan(10_000);
    assertPasses(derivative);
  }

  @ParameterizedTest
  @MethodSource("nabla.DerivativeTest#rows")
  void theFormulaIsReadAgainAndStaysRight(Row row) {
    for (Layout layout : Layout.values()) {
      assertPasses(
          Expression.parse(row.expression(), row.declarations())
              .derivative(row.variables(), layout)
              .namingRepeats());
    }
  }

  /** The check reads the text and evaluates it. */
  private static void assertPasses(Derivative derivative) {
    CheckReport check = derivative.check(5);
    assertThat(check.status())
        .as(derivative.text() + " " + check)
        .isEqualTo(CheckReport.Status.PASSED);
  }
}
