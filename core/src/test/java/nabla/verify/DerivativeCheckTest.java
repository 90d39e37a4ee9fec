package nabla.verify;

import static nabla.verify.Samples.M;
import static nabla.verify.Samples.N;
import static nabla.verify.Samples.matrix;
import static nabla.verify.Samples.numbers;
import static nabla.verify.Samples.rows;
import static nabla.verify.Samples.scalar;
import static nabla.verify.Samples.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.diagnostic.NablaException;
import nabla.operation.Activation;
import nabla.operation.Exponential;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.Trigonometric;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import nabla.verify.CheckReport.Counterexample;
import nabla.verify.CheckReport.Status;
import org.junit.jupiter.api.Test;

class DerivativeCheckTest {
  private static final Variable A = matrix("A", N, N);
  private static final Variable B = matrix("B", M, N);
  private static final Variable X = vector("x", N);
  private static final Variable C = scalar("c");
  private static final Tensor FORM = Tensors.multiply(X, Tensors.multiply(A, X));
  private static final Tensor GRADIENT =
      Tensors.add(Tensors.multiply(A, X), Tensors.multiply(Tensors.transpose(A), X));
  private static final Tensor HESSIAN = Tensors.add(A, Tensors.transpose(A));

  private static CheckReport check(Variable by, Tensor... chain) {
    List<Variable> variables = List.of(by, by, by).subList(0, chain.length - 1);
    return DerivativeCheck.atRandomPoints(List.of(chain), variables, 1);
  }

  private static void assertFails(Variable by, Tensor... chain) {
    CheckReport report = check(by, chain);
    assertThat(report.status()).as(report.toString()).isEqualTo(Status.FAILED);
    assertThat(report.reason()).isNotEmpty();
  }

  private static void assertPasses(Variable by, Tensor... chain) {
    CheckReport report = check(by, chain);
    assertThat(report.status()).as(report.toString()).isEqualTo(Status.PASSED);
    assertThat(report.points()).isEqualTo(3);
    assertThat(report.worstRelativeError()).isLessThan(DerivativeComparison.TOLERANCE);
  }

  @Test
  void rightDerivativesPass() {
    CheckReport report = check(X, FORM, GRADIENT, HESSIAN);
    assertThat(report.status()).isEqualTo(Status.PASSED);
    assertThat(report.sizes()).isEqualTo(Map.of("n", List.of(3, 5, 2)));
    assertThat(report.worstRelativeError()).isLessThan(1e-10);
    assertThat(report.seed()).isEqualTo(1);
    assertThat(report.counterexample()).isNull();
  }

  /** The differences are noise here; a right derivative must not be called wrong for that. */
  @Test
  void whatTurnsWithinTheStepsIsNotJudged() {
    Rational fast = Rational.of(100_000_000);
    Tensor phase = Tensors.scale(fast, Tensors.multiply(X, X));
    Tensor slope = Tensors.scale(fast.times(Rational.TWO), Trigonometric.COS.at(phase));
    Product gradient = new Product().factor(slope);
    int i = gradient.label(N);
    CheckReport report = check(X, Trigonometric.SIN.at(phase), gradient.factor(X, i).to(i));
    assertThat(report.status()).as(report.toString()).isEqualTo(Status.NOT_CHECKED);
  }

  @Test
  void wrongDerivativesFail() {
    assertFails(X, FORM, Tensors.scale(Rational.of(1001, 1000), GRADIENT));
    assertFails(X, FORM, Tensors.negate(GRADIENT));
    assertFails(X, FORM, Tensors.multiply(A, X));
    assertFails(X, FORM, Tensors.scale(Rational.TWO, Tensors.multiply(A, X)));
    assertFails(X, FORM, Sum.zero(X.shape()));
    assertFails(X, FORM, GRADIENT, Tensors.scale(Rational.TWO, A));
    assertFails(X, FORM, GRADIENT, Tensors.negate(HESSIAN));
    assertFails(X, FORM, GRADIENT, HESSIAN, Tensors.ones(List.of(N, N, N)));
  }

  @Test
  void oneWrongEntryIsFoundAndNamed() {
    Tensor off = Tensors.add(GRADIENT, Tensors.scale(Rational.of(1, 100), new Unit(N, 2)));
    Counterexample wrong = Objects.requireNonNull(check(X, FORM, off).counterexample());
    assertThat(wrong.index()).containsExactly(2);
    assertThat(wrong.order()).isEqualTo(1);
    assertThat(wrong.found() - wrong.expected()).isBetween(0.00999, 0.01001);
    assertThat(wrong.point().sizes()).containsEntry("n", 3);
  }

  /** y = B x: the derivative by x has the axes of x first. */
  @Test
  void axesOfTheVariableComeFirst() {
    Tensor y = Tensors.multiply(B, X);
    assertPasses(X, y, Tensors.transpose(B));
    CheckReport transposed = check(X, y, B);
    assertThat(transposed.status()).isEqualTo(Status.FAILED);
    assertThat(transposed.reason())
        .isEqualTo("derivative number 1 has shape [m, n], expected [n, m]");
    assertFails(X, Tensors.multiply(A, X), A);
  }

