package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.simplify.Simplifier;
import nabla.tensor.Tensor;
import nabla.verify.CheckReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerivativeTest {

  record Row(String expression, String declarations, List<String> variables, String derivative) {
    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      return new Row(
          cells[0].strip(),
          cells[1].strip(),
          List.of(cells[2].strip().split(",(?![^\\[]*\\])", -1)),
          cells.length > 3 ? cells[3].strip() : "");
    }
  }

  static Stream<Row> rows() throws IOException {
    return table("derivatives.txt");
  }

  static Stream<Row> regressions() throws IOException {
    return table("regressions.txt");
  }

  private static Stream<Row> table(String name) throws IOException {
    try (InputStream table = DerivativeTest.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).map(Row::of);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWrittenAsAPersonWouldAndRight(Row row) {
    Derivative derivative =
        Expression.parse(row.expression(), row.declarations())
            .derivative(row.variables(), Layout.DENOMINATOR);
    assertThat(derivative.text()).isEqualTo(row.derivative());
    CheckReport check = derivative.check(7);
    assertThat(check.status()).as(check.toString()).isEqualTo(CheckReport.Status.PASSED);
  }

  @ParameterizedTest
  @MethodSource({"rows", "regressions"})
  void everyLayoutPassesTheCheck(Row row) {
    for (Layout layout : Layout.values()) {
      Derivative derivative =
          Expression.parse(row.expression(), row.declarations())
              .derivative(row.variables(), layout);
      CheckReport check = derivative.check(8);
      assertThat(check.status()).as(layout + " " + check).isEqualTo(CheckReport.Status.PASSED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          x'*A*x    ¦ x ¦ DENOMINATOR ¦ (A + A')*x                      ¦ vector ¦ ∂f/∂x_i
          x'*A*x    ¦ x ¦ NUMERATOR   ¦ x'*(A + A')                     ¦ row    ¦ ∂f/∂x_i
          x'*A*x    ¦ x ¦ MIXED       ¦ (A + A')*x                      ¦ vector ¦ ∂f/∂x_i
          A*x       ¦ x ¦ DENOMINATOR ¦ A'                              ¦ matrix ¦ ∂y_j/∂x_i
          A*x       ¦ x ¦ NUMERATOR   ¦ A                               ¦ matrix ¦ ∂y_i/∂x_j
          A*x       ¦ x ¦ MIXED       ¦ A                               ¦ matrix ¦ ∂y_i/∂x_j
          x'*X*y    ¦ X ¦ DENOMINATOR ¦ x*y'                            ¦ matrix ¦ ∂f/∂X_{i,j}
          x'*X*y    ¦ X ¦ NUMERATOR   ¦ y*x'                            ¦ matrix ¦ ∂f/∂X_{j,i}
          A*X       ¦ X ¦ DENOMINATOR ¦ D[r,s,i,j] = A[i,r]*delta[s,j]  ¦ tensor ¦ ∂Y_{i,j}/∂X_{r,s}
          A*X       ¦ X ¦ MIXED       ¦ D[i,j,r,s] = A[i,r]*delta[j,s]  ¦ tensor ¦ ∂Y_{i,j}/∂X_{r,s}
          """)
  void layoutsPermuteTheAxes(
      String expression, String by, Layout layout, String text, String kind, String entry) {
    Derivative derivative = Expression.parse(expression).derivative(List.of(by), layout);
    assertThat(derivative.text()).isEqualTo(text);
    assertThat(derivative.kind()).isEqualTo(kind);
    assertThat(derivative.entry()).isEqualTo(entry);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          x'*A*x             ¦ x ¦ (A + Aᵀ)·x                   ¦ \\left(A + A^{\\top}\\right) x
          norm2(x)           ¦ x ¦ x/norm2(x)                   ¦ \\frac{x}{\\left\\|x\\right\\|_2}
          log(det(X))        ¦ X ¦ (X⁻¹)ᵀ                       ¦ X^{-\\top}
          tr(inv(X)*A)       ¦ X ¦ −(X⁻¹)ᵀ·Aᵀ·(X⁻¹)ᵀ            ¦ -X^{-\\top} A^{\\top} X^{-\\top}
          sum(exp(alpha*x))  ¦ x ¦ α·exp(α·x)                   ¦ \\alpha \\exp\\left(\\alpha x\\right)
          sum(x.^3)          ¦ x ¦ 3·x.^2                       ¦ 3 x^{\\odot 2}
          """)
  void everyNotation(String expression, String by, String unicode, String latex) {
    Derivative derivative = Expression.parse(expression).derivative(by);
    assertThat(derivative.unicode()).isEqualTo(unicode);
    assertThat(derivative.latex()).isEqualTo(latex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr(A*inv(X)*B) + sum(sin(alpha*X))", "sum(A.^inv(X))"})
  void unicodeIsReadAgain(String expression) {
    Derivative derivative = Expression.parse(expression).derivative("X");
    assertThat(normal(derivative.unicode())).isEqualTo(normal(derivative.text()));
  }

  private static Tensor normal(String text) {
    return new Simplifier().normalize(Expression.parse(text).problem().tensor());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          log(det(X))     ¦ X: matrix[n,n]               ¦ X ¦ det(X) > 0
          tr(inv(X))      ¦ X: matrix[n,n]               ¦ X ¦ X invertible
          tr(inv(X))      ¦ X: matrix[n,n] pd            ¦ X ¦ ``
          sum(log(x))     ¦                              ¦ x ¦ x > 0
          sum(log(x))     ¦ x: vector[n] positive        ¦ x ¦ ``
          norm1(x)        ¦                              ¦ x ¦ every entry of x ≠ 0
          norm2(x)        ¦                              ¦ x ¦ x ≠ 0
          """)
  void saysWhatMustHold(String expression, String declarations, String by, String condition) {
    Derivative derivative =
        Expression.parse(expression, declarations == null ? "" : declarations).derivative(by);
    assertThat(String.join(", ", derivative.conditions())).isEqualTo(condition);
  }
}
