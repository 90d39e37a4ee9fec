package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What building a product eliminates, adds up and splits off; entries in index notation. */
class ProductTest {
  private static final Size M = Size.of("m");
  private static final Size N = Size.of("n");
  private static final Variable A = matrix("A", M, N);
  private static final Variable B = matrix("B", N, N);
  private static final Variable S = matrix("S", N, N, Property.SYMMETRIC);
  private static final Variable X = new Variable("x", List.of(N), Set.of());
  private static final Variable Y = new Variable("y", List.of(N), Set.of());
  private static final Variable C = new Variable("c", List.of(), Set.of());
  private static final Rational HALF = Rational.HALF;

  private static Variable matrix(String name, Size m, Size n, Property... properties) {
    return new Variable(name, List.of(m, n), Set.of(properties));
  }

  private final Product p = new Product();
  private final int i = p.label(N);
  private final int j = p.label(N);
  private final int k = p.label(M);

  @Test
  void aSingleFactorIsItself() {
    assertThat(new Product().factor(C).to()).isEqualTo(C);
    assertThat(p.forget(k).factor(B, i, j).to(i, j)).isEqualTo(B);
    Product turned = new Product();
    int a = turned.label(N);
    int b = turned.label(N);
    assertThat(turned.factor(S, b, a).to(a, b)).isEqualTo(S);
    assertThat(Tensors.transpose(B)).isNotEqualTo(B);
    assertThat(Tensors.transpose(Tensors.transpose(B))).isEqualTo(B);
    assertThat(Tensors.transpose(S)).isEqualTo(S);
  }

  /** A label of its own, summed, counts its values; forgotten it does not. */
  @Test
  void unusedLabels() {
    assertThat(p.forget(j).factor(X, i).to(i).toString()).isEqualTo("[i]1 m[] x[i]");
    Product forgotten = new Product();
    int a = forgotten.label(N);
    assertThat(forgotten.forget(a).factor(C).to()).isEqualTo(C);
    Product number = new Product();
    number.label(Size.of(3));
    assertThat(number.to()).isEqualTo(Tensors.number(3));
    Product twice = new Product();
    twice.label(N);
    twice.label(N);
    assertThat(twice.to()).isEqualTo(Tensors.power(Extent.of(N), Rational.TWO));
    Product cancelled = new Product();
    cancelled.label(N);
    assertThat(cancelled.factor(Extent.of(N), Rational.MINUS_ONE, List.of()).to())
        .isEqualTo(Tensors.number(1));
  }

  @Test
  void unifiedLabelsAreOne() {
    Tensor trace = p.forget(k).unify(j, i).factor(B, i, j).to();
    assertThat(trace).isEqualTo(trace(B));
    Product chain = new Product();
    List<Integer> l = chain.labels(List.of(N, N, N));
    chain.unify(l.get(0), l.get(1)).unify(l.get(1), l.get(2)).factor(X, l.get(2));
    assertThat(chain.to(l.get(0))).isEqualTo(X);
  }

  private static Tensor trace(Tensor matrix) {
    Product product = new Product();
    int a = product.label(matrix.shape().getFirst());
    return product.factor(matrix, a, a).to();
  }

  /** The identity vanishes where one of its labels is summed and stays where both are kept. */
  @Test
  void deltasAreEliminated() {
    Tensor eye = Tensors.identity(N);
    assertThat(Tensors.multiply(eye, X)).isEqualTo(X);
    assertThat(Tensors.multiply(B, eye)).isEqualTo(B);
    assertThat(Tensors.multiply(eye, eye)).isEqualTo(eye);
    assertThat(trace(eye)).isEqualTo(Extent.of(N));
    assertThat(Tensors.total(eye)).isEqualTo(Extent.of(N));
    assertThat(Tensors.multiply(X, Tensors.multiply(eye, Y))).isEqualTo(Tensors.multiply(X, Y));
    Tensor diagonal = Tensors.hadamard(eye, B);
    assertThat(diagonal.toString()).isEqualTo("[i,i]1 B[i,i]");
    assertThat(Tensors.transpose(diagonal)).isEqualTo(diagonal);
    Product kept = new Product();
    List<Integer> l = kept.labels(List.of(N, N, N, N));
    kept.factor(eye, l.get(0), l.get(2)).factor(eye, l.get(1), l.get(3));
    assertThat(kept.to(l).toString()).isEqualTo("[i,j,i,j]1");
  }

