package nabla.verify.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.tensor.Tensor;
import nabla.verify.exact.Certificate.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is equal by the laws that the arithmetic knows, what is not, and what it cannot say. */
class ExactComparisonTest {
  private static final String DECLARED =
      "A: matrix[n,n]; B: matrix[n,n]; X: matrix[m,n]; x: vector[n]; y: vector[n]; z: vector[m];"
          + "S: matrix[n,n] symmetric; P: matrix[n,n] pd; K: matrix[n,n] skew;"
          + "L: matrix[n,n] lower; T: matrix[n,n] toeplitz; Q: matrix[n,n] orthogonal;"
          + "u: vector[n] unit; s: vector[n] simplex; D: matrix[n,n] diagonal;"
          + "a: scalar; b: scalar; c: scalar positive";
  private static final Context CONTEXT = Elaboration.read("X*x", DECLARED, Map.of()).context();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "(A + B)*x | A*x + B*x",
        "(A*B)' | B'*A'",
        "inv(A*B) | inv(B)*inv(A)",
        "det(A*B) | det(A)*det(B)",
        "adj(A)*A | det(A)*eye(n)",
        "inv(A) - inv(B) | inv(A)*(B - A)*inv(B)",
        "tr(kron(A,B)) | tr(A)*tr(B)",
        "pinv(X)*X*pinv(X) | pinv(X)",
        "pinv(inv(A)) | A",
        "A*sylv(A,B,A) + sylv(A,B,A)*B | A",
        "prod(exp(x)) | exp(sum(x))",
        "0.1*x + 0.2*x | 0.3*x",
        "S | S'",
        "x'*K*x | 0",
        "T[1,1] | T[2,2]",
        "L[1,2] | 0",
        "D*A*D | diag(D)*diag(D)'.*A",
        "Q'*Q | eye(n)",
        "det(Q)^2 | 1",
        "inv(Q) | Q'",
        "sum(s) | 1",
        "u'*u | 1",
        "exp(a + b) | exp(a)*exp(b)",
        "exp(-a) | 1/exp(a)",
        "exp(a/2 + b)^2 | exp(a)*exp(2*b)",
        "exp((A + B)*x) | exp(A*x).*exp(B*x)",
        "exp(norm2(x + y)^2) | exp(norm2(x)^2 + 2*x'*y + norm2(y)^2)",
        "exp(1)^2 | exp(2)",
        "exp(log(c)) | c",
        "exp(2*log(c) + a) | c^2*exp(a)",
        "log(a*b) | log(a) + log(b)",
        "log(a^2/b) | 2*log(a) - log(b)",
        "log(12) | 2*log(2) + log(3)",
        "log(2*c + 2) | log(2) + log(c + 1)",
        "log(exp(a)*b) | a + log(b)",
        "log1p(c) | log(1 + c)",
        "logdet(A) | log(det(A))",
        "sin(a)^2 + cos(a)^2 | 1",
        "sin(a + b) | sin(a)*cos(b) + cos(a)*sin(b)",
        "cos(2*a) | 2*cos(a)^2 - 1",
        "sin(-a) | -sin(a)",
        "tan(a) | sin(a)/cos(a)",
        "arcsin(-a) | -arcsin(a)",
        "arccos(a) + arcsin(a) | 3.141592653589793/2",
        "cosh(a)^2 - sinh(a)^2 | 1",
        "tanh(a) | 1 - 2/(1 + exp(2*a))",
        "2*sigmoid(2*a) - 1 | tanh(a)",
        "sigmoid(a) + sigmoid(-a) | 1",
        "log(sigmoid(a)) | -softplus(-a)",
        "softmax(x) | exp(x)/sum(exp(x))",
        "log(softmax(x)) | x - lse(x)*ones(n)",
        "exp(lse(x)) | sum(exp(x))",
        "erf(a) + erfc(a) | 1",
        "sqrt(c)^2 | c",
        "sqrt(4*c + 4) | 2*sqrt(c + 1)",
        "c^1.5/sqrt(c) | c",
        "1/norm2(x) | norm2(x)/(x'*x)",
        "1/(sqrt(c) + 1) | (sqrt(c) - 1)/(c - 1)",
        "c^(1/3)*c^(2/3) | c",
        "sqrt(8) | 2*sqrt(2)",
        "sqrt(2)*sqrt(3) | sqrt(6)",
        "c^(a + 1) | c*c^a",
        "exp(a)^b | exp(a*b)"
      })
  void theseAreEqual(String left, String right) {
    Certificate certificate = compare(left, right);
    assertThat(certificate.status()).as("%s", certificate).isEqualTo(Status.CERTIFIED);
    assertThat(certificate.errorProbability()).isPositive().isLessThan(1e-9);
    assertThat(certificate.primes()).doesNotHaveDuplicates().hasSizeGreaterThan(1);
    assertThat(certificate.reason()).isEmpty();
  }

  /** That rational formulas differ is a proof. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A*B | B*A",
        "A | A'",
        "det(A + B) | det(A) + det(B)",
        "inv(A + B) | inv(A) + inv(B)",
        "S*A | A*S",
        "x'*A*x | x'*A'*x + 1",
        "det(Q) | 1",
        "det(Q) | -1",
        "2147483647*x | 0*x",
        "x/1000000007 | 0*x",
        "T*A | A*T",
        "P | eye(n)",
        "u | s"
      })
  void theseAreNot(String left, String right) {
    assertThat(compare(left, right).status()).isEqualTo(Status.REFUTED);
  }

  /** Some are wrong for numbers of one sign only; no law may make them equal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sqrt(a^2 + 2*a + 1) | a + 1",
        "exp(log(a^2)/2) | a",
        "sqrt(a*b) | sqrt(a)*sqrt(b) + 1",
        "exp(a*b) | exp(a)*exp(b)",
        "sin(a) | a",
        "log(a + b) | log(a) + log(b)",
        "tanh(a) | arctan(a)",
        "softmax(x) | exp(x)",
        "norm2(x + y) | norm2(x) + norm2(y)",
        "sin(3.141592653589793) | 0",
        "gammaln(c + 1) | gammaln(c) + log(c)",
        "c^(1/3) | c^(1/2)",
        "sqrt(5) | sqrt(2) + 1"
      })
  void theseAreNotCertified(String left, String right) {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(compare(left, right, seed).status()).isEqualTo(Status.UNDECIDED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abs(a)^2 | a^2 | abs has a kink",
        "max(x) | -min(-x) | max has a kink",
        "lmax(S) | lmax(S') | lmax has no exact model",
        "expm(A)*expm(-A) | eye(n) | expm has no exact model"
      })
  void theseHaveNoModel(String left, String right, String reason) {
    Certificate certificate = compare(left, right);
    assertThat(certificate.status()).isEqualTo(Status.NO_MODEL);
    assertThat(certificate.reason()).isEqualTo(reason);
    assertThat(certificate.isCertified()).isFalse();
  }

  @Test
  void aCertificateSaysWhatItIsOf() {
    Certificate certificate = compare("X*(x + y)", "X*x + X*y");
    assertThat(certificate.seed()).isEqualTo(1);
    assertThat(certificate.points()).isEqualTo(certificate.primes().size()).isEqualTo(4);
    assertThat(certificate.sizes()).containsExactly(Map.of("m", 3, "n", 2), Map.of("m", 2, "n", 3));
    assertThat(certificate.degree()).isBetween(2.0, 4.0);
    assertThat(compare("X*(x + y)", "X*x + X*y")).isEqualTo(certificate);
  }

  @Test
  void shapesMustBeEqual() {
    Tensor x = Elaboration.over("x", CONTEXT).tensor();
    Tensor a = Elaboration.over("a", CONTEXT).tensor();
    ExactComparison comparison = new ExactComparison(CONTEXT.variables(), 1);
    assertThatThrownBy(() -> comparison.compare(x, a)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Certificate compare(String left, String right) {
    return compare(left, right, 1);
  }

  private static Certificate compare(String left, String right, long seed) {
    Tensor a = Elaboration.over(left, CONTEXT).tensor();
    Tensor b = Elaboration.readAs(right, CONTEXT, a.shape());
    return new ExactComparison(CONTEXT.variables(), seed).compare(a, b);
  }
}
