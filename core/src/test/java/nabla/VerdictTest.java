package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.verify.Agreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of claims, right and wrong. */
class VerdictTest {
  record Row(
      String function, String by, String declarations, String claim, String kind, String message) {
    static Row of(String line) {
      String[] cells = line.split(" *\\| *", -1);
      return new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
    }
  }

  static List<Row> claims() throws IOException {
    try (InputStream table = VerdictTest.class.getResourceAsStream("claims.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).map(Row::of).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("claims")
  void isJudged(Row row) {
    Derivative derivative =
        Expression.parse(row.function(), row.declarations())
            .derivative(List.of(row.by().split(",")), Layout.DENOMINATOR);
    Verdict verdict = derivative.judge(row.claim());
    assertThat(verdict.kind().label() + ": " + verdict.message())
        .isEqualTo(row.kind() + ": " + row.message());
    boolean compared =
        !verdict.isRight()
            && verdict.kind() != Verdict.Kind.SHAPE
            && verdict.kind() != Verdict.Kind.UNDECIDED
            && !verdict.message().equals("right only if A is square");
    if (compared) assertThat(verdict.counterexample()).isPresent();
    if (verdict.isRight()) assertThat(verdict.counterexample()).isEmpty();
    assertThat(verdict.difference().isEmpty()).isEqualTo(verdict.counterexample().isEmpty());
    assertThat(derivative.judge(verdict.correct()).isRight()).isTrue();
  }

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  /** A formula from a book is right, but for a multiple of it. */
  @ParameterizedTest
  @MethodSource("cases")
  void whatBooksSayIsRight(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    Derivative derivative =
        expression.derivative(
            c.by(), Layout.DENOMINATOR, Structure.of(c.structure()).orElseThrow());
    Verdict verdict = derivative.judge(c.expected(), c.at());
    assertThat(verdict.isRight()).as(verdict.toString()).isTrue();
    boolean ofTheData = verdict.kind() == Verdict.Kind.RIGHT_FOR_DATA;
    if (ofTheData) {
      assertThat(verdict.message())
          .isEqualTo("right for these data; in general right only if each row of Y is simplex");
      assertThat(derivative.judge(c.expected()).isRight()).isFalse();
    }
    Derivative wrong =
        expression.plus(expression).derivative(c.by(), Layout.DENOMINATOR, derivative.structure());
    Verdict half = wrong.judge(c.expected());
    if (ofTheData) return;
    boolean zero = Arrays.stream(derivative.value(c.at()).data()).allMatch(x -> x == 0);
    if (!zero) assertThat(half.isRight()).as(half.toString()).isFalse();
  }

  @Test
  void theWitnessIsSmall() {
    Verdict verdict = Expression.parse("x'*A*x").gradient("x").judge("A*x");
    Agreement.Difference d = verdict.counterexample().orElseThrow();
    assertThat(d.at().variables()).hasToString("{x=[1.0], A=[[1.0]]}");
    assertThat(d.index()).containsExactly(1);
    assertThat(d.expected()).isEqualTo(2);
    assertThat(d.found()).isEqualTo(1);
    assertThat(verdict.correct()).isEqualTo("(A + A')*x");
    assertThat(verdict.difference()).isEqualTo("A'*x");
  }

  @Test
  void aClaimIsOverTheVariablesOfTheFunction() {
    Derivative derivative = Expression.parse("x'*A*x").gradient("x");
    assertThatThrownBy(() -> derivative.judge("A*y"))
        .isInstanceOfSatisfying(
            NablaException.class, e -> assertThat(e.diagnostic().code()).isEqualTo(Code.NAME));
    assertThatThrownBy(() -> derivative.judge("2*I*x"))
        .isInstanceOfSatisfying(
            NablaException.class,
            e ->
                assertThat(e.diagnostic().hint())
                    .isEqualTo("write eye(n) for the identity matrix"));
    assertThatThrownBy(() -> derivative.judge("A*(x")).isInstanceOf(NablaException.class);
  }

  @Test
  void whatIsRightForDataIsNotSoForOthers() {
    Derivative derivative = Expression.parse("x'*A*x").gradient("x");
    NumericArray symmetric = NumericArray.matrix(new double[] {1, 2}, new double[] {2, 3});
    NumericArray other = NumericArray.matrix(new double[] {1, 2}, new double[] {0, 3});
    NumericArray x = NumericArray.vector(1, 2);
    Verdict right = derivative.judge("2*A*x", Map.of("A", symmetric, "x", x));
    assertThat(right.kind()).isEqualTo(Verdict.Kind.RIGHT_FOR_DATA);
    Verdict wrong = derivative.judge("2*A*x", Map.of("A", other, "x", x));
    assertThat(wrong.kind()).isEqualTo(Verdict.Kind.RIGHT_ONLY_IF);
    Verdict zero = derivative.judge("A*x", Map.of("A", other, "x", NumericArray.vector(0, 0)));
    assertThat(zero.isRight()).isFalse();
  }

  /** What differs only at some sizes, for some signs, or by little at a few points. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sqrt(relu(x))          | sqrt(relu(x)) + relu(-x) | x: scalar
          sqrt(A.^2)             | A            | A: matrix[n,n] lower
          sign(det(E))           | 1            | E: matrix[n,n] diagonal idempotent
          abs(det(A))            | det(A)       | A: matrix[n,n] invertible
          nuc(A)                 | tr(A)        | A: matrix[n,n] symmetric invertible
          sqrtm(A*A)             | A            | A: matrix[n,n] invertible
          abs(T[1,1])            | T[1,1]       | T: matrix[n,n] toeplitz invertible
          det(adj(K))            | det(K)       | K: matrix[n,n] skew
          det(2*K)               | 2*det(K)     | K: matrix[n,n] skew
          x + 5e-7*relu(x - 1)   | x            | x: scalar
          sqrt(max(A)^2)         | max(A)       | A: matrix[n,n]
          lmax(lmax(S)*S)        | lmax(S)^2    | S: matrix[n,n] symmetric
          """)
  void whatDiffersIsNotEqual(String first, String second, String declarations) {
    Verdict verdict =
        Expression.parse(first, declarations).judge(Expression.parse(second, declarations));
    assertThat(verdict.isRight() && verdict.message().matches("equal( where.*)?"))
        .as(verdict.toString())
        .isFalse();
  }

  /** Properties that few arrays have together: nothing is said by points that have not all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Q'      | -Q       | Q: matrix[n,n] skew orthogonal
          Q.*Q    | Q        | Q: matrix[n,n] orthogonal nonnegative
          Q.*Q    | abs(Q)   | Q: matrix[n,n] orthogonal integer
          p.*p    | p        | p: vector[n] unit simplex
          K*K     | 2*K      | K: matrix[n,n] skew lower
          """)
  void pointsThatContradictADeclarationTellNothing(
      String first, String second, String declarations) {
    Verdict verdict =
        Expression.parse(first, declarations).judge(Expression.parse(second, declarations));
    assertThat(verdict.kind()).as(verdict.toString()).isEqualTo(Verdict.Kind.UNDECIDED);
  }

  /** A property is said to be needed only if no other one and no point is known without it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A'             | A             | only if A is symmetric
          tr(A*B)        | tr(A*B')      | only if A or B is symmetric
          relu(a*b)      | relu(a)*relu(b) | only if a or b is positive
          A*A'           | A'*A          | if A is symmetric, but not in general
          det(A)         | abs(det(A))   | if A is skew, but not in general
          det(A)         | prod(diag(A)) | if A is lower, but not in general
          """)
  void whatIsEnoughIsNotCalledNeeded(String first, String second, String condition) {
    String scalars = first.contains("a*b") ? "a, b: scalar" : "A: matrix[n,n]";
    Verdict verdict = Expression.parse(first, scalars).judge(Expression.parse(second, scalars));
    assertThat(verdict.message()).isEqualTo("equal " + condition);
  }

  @Test
  void expressionsAreCompared() {
    Expression f = Expression.parse("tr(A*B)");
    assertThat(f.judge(Expression.parse("sum(A.*B')")).message()).isEqualTo("equal");
    assertThat(f.judge(Expression.parse("2*tr(B*A)")).message())
        .isEqualTo("the first is 1/2 times the second");
    assertThat(f.judge(Expression.parse("tr(A)")).message()).isEqualTo("the factor B is missing");
    assertThatThrownBy(() -> f.judge(Expression.parse("A*B"))).isInstanceOf(NablaException.class);
  }
}
