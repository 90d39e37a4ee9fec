package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LaTeX as an input language. */
class LatexTest {

  record Row(String latex, String declarations, String outcome) {
    static Row of(String line) {
      String[] cells = line.split(";;", -1);
      return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip());
    }

    boolean isError() {
      return outcome.startsWith("error ");
    }
  }

  static Stream<Row> rows() throws IOException {
    try (InputStream table = LatexTest.class.getResourceAsStream("latex.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      List<Row> rows =
          text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).map(Row::of).toList();
      return rows.stream();
    }
  }

  static Stream<Row> read() throws IOException {
    return rows().filter(row -> !row.isError());
  }

  static Stream<Row> refused() throws IOException {
    return rows().filter(Row::isError);
  }

  @ParameterizedTest
  @MethodSource("read")
  void isUnderstood(Row row) {
    Expression expression = Expression.parse(row.latex(), row.declarations());
    assertThat(expression.text()).isEqualTo(row.outcome());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedAtTheRightPlace(Row row) {
    Diagnostic d = diagnostic(row.latex(), row.declarations());
    assertThat("error " + d.code().label() + " at " + (d.span().start() + 1))
        .as(d.message())
        .isEqualTo(row.outcome());
    assertThat(d.source()).isEqualTo(row.latex());
  }

  private static Diagnostic diagnostic(String latex, String declarations) {
    return catchThrowableOfType(NablaException.class, () -> Expression.parse(latex, declarations))
        .diagnostic();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\frac{1}{2}\\|Ax-b\\|_2^2",
        "\\operatorname{tr}(\\mathbf{X}^\\top A)",
        "\\log|X|",
        "\\mathbf{1}",
        "\\sum_i x_i y_i"
      })
  void printsLatexThatIsReadBack(String latex) {
    Expression expression = Expression.parse(latex);
    assertThat(Expression.parse(expression.latex()).problem().tensor())
        .isEqualTo(expression.problem().tensor());
  }

  /** A backslash alone is the left division of the text form. */
  @ParameterizedTest
  @CsvSource({
    "A\\b, A\\b",
    "A\\(x + y), A\\(x + y)",
    "A^2\\(x + y), A^2\\(x + y)",
    "A⁻¹\\(x + y), A^-1\\(x + y)",
    "\\(A^2 + B\\), A^2 + B",
    "(A)\\b, A\\b",
    "A \\ b, A\\b",
    "\\mu, mu",
    "2\\mu, 2*mu",
    "x + \\mu, x + mu",
    "A\\mu, error",
    "A\\exp(x), error",
    "A\\cdot\\mu, A*mu"
  })
  void tellsLatexFromLeftDivision(String input, String outcome) {
    if (outcome.equals("error")) {
      assertThatThrownBy(() -> Expression.parse(input))
          .isInstanceOf(NablaException.class)
          .hasMessageContaining("could be LaTeX, or a left division");
    } else {
      assertThat(Expression.parse(input).text()).isEqualTo(outcome);
    }
  }

  /** What is ambiguous names the readings; each of them is accepted. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = ";;",
      value = {
        "X^{T} A ;; T: scalar ;; write X^\\top for the transpose, X^{(T)} for the power",
        "\\|X\\|_2 ;; X: matrix[m,n] ;; \\|X\\|_F (Frobenius), \\operatorname{spectral}(X)",
        "|{x}| ;; ;; \\operatorname{abs}(x), \\|x\\|, \\det(x)",
        "\\log|\\Sigma| ;; ;; \\operatorname{abs}(\\Sigma), \\|\\Sigma\\|, \\det(\\Sigma)",
        "\\log x y ;; ;; \\log(x) …, or \\log(x …)",
        "e^{A} ;; ;; \\operatorname{expm}(A) for the matrix exponential, \\exp(A)",
        "x_1 + x^\\top x ;; ;; declare x_1 if it is a variable, x if it is an entry",
        "x \\cdot y ;; ;; x^\\top y, x \\odot y",
        "\\mathit{lam} x ;; ;; \\mathit{lam} \\odot x (entry by entry); or declare lam: scalar",
        "A^\\top \\mathbf{x}^\\top ;; ;; write A^\\top \\mathbf{x}",
        "\\frac{x}{A \\mathbf{y}} ;; ;; write x \\oslash (A \\mathbf{y}) to",
        "A^{-1} x ;; A: matrix[m,n] ;; write A^{\\odot -1} for a power entry by entry",
        "A_{1} x ;; A: matrix[m,n] ;; write A_{1,2} for an entry, A_{1,:} for a row",
        "\\operatorname{sofmax} x ;; ;; did you mean \\operatorname{softmax}?",
        "D_i = \\exp(x_i) ;; ;; write \\operatorname{exp}(x)_i"
      })
  void offersTheReadings(String latex, String declarations, String readings) {
    Diagnostic d = diagnostic(latex, declarations == null ? "" : declarations);
    assertThat(d.hint()).contains(readings);
  }

  @Test
  void takesTheKindOfBarsFromDeclarations() {
    assertThat(Expression.parse("\\log|x|", "x: matrix[n,n]").text()).isEqualTo("logdet(x)");
    assertThat(Expression.parse("\\log|X|", "X: vector[n]").text()).isEqualTo("log(abs(X))");
    assertThat(Expression.parse("|{X}|", "X: scalar").text()).isEqualTo("abs(X)");
  }

  /** The bounds of a sum are checked against the sizes, not forgotten. */
  @Test
  void checksTheBoundsOfSums() {
    assertThat(diagnostic("\\sum_{i=1}^{m} x_i", "x: vector[n]; A: matrix[m,n]").message())
        .isEqualTo("the sum runs to m, but the index of x to n");
    assertThat(Expression.parse("\\sum_{i=1}^{3} x_i", "x: vector[3]").text()).isEqualTo("sum(x)");
  }

  /** Whatever is typed is read or refused with a place in the input; seeded. */
  @Test
  void refusesNonsenseAtAPlace() {
    List<String> pieces =
        List.of(
            "x",
            "A",
            "\\frac",
            "{",
            "}",
            "^",
            "_",
            "\\top",
            "\\sum_i",
            "(",
            ")",
            "|",
            "\\|",
            "2",
            "\\log",
            "\\operatorname{tr}",
            "\\mathbf{x}",
            "\\left(",
            "\\right)",
            "+",
            "-",
            "=",
            ";",
            "\\sqrt",
            "[",
            "]",
            "i",
            "T",
            "e",
            "\\sigma",
            "\\begin{bmatrix}",
            "&",
            "\\\\",
            ",",
            ":",
            "\\end{bmatrix}",
            "\\odot",
            "'",
            "/",
            "\\mathbf{1}",
            "\\hat",
            "$",
            " ",
            "\\text{",
            "||");
    long seed = 20_240_229;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder input = new StringBuilder();
      for (int k = 1 + random.nextInt(12); k > 0; k--) {
        input.append(pieces.get(random.nextInt(pieces.size())));
      }
      String text = input.toString();
      try {
        Expression.parse(text);
      } catch (NablaException e) {
        Diagnostic d = e.diagnostic();
        assertThat(d.span().start()).as(text).isBetween(0, text.length());
        assertThat(d.span().start() + d.span().length())
            .as(text)
            .isLessThanOrEqualTo(text.length());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
      }
    }
  }

  @Test
  void refusesWhatIsTooDeepOrTooLong() {
    assertThat(diagnostic("\\sqrt".repeat(1000) + "{x}", "").code().label()).isEqualTo("limit");
    assertThat(diagnostic("{".repeat(1000) + "x", "").code().label()).isEqualTo("limit");
    assertThat(diagnostic("\\log ".repeat(1000) + "x", "").code().label()).isEqualTo("limit");
    assertThat(diagnostic("\\mu +".repeat(3000) + "x", "").code().label()).isEqualTo("limit");
    assertThat(Expression.parse("\\mu" + " + x".repeat(2000)).kind()).isEqualTo("vector");
  }
}