  @Test
  void onesAreAbsorbed() {
    Tensor ones = Tensors.ones(List.of(N));
    assertThat(Tensors.hadamard(ones, X)).isEqualTo(X);
    assertThat(Tensors.multiply(ones, X)).isEqualTo(Tensors.total(X));
    assertThat(Tensors.multiply(ones, ones)).isEqualTo(Extent.of(N));
  }

  @Test
  void exponentsOfEqualFactorsAddUp() {
    Tensor square = Tensors.hadamard(X, X);
    assertThat(square).isEqualTo(Tensors.power(X, Rational.TWO));
    assertThat(Tensors.hadamard(square, Tensors.power(X, Rational.of(-2))))
        .isEqualTo(Tensors.ones(List.of(N)));
    assertThat(Tensors.hadamard(X, Tensors.power(X, HALF)))
        .isEqualTo(Tensors.power(X, Rational.of(3, 2)));
    assertThat(Tensors.power(X, Rational.ZERO)).isEqualTo(Tensors.ones(List.of(N)));
    assertThat(Tensors.hadamard(S, Tensors.transpose(S))).isEqualTo(Tensors.power(S, Rational.TWO));
    assertThat(Tensors.hadamard(B, Tensors.transpose(B)))
        .isNotEqualTo(Tensors.power(B, Rational.TWO));
    Tensor summed = Tensors.total(Tensors.hadamard(X, Tensors.power(X, Rational.MINUS_ONE)));
    assertThat(summed).isEqualTo(Extent.of(N));
  }

  /** Whole powers pass through products without sums; roots only where that is certainly right. */
  @Test
  void powersOfProducts() {
    Tensor product = Tensors.scale(Rational.of(4), Tensors.hadamard(X, Y));
    assertThat(Tensors.power(product, Rational.TWO).toString()).isEqualTo("[i]16 x^2[i] y^2[i]");
    assertThat(Tensors.power(product, MINUS).toString()).isEqualTo("[i]1/4 x^-1[i] y^-1[i]");
    assertThat(Tensors.power(product, HALF))
        .isEqualTo(Tensors.scale(Rational.TWO, Tensors.power(Tensors.hadamard(X, Y), HALF)));
    assertThat(Tensors.power(Tensors.power(X, Rational.of(3)), HALF))
        .isEqualTo(Tensors.power(X, Rational.of(3, 2)));
    assertThat(Tensors.power(Tensors.power(X, Rational.TWO), HALF)).isNotEqualTo(X);
    assertThat(Tensors.power(Tensors.scale(Rational.of(9), X), HALF))
        .isEqualTo(Tensors.scale(Rational.of(3), Tensors.power(X, HALF)));
    Tensor inner = Tensors.multiply(X, Y);
    assertThat(Tensors.power(inner, Rational.TWO).toString()).isEqualTo("[]1 []1 x[i] y[i]^2[]");
    assertThat(Tensors.power(Tensors.number(Rational.of(4)), HALF)).isEqualTo(Tensors.number(2));
    assertThat(Tensors.power(Tensors.number(2), HALF).toString()).isEqualTo("[]1 []2^1/2[]");
    assertThat(Tensors.power(Tensors.power(Tensors.number(2), HALF), Rational.TWO))
        .isEqualTo(Tensors.number(2));
    Tensor again = Tensors.hadamard(product, product);
    assertThat(again).isEqualTo(Tensors.power(product, Rational.TWO));
  }

