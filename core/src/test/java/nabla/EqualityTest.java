package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expressions that are equal, though numbers say so badly, and expressions that differ where one
 * does not look at once.
 */
class EqualityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tr(A*B)                  | sum(A.*B')               |
          1 - tanh(x)^2            | 4/(exp(x) + exp(-x))^2   | x: scalar
          log(exp(x))              | x                        | x: scalar
          sqrt(exp(-x))            | exp(-x/2)                | x: scalar
          exp(-x)^0.01             | exp(-x/100)              | x: scalar
          exp(x)/(1 + exp(x))      | sigmoid(x)               | x: scalar
          log(sum(exp(x)))         | lse(x)                   | x: vector[n]
          log(1 + exp(x))          | softplus(x)              | x: scalar
          sin(x)^2 + cos(x)^2      | 1                        | x: scalar
          atan(x) + atan(1/x)      | pi/2                     | x: scalar positive
          relu(x)                  | x                        | x: scalar positive
          relu(x'*x + 1)           | x'*x + 1                 | x: vector[n]
          relu(x) - relu(-x)       | x                        | x: scalar
          relu(x - 5) + 5          | (x + 5 + abs(x - 5))/2   | x: scalar
          max(x)                   | norminf(x)               | x: vector[n] positive
          sqrt(x^2)                | abs(x)                   | x: scalar
          exp(x + 1000)            | exp(1000 + x)            | x: scalar
          log(-x)                  | -log(1./(-x))            | x: vector[n]
          (x + 1000000)^2 - x^2    | 2000000*x + 1000000000000 | x: scalar
          inv(A)*inv(B)            | inv(B*A)                 | A, B: matrix[n,n]
          P*P*x                    | P*x                      | P: matrix[n,n] idempotent
          """)
  void areEqual(String first, String second, @Nullable String declarations) {
    assertThat(judge(first, second, declarations).kind()).isEqualTo(Verdict.Kind.RIGHT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          relu(x - 5)                      | 0             | x: scalar
          relu(x - 500000)                 | 0             | x: scalar
          relu(-x - 0.001)                 | 0             | x: scalar
          sum(relu(x - 5).*relu(6 - x))    | 0             | x: vector[n]
          relu(log(x) - 50)                | 0             | x: scalar positive
          relu(a'*x - 20)                  | 0             | a, x: vector[n]
          relu(tr(A) - 100)                | 0             | A: matrix[n,n] symmetric
          step(x - 0.5)                    | step(x - 0.51) | x: scalar
          abs(x - 7)                       | 7 - x         | x: scalar
          max(x) + relu(x[1] - 50)         | max(x)        | x: vector[n]
          exp(x)*x^20                      | 0             | x: scalar
          sqrt(x^2)                        | x             | x: scalar
          (x + 1)^2                        | x^2 + 2*x     | x: scalar
          x*(1 + 0.00001)                  | x             | x: scalar
          atan(x) + atan(1/x)              | pi/2          | x: scalar
          inv(A)*inv(B)                    | inv(A*B)      | A, B: matrix[n,n]
          P'*P*x                           | P*x           | P: matrix[n,n] idempotent
          det(P)                           | 0             | P: matrix[n,n] idempotent
          pinv(S)*S                        | eye(n)        | S: matrix[n,n] psd
          pinv(S)*S                        | eye(n)        | S: matrix[n,n] diagonal psd
          inv(A)*inv(B)                    | inv(A*B)      | A, B: matrix[n,n] skew
          inv(A)                           | -A/det(A)     | A: matrix[n,n] skew
          A*B                              | -B*A          | A, B: matrix[n,n]
          logm(expm(A))                    | A             | A: matrix[n,n]
          atan(tan(x))                     | x             | x: scalar
          lmax(Q)                          | smax(Q)       | Q: matrix[n,n] symmetric orthogonal
          det(Q)                           | -1            | Q: matrix[n,n] symmetric orthogonal
          P                                | diag(diag(P)) | P: matrix[n,n] lower idempotent
          P                                | diag(diag(P)) | P: matrix[n,n] upper idempotent
          P                                | P'            | P: matrix[n,n] toeplitz idempotent
          P                                | P'            | P: matrix[n,n] lower idempotent integer
          A*B                              | B*A           | A, B: matrix[n,n] symmetric toeplitz idempotent
          (tr(P) - n)*tr(P)                | 0             | P: matrix[n,n] toeplitz idempotent
          """)
  void areNot(String first, String second, String declarations) {
    Verdict verdict = judge(first, second, declarations);
    assertThat(verdict.isRight()).as(verdict.toString()).isFalse();
    assertThat(verdict.counterexample()).isPresent();
  }

  /** One of two that are equal has values where the other has none. */
  @ParameterizedTest
  @CsvSource({
    "exp(log(x)), x, equal where the first is defined",
    "x, exp(log(x)), equal where the second is defined",
    "sqrt(x)^2, x, equal where the first is defined",
    "x^3, x^2*sqrt(x)^2, equal where the second is defined",
    "(sqrt(x) + 1)^2 - 2*sqrt(x) - 1, x, equal where the first is defined",
    "sqrt(x + 1)^2, x + 1, equal where the first is defined",
    "exp(x)/exp(x), 1, equal",
    "(exp(x) - 1)/(exp(x) + 1), tanh(x/2), equal",
    "sqrt(x)^2 + x, x + sqrt(x)^2, equal"
  })
  void areWhereBothAreDefined(String first, String second, String message) {
    Verdict verdict = judge(first, second, "x: scalar");
    assertThat(verdict.message()).isEqualTo(message);
    assertThat(verdict.isRight()).isTrue();
  }

  /** At no point that is drawn at random, but at 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sign(a)^2        | 1            | a: scalar            | a = 0
          step(a)          | (sign(a)+1)/2 | a: scalar           | a = 0
          A*pinv(A)        | eye(n)       | A: matrix[n,n]       | A = 0
          sign(a)^2*b      | b            | a, b: scalar         | a = 0
          sign(x'*x + y'*y)| 1            | x, y: vector[n]      | x = 0 and y = 0
          pinv(S)*S        | eye(n)       | S: matrix[n,n] symmetric | S = 0
          """)
  void areAlmostEverywhere(String first, String second, String declarations, String where) {
    Verdict verdict = judge(first, second, declarations);
    assertThat(verdict.message()).isEqualTo("equal but for some points, such as " + where);
    assertThat(verdict.isRight()).isTrue();
    assertThat(verdict.counterexample()).isPresent();
  }

  /** Where one has no value it does not differ. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/a              | sign(a)^2
          sign(1/a)        | sign(a)
          step(1/a)        | step(a)
          b*a/a            | b*sign(a)^2
          """)
  void areAsFarAsTheyHaveValues(String first, String second) {
    assertThat(judge(first, second, "a, b: scalar").message()).isEqualTo("equal");
  }

  @Test
  void bothDomainsAreNamed() {
    assertThat(judge("sqrt(a)^2 + b", "a + sqrt(b)^2", "a, b: scalar").message())
        .isEqualTo("equal where both are defined");
    assertThat(judge("sign(a)^2*sqrt(b)^2", "b", "a, b: scalar").message())
        .isEqualTo("equal where the first is defined but for some points, such as a = 0");
  }

  /** What is 0 but for rounding is no tiny multiple of anything. */
  @Test
  void roundingErrorsAreNoMultiples() {
    assertThat(judge("logdet(A*A)", "tr(A)", "A: matrix[n,n] orthogonal").message())
        .doesNotContain("times");
  }

  /** Two signs that make them equal need not be the only ones. */
  @Test
  void signsAreOneWay() {
    assertThat(judge("abs(x) + abs(y)", "abs(x + y)", "x, y: scalar").message())
        .isEqualTo("equal if x is positive and y is positive, but not in general");
  }

  /** So little may be lost by rounding, or may be meant. */
  @ParameterizedTest
  @CsvSource({"x + x/10000000000, x", "exp(x + 1000), exp(1000)*exp(x)"})
  void areNotDecided(String first, String second) {
    assertThat(judge(first, second, "x: scalar").kind()).isEqualTo(Verdict.Kind.UNDECIDED);
  }

  private static Verdict judge(String first, String second, @Nullable String declarations) {
    String declared = declarations == null ? "" : declarations;
    return Expression.parse(first, declared).judge(Expression.parse(second, declared));
  }
}
