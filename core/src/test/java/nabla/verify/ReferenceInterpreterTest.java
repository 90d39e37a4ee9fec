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
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Activation;
import nabla.operation.Determinant;
import nabla.operation.Exponential;
import nabla.tensor.Constant;
import nabla.tensor.Extent;
import nabla.tensor.Fuse;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import org.junit.jupiter.api.Test;

class ReferenceInterpreterTest {
  private static final Variable A = matrix("A", M, N);
  private static final Variable X = matrix("X", N, N);
  private static final Variable U = vector("u", N);
  private static final Variable V = vector("v", M);
  private static final Variable S = scalar("s");
  private static final Binding AT =
      new Binding(
          Map.of("m", 2, "n", 3),
          Map.of(
              "A", rows(2, 3, 1, 2, 3, 4, 5, 6),
              "X", rows(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 10),
              "u", numbers(2, 3, 5),
              "v", numbers(7, 11),
              "s", NumericArray.scalar(-2)));

  private static void assertValue(Tensor tensor, double... expected) {
    NumericArray value = ReferenceInterpreter.evaluate(tensor, AT);
    int[] shape = value.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      assertThat(shape[axis]).isEqualTo(tensor.shape().get(axis).value(AT.sizes()));
    }
    assertThat(value.data()).containsExactly(expected, within(1e-12));
  }

  @Test
  void leaves() {
    assertValue(S, -2);
    assertValue(U, 2, 3, 5);
    assertValue(Constant.PI, Math.PI);
    assertValue(Extent.of(M.times(N)), 6);
    assertValue(new Unit(N, 2), 0, 1, 0);
    assertValue(Tensors.number(Rational.of(1, 4)), 0.25);
    assertValue(Sum.zero(List.of(M, N)), 0, 0, 0, 0, 0, 0);
  }

  @Test
  void products() {
    assertValue(Tensors.multiply(A, U), 23, 53);
    assertValue(Tensors.multiply(V, A), 51, 69, 87);
    assertValue(Tensors.transpose(A), 1, 4, 2, 5, 3, 6);
    assertValue(Tensors.total(A), 21);
    assertValue(Tensors.hadamard(U, U, S), -8, -18, -50);
    assertValue(Tensors.multiply(Tensors.multiply(A, X), U), 393, 885);
  }

  @Test
  void traceAndDiagonalReadRepeatedLabels() {
    Product trace = new Product();
    int i = trace.label(N);
    assertValue(trace.factor(X, i, i).to(), 16);
    Product diagonal = new Product();
    int j = diagonal.label(N);
    assertValue(diagonal.factor(X, j, j).to(j), 1, 5, 10);
  }

  @Test
  void repeatedOutputLabelsAreUnitTensors() {
    assertValue(Tensors.identity(M), 1, 0, 0, 1);
    Product diagonal = new Product();
    int i = diagonal.label(N);
    assertValue(diagonal.factor(U, i).to(i, i), 2, 0, 0, 0, 3, 0, 0, 0, 5);
    Product cube = new Product();
    int k = cube.label(M);
    assertValue(cube.factor(V, k).to(k, k, k), 7, 0, 0, 0, 0, 0, 0, 11);
  }

  @Test
  void labelsThatNoFactorCarriesAreBroadcast() {
    assertValue(Tensors.ones(List.of(M, M)), 1, 1, 1, 1);
    assertValue(Tensors.broadcast(S, List.of(N)), -2, -2, -2);
    Product product = new Product().times(Rational.of(1, 2));
    int i = product.label(M);
    int j = product.label(N);
    assertValue(product.factor(V, i).to(j, i), 3.5, 5.5, 3.5, 5.5, 3.5, 5.5);
  }

  @Test
  void oneLabelOfTwoIsUnitAndTheOtherBroadcast() {
    Product product = new Product();
    int i = product.label(M);
    int j = product.label(M);
    assertValue(product.factor(V, i).to(i, j, i), 7, 0, 7, 0, 0, 11, 0, 11);
  }

  @Test
  void exponentsActEntryByEntry() {
    assertValue(Tensors.power(U, Rational.of(-2)), 1 / 4.0, 1 / 9.0, 1 / 25.0);
    assertValue(Tensors.power(U, Rational.HALF), Math.sqrt(2), Math.sqrt(3), Math.sqrt(5));
    assertValue(Tensors.power(S, Rational.of(3)), -8);
    assertValue(Tensors.power(S, Rational.of(1, 3)), Double.NaN);
    assertValue(Tensors.power(S, Rational.of(-1, 2)), Double.NaN);
    Product product = new Product();
    int i = product.label(M);
    int j = product.label(N);
    product.factor(A, Rational.TWO, List.of(i, j)).factor(U, Rational.MINUS_ONE, List.of(j));
    assertValue(product.to(i), 1 / 2.0 + 4 / 3.0 + 9 / 5.0, 16 / 2.0 + 25 / 3.0 + 36 / 5.0);
  }

  @Test
  void zeroToANegativePowerIsInfinite() {
    for (Rational exponent : List.of(Rational.MINUS_ONE, Rational.of(-2), Rational.of(-1, 2))) {
      for (double zero : new double[] {0.0, -0.0}) {
        Binding at = new Binding(Map.of(), Map.of("s", NumericArray.scalar(zero)));
        NumericArray value = ReferenceInterpreter.evaluate(Tensors.power(S, exponent), at);
        assertThat(value.scalarValue()).isEqualTo(Double.POSITIVE_INFINITY);
      }
    }
  }

  @Test
  void fuseStacksColumns() {
    Product vec = new Product();
    int i = vec.label(M);
    int j = vec.label(N);
    int k = vec.label(M.times(N));
    assertValue(vec.factor(A, i, j).factor(new Fuse(M, N), k, i, j).to(k), 1, 4, 2, 5, 3, 6);
    Tensor fuse = new Fuse(M, M);
    assertValue(fuse, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void fuseUnstacks() {
    Variable w = vector("w", M.times(N));
    Binding at = new Binding(AT.sizes(), Map.of("w", numbers(1, 4, 2, 5, 3, 6)));
    Product unvec = new Product();
    int i = unvec.label(M);
    int j = unvec.label(N);
    int k = unvec.label(M.times(N));
    Tensor matrix = unvec.factor(w, k).factor(new Fuse(M, N), k, i, j).to(i, j);
    assertThat(ReferenceInterpreter.evaluate(matrix, at).data()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  /** Two Fuse of different shapes on one position: the commutation matrix. */
  @Test
  void fusesThatShareAPosition() {
    Product product = new Product();
    int i = product.label(M);
    int j = product.label(N);
    int p = product.label(N);
    int q = product.label(M);
    int k = product.label(M.times(N));
    product.factor(A, i, j).factor(new Fuse(M, N), k, i, j).factor(new Fuse(N, M), k, p, q);
    assertValue(product.to(p, q), 1, 5, 4, 3, 2, 6);
  }

  @Test
  void aFuseAloneCountsPairs() {
    Product all = new Product();
    int k = all.label(M.times(N));
    int i = all.label(M);
    int j = all.label(N);
    assertValue(all.factor(new Fuse(M, N), k, i, j).to(), 6);
    Product rows = new Product();
    k = rows.label(M.times(N));
    i = rows.label(M);
    j = rows.label(N);
    assertValue(rows.factor(new Fuse(M, N), k, i, j).to(i), 3, 3);
    Product diagonal = new Product();
    k = diagonal.label(M.times(M));
    i = diagonal.label(M);
    assertValue(diagonal.factor(new Fuse(M, M), k, i, i).to(k), 1, 0, 0, 1);
  }

  /** With sizes of 1 a position can be one of its own indices. */
  @Test
  void aFuseOfItselfStaysAFactor() {
    Size one = Size.of(1);
    Product product = new Product();
    int k = product.label(one);
    int j = product.label(one);
    assertValue(product.factor(new Fuse(one, one), k, k, j).to(k, j), 1);
  }

  @Test
  void longFusesAreNeverStored() {
    Map<String, Integer> sizes = Map.of("m", 120, "n", 100);
    Variable w = vector("w", M.times(N));
    Product product = new Product();
    int i = product.label(M);
    int j = product.label(N);
    int k = product.label(M.times(N));
    Tensor sums = product.factor(w, k).factor(new Fuse(M, N), k, i, j).to(j);
    NumericArray ones = NumericArray.zeros(12_000).map(x -> 1);
    Binding at = new Binding(sizes, Map.of("w", ones));
    assertThat(ReferenceInterpreter.evaluate(sums, at).data()).hasSize(100).containsOnly(120);
  }

  @Test
  void manyLabelsAreEliminatedOneByOne() {
    Product product = new Product();
    Size five = Size.of(5);
    Variable ring = matrix("R", five, five);
    List<Integer> labels = new ArrayList<>();
    for (int k = 0; k < 12; k++) labels.add(product.label(five));
    for (int k = 0; k < 12; k++) product.factor(ring, labels.get(k), labels.get((k + 1) % 12));
    NumericArray values = NumericArray.zeros(5, 5).map(x -> 0.2);
    Binding at = new Binding(Map.of(), Map.of("R", values));
    assertThat(ReferenceInterpreter.evaluate(product.to(), at).scalarValue())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void sumsAndFunctions() {
    Tensor combination =
        Sum.of(
            List.of(
                new Sum.Term(Rational.of(3), U),
                new Sum.Term(Rational.of(-1, 2), Tensors.ones(List.of(N)))),
            List.of(N));
    assertValue(combination, 5.5, 8.5, 14.5);
    assertValue(Exponential.EXP.at(S), Math.exp(-2));
    assertValue(Determinant.at(X), -3);
  }

  @Test
  void sizesOfOneAndZero() {
    Tensor form = Tensors.multiply(Tensors.multiply(U, X), U);
    Binding one = new Binding(Map.of("n", 1), Map.of("u", numbers(3), "X", rows(1, 1, 5)));
    assertThat(ReferenceInterpreter.evaluate(form, one).scalarValue()).isEqualTo(45);
    Binding none = new Binding(Map.of("n", 0), Map.of("u", numbers(), "X", rows(0, 0)));
    assertThat(ReferenceInterpreter.evaluate(form, none).scalarValue()).isZero();
    assertThat(ReferenceInterpreter.evaluate(Tensors.multiply(X, U), none).count()).isZero();
  }

  @Test
  void oneVariableIsReplaced() {
    Tensor form = Tensors.multiply(Tensors.multiply(A, X), U);
    Evaluation base = new ReferenceInterpreter(form, AT.sizes()).evaluate(AT.variables());
    Evaluation moved = base.with(U, numbers(0, 1, 0));
    assertThat(moved.value().data()).containsExactly(36, 81);
    assertThat(base.value().data()).containsExactly(393, 885);
    assertThat(base.with(V, numbers(0, 0)).value().data()).containsExactly(393, 885);
  }

  @Test
  void kinksAreSeenWhereverTheyAre() {
    Tensor relu = Tensors.total(Activation.RELU.at(Tensors.multiply(A, U)));
    assertThat(distance(relu)).isEqualTo(23);
    assertThat(distance(Tensors.power(Tensors.total(U), Rational.HALF))).isEqualTo(10);
    assertThat(distance(Tensors.power(Tensors.total(U), Rational.MINUS_ONE))).isInfinite();
    assertThat(distance(Tensors.power(Extent.of(N), Rational.HALF))).isInfinite();
    assertThat(distance(Exponential.EXP.at(U))).isInfinite();
  }

  private static double distance(Tensor tensor) {
    return new ReferenceInterpreter(tensor, AT.sizes()).evaluate(AT.variables()).distanceToKink();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> ReferenceInterpreter.evaluate(vector("w", N), AT))
        .withMessage("there is no value for w");
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> ReferenceInterpreter.evaluate(vector("u", M), AT))
        .withMessage("u has shape [3], expected [2]");
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> ReferenceInterpreter.evaluate(vector("u", Size.of("q")), AT))
        .withMessageContaining("size q is not bound");
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> ReferenceInterpreter.evaluate(new Unit(N, 4), AT))
        .withMessage("entry 4 of an axis of size 3");
  }

  @Test
  void hugeArraysAreRefused() {
    Tensor huge = Tensors.ones(List.of(Size.of(4000), Size.of(4000)));
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> ReferenceInterpreter.evaluate(huge, AT))
        .satisfies(e -> assertThat(e.diagnostic().code()).isEqualTo(Code.LIMIT));
  }
}