  private static final Rational MINUS = Rational.MINUS_ONE;

  /** Powers of a diagonal are no powers of what is on it: off it they are powers of 0. */
  @Test
  void powersOfDiagonalsStay() {
    Product product = new Product();
    int a = product.label(N);
    Tensor diagonal = product.factor(X, a).to(a, a);
    assertThat(Tensors.power(diagonal, MINUS).toString()).isEqualTo("[i,j]1 [i,i]1 x[i]^-1[i,j]");
  }

  @Test
  void sumsEnterPrimitive() {
    Tensor sum =
        Tensors.subtract(Tensors.scale(Rational.of(-6), X), Tensors.scale(Rational.of(4), Y));
    Einsum doubled = (Einsum) Tensors.hadamard(sum, X);
    assertThat(doubled.coefficient().abs()).isEqualTo(Rational.TWO);
    assertThat(Tensors.hadamard(Tensors.negate(sum), X).operands()).isEqualTo(doubled.operands());
    assertThat(Tensors.hadamard(Tensors.negate(sum), X)).isNotEqualTo(doubled);
    Einsum root = (Einsum) Tensors.power(Tensors.scale(Rational.TWO, sum), HALF);
    assertThat(root.coefficient()).isEqualTo(Rational.TWO);
    assertThat(Tensors.power(Tensors.negate(sum), HALF)).isNotEqualTo(Tensors.power(sum, HALF));
    assertThat(Tensors.power(Tensors.negate(sum), Rational.TWO))
        .isEqualTo(Tensors.power(sum, Rational.TWO));
  }

  @Test
  void zeroAnnihilates() {
    Sum zero = Sum.zero(List.of(N));
    assertThat(Tensors.hadamard(X, zero)).isEqualTo(zero);
    assertThat(Tensors.multiply(B, zero)).isEqualTo(zero);
    assertThat(Tensors.multiply(X, zero)).isEqualTo(Sum.zero(List.of()));
    assertThat(Tensors.scale(Rational.ZERO, X)).isEqualTo(zero);
    assertThat(Tensors.power(zero, MINUS).toString()).isEqualTo("[i]1 0[n]^-1[i]");
    assertThat(new Product().times(Rational.ZERO).factor(C).to()).isEqualTo(Sum.zero(List.of()));
  }

  /** A part that hangs together without reaching the output is one scalar factor. */
  @Test
  void closedPartsSplitOff() {
    Product product = new Product();
    List<Integer> l = product.labels(List.of(N, N, N, N));
    product
        .factor(X, l.get(0))
        .factor(Y, l.get(0))
        .factor(B, l.get(1), l.get(2))
        .factor(Y, l.get(3));
    Einsum e = (Einsum) product.to(l.get(3));
    assertThat(e.factors()).hasSize(3);
    assertThat(e.operands()).contains(Tensors.multiply(X, Y), Tensors.total(B), Y);
    Product twice = new Product();
    List<Integer> t = twice.labels(List.of(N, N));
    twice.factor(X, t.get(0)).factor(Y, t.get(0)).factor(Y, t.get(1)).factor(X, t.get(1));
    assertThat(twice.to()).isEqualTo(Tensors.power(Tensors.multiply(X, Y), Rational.TWO));
    Product ratio = new Product();
    int a = ratio.label(N);
    ratio.factor(X, a).factor(Tensors.total(X), MINUS, List.of());
    assertThat(ratio.to()).isEqualTo(Tensors.number(1));
  }