  @Test
  void derivativesByTwoVariables() {
    Tensor right = Tensors.add(outer(1, 2), outer(2, 1));
    List<Tensor> chain = List.of(FORM, GRADIENT, right);
    assertThat(DerivativeCheck.atRandomPoints(chain, List.of(X, A), 3).passed()).isTrue();
    List<Tensor> half = List.of(FORM, GRADIENT, outer(1, 2));
    assertThat(DerivativeCheck.atRandomPoints(half, List.of(X, A), 3).passed()).isFalse();
  }

  /** δ_i· x_· with axes [i, p, q]: ∂²(x'Ax)/∂x_i∂A_pq = δ_ip x_q + δ_iq x_p. */
  private static Tensor outer(int equal, int other) {
    Product product = new Product();
    List<Integer> labels = product.labels(List.of(N, N, N));
    product.unify(labels.getFirst(), labels.get(equal)).factor(X, labels.get(other));
    return product.to(labels);
  }

  @Test
  void aVariableThatDoesNotOccurHasDerivativeZero() {
    assertPasses(C, FORM, Sum.zero(List.of()));
    assertFails(C, FORM, Tensors.number(1));
  }

  @Test
  void restrictedDomainsAreFound() {
    Tensor log = Tensors.total(Exponential.LOG.at(X));
    assertPasses(X, log, Tensors.power(X, Rational.MINUS_ONE));
    Tensor inner = Tensors.subtract(Tensors.number(1), Tensors.multiply(X, X));
    Tensor barrier = Exponential.LOG.at(inner);
    Product slope = new Product().times(Rational.of(-2));
    int i = slope.label(N);
    slope.factor(X, i).factor(inner, Rational.MINUS_ONE, List.of());
    assertPasses(X, barrier, slope.to(i));
    Tensor logdet = LogDeterminant.at(A);
    assertPasses(A, logdet, Tensors.transpose(Inverse.at(A)));
    Tensor shifted = Tensors.subtract(X, Tensors.scale(Rational.TWO, Tensors.ones(X.shape())));
    assertPasses(
        X, Tensors.total(Exponential.LOG.at(shifted)), Tensors.power(shifted, Rational.MINUS_ONE));
    assertPasses(
        X,
        Tensors.total(Exponential.LOG.at(Tensors.negate(X))),
        Tensors.power(X, Rational.MINUS_ONE));
  }

