package nabla.verify.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.verify.exact.Certificate.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivatives in every structure, of every order, by variables and entries, by every operator. */
class DerivativeCertificateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "",
      value = {
        "x'*A*x | x | x: vector[n] | ambient",
        "norm2(A*x - b)/norm2(x) | x,x | b: vector[m] | ambient",
        "exp(x'*A*y) | x,y | x: vector[n]; y: vector[m] | ambient",
        "sum(exp(x).*sin(x)) | x,x,x | x: vector[n] | ambient",
        "inv(X) | X,X | X: matrix[n,n] | ambient",
        "logdet(X) | X | X: matrix[n,n] pd | projected",
        "logdet(X) | X | X: matrix[n,n] pd | independent",
        "tr(A*X*X) | X,X | A: matrix[n,n]; X: matrix[n,n] symmetric | projected",
        "tr(A*X*X) | X | A: matrix[n,n]; X: matrix[n,n] skew | projected",
        "a'*inv(L)*b | L | L: matrix[n,n] lower; a: vector[n]; b: vector[n] | projected",
        "det(D) | D | D: matrix[n,n] diagonal | independent",
        "a'*T*b | T | T: matrix[n,n] toeplitz; a: vector[n]; b: vector[n] | projected",
        "a'*T*b | T | T: matrix[n,n] toeplitz; a: vector[n]; b: vector[n] | independent",
        "tr(A'*Q*B) | Q | Q: matrix[n,n] orthogonal; A: matrix[n,n]; B: matrix[n,n] | projected",
        "inv(Q)*x | Q | Q: matrix[n,n] orthogonal; x: vector[n] | ambient",
        "u'*A*u | u | u: vector[n] unit; A: matrix[n,n] | projected",
        "s'*A*s + s'*log(s) | s | s: vector[n] simplex; A: matrix[n,n] | projected",
        "tr(Q*X) | Q | Q: matrix[n,n] orthogonal; X: matrix[n,n] orthogonal | projected",
        "X'*A*X | X[1,2] | A: matrix[n,n]; X: matrix[n,n] | ambient",
        "x'*X*x | X[:,1],x[2] | X: matrix[n,n]; x: vector[n] | ambient",
        "f(x'*x)*x | x | x: vector[n]; f: scalar -> scalar | ambient",
        "f(A*x) | x,x | x: vector[n]; A: matrix[m,n]; f: vector[m] -> scalar | ambient",
        "sylv(A,B,C) | A | A: matrix[m,m]; B: matrix[n,n]; C: matrix[m,n] | ambient",
        "pinv(X)*b | X | X: matrix[m,n]; b: vector[m] | ambient",
        "x.^y | y | x: vector[n] positive; y: vector[n] | ambient",
        "sum(gammaln(x)) | x,x | x: vector[n] positive | ambient",
        "sum(erf(A*x)) | x | x: vector[n]; A: matrix[m,n] | ambient",
        "arccos(a)*arctan(a) | a,a | a: scalar | ambient",
        "c^0.3 | c,c | c: scalar positive | ambient",
        "rowlse(X*Y) | Y | X: matrix[m,n]; Y: matrix[n,k] | ambient",
        "cross(x,y) | x | x: vector[3]; y: vector[3] | ambient"
      })
  void theseAreCertified(String expression, String by, String declarations, String structure) {
    for (Layout layout : Layout.values()) {
      Certificate certificate =
          derivative(expression, by, declarations, structure, layout).certificate(1);
      assertThat(certificate.status()).as("%s", certificate).isEqualTo(Status.CERTIFIED);
      assertThat(certificate.errorProbability()).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(relu(x)) | x | x: vector[n] | NO_MODEL | relu has a kink",
        "norm1(x) | x | x: vector[n] | NO_MODEL | abs has a kink",
        "max(x) | x | x: vector[n] | NO_MODEL | max has a kink",
        "lmax(S) | S | S: matrix[n,n] symmetric | NO_MODEL | lmax has no exact model",
        "expm(X) | X | X: matrix[n,n] | NO_MODEL | expm has no exact model",
        "x'*Q*x | x | Q: matrix[n,n] orthogonal symmetric; x: vector[n] | NO_MODEL"
            + "| no rational point is known for what is declared of Q",
        "x'*P*P*x | x | P: matrix[n,n] idempotent; x: vector[n] | NO_MODEL"
            + "| no rational point is known for what is declared of P",
        "(c + 1)^0.12345678901234567891 | c | c: scalar positive | NO_MODEL"
            + "| a root of order 100000000000000000000",
        "exp(0.1234567891*a) | a | a: scalar | NO_MODEL"
            + "| a factor inside exp or a circular function is 1234567891/10000000000",
        "sqrt(a^2*exp(a)^2) | a | a: scalar | UNDECIDED | a root may be one of a square",
        "inv(K)*x | K | K: matrix[3,3] skew; x: vector[3] | UNDECIDED | no point could be used",
        "sum(sqrt(1 + x.^2)) | x | x: vector[12] | UNDECIDED"
            + "| the bound on the error probability is too weak"
      })
  void theseAreNot(
      String expression, String by, String declarations, Status status, String reason) {
    Certificate certificate =
        derivative(expression, by, declarations, "ambient", Layout.DENOMINATOR).certificate(1);
    assertThat(certificate.status()).isEqualTo(status);
    assertThat(certificate.reason()).isEqualTo(reason);
    assertThat(certificate.errorProbability()).isEqualTo(1);
    assertThat(certificate.points()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"LAPLACIAN, log(norm2(x))", "DIVERGENCE, x/norm2(x)^3", "LAPLACIAN, tr(X'*A*X)"})
  void sumsOverEntriesAreCertified(DifferentialOperator operator, String expression) {
    String by = expression.contains("X") ? "X" : "x";
    Derivative derivative =
        Expression.parse(expression)
            .each(operator, List.of(List.of(by)), Layout.DENOMINATOR, Structure.AMBIENT)
            .getFirst();
    assertThat(derivative.certificate(1).isCertified()).isTrue();
  }

  /** No skew matrix of odd size has an inverse. */
  @Test
  void sizesWithoutAPointAreLeftOut() {
    Certificate certificate =
        derivative("inv(K)*x", "K", "K: matrix[n,n] skew; x: vector[n]", "ambient", Layout.MIXED)
            .certificate(1);
    assertThat(certificate.sizes()).containsExactly(Map.of("n", 2), Map.of("n", 4));
  }

  @Test
  void theSeedIsAllThatIsRandom() {
    Derivative d = Expression.parse("sum(exp(A*x))").gradient("x");
    assertThat(d.certificate(3)).isEqualTo(d.certificate(3));
    assertThat(d.certificate(3).primes()).isNotEqualTo(d.certificate(4).primes());
  }

  private static Derivative derivative(
      String expression, String by, String declarations, String structure, Layout layout) {
    return Expression.parse(expression, declarations)
        .derivative(
            List.of(by.split(",(?![^\\[]*\\])", -1)),
            layout,
            Structure.of(structure).orElseThrow());
  }
}