  /** Work that is shared stays a node of its own unless all is flattened. */
  @Test
  void nestedProducts() {
    Tensor product = Tensors.multiply(A, X);
    Tensor outer = Tensors.hadamard(product, Tensors.ones(List.of(M)), C);
    assertThat(outer.operands()).contains(product);
    Product flat = new Product().flattening();
    int a = flat.label(M);
    Tensor dissolved = flat.factor(product, a).factor(C).to(a);
    assertThat(dissolved.operands()).containsExactlyInAnyOrder(A, X, C);
    Product light = new Product().times(Rational.TWO);
    int b = light.label(N);
    assertThat(light.factor(Tensors.scale(Rational.of(3), X), b).to(b))
        .isEqualTo(Tensors.scale(Rational.of(6), X));
    Product own = new Product();
    int c = own.label(M);
    assertThat(own.dissolved(product, List.of(c)).factor(C).to(c)).isEqualTo(dissolved);
    Product plain = new Product();
    int d = plain.label(N);
    assertThat(plain.dissolved(X, List.of(d)).to(d)).isEqualTo(X);
  }

  @Test
  void labelsMustFit() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> p.factor(A, k))
        .withMessage("1 labels for [m, n]");
  }

  // Structural constants

  private static final Fuse FUSE = new Fuse(M, N);

  private static Tensor vec(Tensor matrix) {
    Product product = new Product();
    List<Integer> l = product.labels(List.of(M, N));
    int fused = product.label(M.times(N));
    return product.factor(FUSE, fused, l.get(0), l.get(1)).factor(matrix, l).to(fused);
  }

  private static Tensor unvec(Tensor vector) {
    Product product = new Product().flattening();
    List<Integer> l = product.labels(List.of(M, N));
    int fused = product.label(M.times(N));
    return product.factor(FUSE, fused, l.get(0), l.get(1)).factor(vector, fused).to(l);
  }

  @Test
  void fusePairsCancel() {
    assertThat(unvec(vec(A))).isEqualTo(A);
    Variable v = new Variable("v", List.of(M.times(N)), Set.of());
    Product again = new Product().flattening();
    List<Integer> l = again.labels(List.of(M, N));
    int fused = again.label(M.times(N));
    again.factor(FUSE, fused, l.get(0), l.get(1)).factor(unvec(v), l);
    assertThat(again.to(fused)).isEqualTo(v);
    Variable a = matrix("D", M, N);
    Product inner = new Product().flattening();
    int b = inner.label(M.times(N));
    inner.factor(vec(A), b).factor(vec(a), b);
    Product entries = new Product();
    List<Integer> both = entries.labels(List.of(M, N));
    assertThat(inner.to()).isEqualTo(entries.factor(A, both).factor(a, both).to());
    Product sum = new Product().flattening();
    assertThat(sum.factor(vec(A), sum.label(M.times(N))).to()).isEqualTo(Tensors.total(A));
    Product other = new Product();
    int f = other.label(M.times(N));
    List<Integer> one = other.labels(List.of(M, N));
    List<Integer> two = other.labels(List.of(N, M));
    other.factor(FUSE, f, one.get(0), one.get(1)).factor(new Fuse(N, M), f, two.get(0), two.get(1));
    other.factor(A, one);
    assertThat(other.to(two).operands()).hasSize(3);
  }

  @Test
  void unitVectors() {
    Unit first = new Unit(N, 1);
    Unit second = new Unit(N, 2);
    assertThat(Tensors.multiply(first, first)).isEqualTo(Tensors.total(first));
    assertThat(Tensors.hadamard(first, first)).isEqualTo(first);
    assertThat(Tensors.power(first, Rational.of(-3))).isEqualTo(first);
    assertThat(Tensors.isZero(Tensors.multiply(first, second))).isTrue();
    assertThat(Tensors.isZero(Tensors.hadamard(first, second, X))).isTrue();
    Product outer = new Product();
    List<Integer> l = outer.labels(List.of(N, N));
    Tensor entry = outer.factor(first, l.get(0)).factor(second, l.get(1)).to(l);
    assertThat(Tensors.isZero(entry)).isFalse();
    assertThat(entry.operands()).containsExactlyInAnyOrder(first, second);
  }
}