  @Test
  void emptyDomainsAreNotChecked() {
    Tensor negative = Tensors.subtract(Tensors.negate(Tensors.multiply(X, X)), Tensors.number(1));
    CheckReport report = check(X, Exponential.LOG.at(negative), X);
    assertThat(report.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(report.passed()).isFalse();
    assertThat(report.points()).isZero();
    assertThat(report.reason()).contains("attempts").endsWith("the function is not defined");
  }

  @Test
  void aDerivativeThatIsNeverFiniteIsNotChecked() {
    Tensor never = Tensors.hadamard(GRADIENT, Exponential.LOG.at(Tensors.number(-1)));
    CheckReport report = check(X, FORM, never);
    assertThat(report.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(report.reason()).endsWith("the derivative is not finite");
  }

  @Test
  void kinksAreAvoided() {
    Tensor norm = Tensors.total(Activation.ABS.at(X));
    assertPasses(X, norm, Activation.SIGN.at(X));
    assertFails(X, norm, Tensors.ones(X.shape()));
    Tensor y = Tensors.multiply(B, X);
    Product product = new Product();
    int i = product.label(M);
    int j = product.label(N);
    Tensor slope = product.factor(Activation.STEP.at(y), i).factor(B, i, j).to(j);
    assertPasses(X, Tensors.total(Activation.RELU.at(y)), slope);
  }

  @Test
  void whatIsAlwaysAKinkIsNotChecked() {
    Tensor zero = Tensors.subtract(Tensors.hadamard(X, X), Tensors.power(X, Rational.TWO));
    Tensor always = Activation.ABS.at(Tensors.hadamard(X, Tensors.number(0)));
    assertThat(Tensors.isZero(zero)).isTrue();
    assertPasses(X, Tensors.total(always), Sum.zero(X.shape()));
    Tensor tiny = Tensors.scale(Rational.of(1, 1_000_000), X);
    CheckReport report =
        check(
            X,
            Tensors.total(Activation.ABS.at(tiny)),
            Tensors.scale(Rational.of(1, 1_000_000), Activation.SIGN.at(tiny)));
    assertThat(report.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(report.reason()).contains("kink");
  }

  @Test
  void fixedSizesStay() {
    Variable three = vector("x", Size.of(3));
    CheckReport report =
        check(three, Tensors.multiply(three, three), Tensors.scale(Rational.TWO, three));
    assertThat(report.passed()).isTrue();
    assertThat(report.points()).isEqualTo(3);
    assertThat(report.sizes()).isEmpty();
    Variable one = vector("x", Size.of(1));
    assertPasses(one, Tensors.multiply(one, one), Tensors.scale(Rational.TWO, one));
    assertFails(one, Tensors.multiply(one, one), one);
  }

  /** 12^4 entries: compared along random directions. */
  @Test
  void largeDerivativesAreComparedAlongDirections() {
    Variable big = matrix("X", Size.of(12), Size.of(12));
    Tensor square = Tensors.multiply(big, big);
    assertPasses(big, square, squareSlope(Rational.ONE));
    CheckReport report = check(big, square, squareSlope(Rational.of(1001, 1000)));
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(Objects.requireNonNull(report.counterexample()).index()).hasSize(2);
  }

  /** ∂(XX)_ij/∂X_pq = δ_ip X_qj + f X_ip δ_jq. */
  private static Tensor squareSlope(Rational factor) {
    Variable big = matrix("X", Size.of(12), Size.of(12));
    Tensor[] halves = new Tensor[2];
    for (int half = 0; half < 2; half++) {
      Product product = new Product().times(half == 0 ? Rational.ONE : factor);
      List<Integer> l = product.labels(List.of(Size.of(12), Size.of(12), Size.of(12), Size.of(12)));
      int p = l.get(0);
      int q = l.get(1);
      int i = l.get(2);
      int j = l.get(3);
      if (half == 0) product.unify(i, p).factor(big, q, j);
      else product.unify(j, q).factor(big, i, p);
      halves[half] = product.to(p, q, i, j);
    }
    return Tensors.add(halves);
  }

  @Test
  void tooLargeIsNotChecked() {
    Variable huge = vector("x", Size.of(100_000));
    Tensor outer = Tensors.broadcast(Tensors.multiply(huge, huge), List.of(Size.of(1000)));
    Tensor slope = Tensors.ones(List.of(Size.of(100_000), Size.of(1000)));
    CheckReport report = check(huge, outer, slope);
    assertThat(report.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(report.reason()).contains("entries");
  }

  @Test
  void structuredVariablesMoveEntryByEntry() {
    Variable s = matrix("S", N, N, Property.SYMMETRIC);
    Tensor squares = Tensors.total(Tensors.hadamard(s, s));
    assertPasses(s, squares, Tensors.scale(Rational.TWO, s));
    Variable pd = matrix("P", N, N, Property.PD);
    assertPasses(pd, LogDeterminant.at(pd), Inverse.at(pd));
  }

  @Test
  void sameSeedSameReport() {
    assertThat(check(X, FORM, GRADIENT)).isEqualTo(check(X, FORM, GRADIENT));
  }

  @Test
  void aGivenPoint() {
    Binding at =
        new Binding(Map.of("n", 2), Map.of("A", rows(2, 2, 1, 2, 3, 4), "x", numbers(1, 1)));
    CheckReport right =
        DerivativeCheck.atPoint(
            List.of(FORM, GRADIENT, HESSIAN), List.of(X, X), Directions.ENTRIES, null, at);
    assertThat(right.passed()).isTrue();
    assertThat(right.points()).isEqualTo(1);
    assertThat(right.sizes()).isEqualTo(Map.of("n", List.of(2)));
    CheckReport wrong =
        DerivativeCheck.atPoint(
            List.of(FORM, Tensors.multiply(A, X)), List.of(X), Directions.ENTRIES, null, at);
    assertThat(wrong.status()).isEqualTo(Status.FAILED);
    assertThat(wrong.reason()).contains("entry");
  }

  @Test
  void aGivenPointThatCannotBeJudged() {
    Binding zero = new Binding(Map.of("n", 2), Map.of("x", numbers(0, 1)));
    CheckReport kink =
        DerivativeCheck.atPoint(
            List.of(Tensors.total(Activation.ABS.at(X)), Activation.SIGN.at(X)),
            List.of(X),
            Directions.ENTRIES,
            null,
            zero);
    assertThat(kink.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(kink.reason())
        .isEqualTo("at this point the function has a kink, there or very near");
    Tensor norm = Tensors.power(Tensors.multiply(X, X), Rational.HALF);
    Binding origin = new Binding(Map.of("n", 2), Map.of("x", numbers(0, 0)));
    CheckReport root =
        DerivativeCheck.atPoint(List.of(norm, X), List.of(X), Directions.ENTRIES, null, origin);
    assertThat(root.status()).isEqualTo(Status.NOT_CHECKED);
    CheckReport log =
        DerivativeCheck.atPoint(
            List.of(Exponential.LOG.at(C), Tensors.power(C, Rational.MINUS_ONE)),
            List.of(C),
            Directions.ENTRIES,
            null,
            new Binding(Map.of(), Map.of("c", NumericArray.scalar(-1))));
    assertThat(log.reason()).isEqualTo("at this point the function is not defined");
  }

  @Test
  void aPointWithoutAValueIsAMistakeOfTheCaller() {
    Binding at = new Binding(Map.of("n", 2), Map.of("x", numbers(1, 1)));
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(
            () ->
                DerivativeCheck.atPoint(
                    List.of(FORM, GRADIENT), List.of(X), Directions.ENTRIES, null, at))
        .withMessage("there is no value for A");
  }
}
