package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorsTest {
  private static final Size M = Size.of("m");
  private static final Size N = Size.of("n");
  private static final Variable A = variable("A", M, N);
  private static final Variable B = variable("B", N, N);
  private static final Variable X = variable("x", N);
  private static final Variable T = variable("T", M, N, Size.of("k"));
  private static final Variable C = variable("c");

  /** Functions of the tests' own, so that nothing here depends on the catalogue. */
  private enum Function implements Operator {
    F,
    G
  }

  private static Variable variable(String name, Size... shape) {
    return new Variable(name, List.of(shape), Set.of());
  }

  private static Variable square(String name, Property... properties) {
    return new Variable(name, List.of(N, N), Set.of(properties));
  }

  private static Tensor f(Tensor operand) {
    return new Elementwise(Function.F, List.of(operand));
  }

  private static Tensor inverse(Tensor operand) {
    return new Apply(Function.G, List.of(operand), operand.shape());
  }

  @Test
  void inIndexNotation() {
    assertThat(Tensors.multiply(A, X)).hasToString("[i]1 A[i,j] x[j]");
    assertThat(Tensors.multiply(X, X)).hasToString("[]1 x^2[i]");
    assertThat(Tensors.transpose(A)).hasToString("[i,j]1 A[j,i]");
    assertThat(Tensors.total(A).toString()).isIn("[]1 A[i,j]", "[]1 A[j,i]");
    assertThat(Tensors.permute(T, List.of(2, 0, 1))).hasToString("[i,j,k]1 T[j,k,i]");
    assertThat(Tensors.broadcast(C, A.shape())).hasToString("[i,j]1 c[]");
    assertThat(Tensors.number(Rational.of(2, 3))).hasToString("[]2/3");
    assertThat(Tensors.ones(A.shape())).hasToString("[i,j]1");
    assertThat(Tensors.identity(N)).hasToString("[i,i]1");
    assertThat(Tensors.scale(Rational.TWO, X)).hasToString("[i]2 x[i]");
    assertThat(Tensors.negate(X)).hasToString("[i]-1 x[i]");
    assertThat(f(X)).hasToString("F(x)");
    assertThat(inverse(B)).hasToString("G(B)");
    assertThat(Sum.zero(X.shape())).hasToString("0[n]");
    assertThat(new Unit(N, 2)).hasToString("unit(2,n)");
    assertThat(new Fuse(M, N)).hasToString("fuse(m,n)");
    assertThat(Extent.of(N)).hasToString("n");
    assertThat(Constant.PI).hasToString("pi");
    assertThat(Tensors.hadamard(C, X, Tensors.power(X, Rational.HALF)).toString())
        .isEqualTo("[i]1 c[] x^3/2[i]");
    Tensor sum = Tensors.subtract(X, Tensors.scale(Rational.TWO, f(X)));
    assertThat(sum.toString()).isIn("(1 x + -2 F(x))", "(-2 F(x) + 1 x)");
    Product many = new Product();
    List<Integer> labels = many.labels(java.util.Collections.nCopies(20, N));
    assertThat(many.to(labels).toString()).endsWith("y,z,l18,l19]1");
  }

  @Test
  void shapes() {
    assertThat(Tensors.multiply(A, X).shape()).containsExactly(M);
    assertThat(Tensors.transpose(A).shape()).containsExactly(N, M);
    assertThat(Tensors.permute(T, List.of(2, 0, 1)).shape()).containsExactly(Size.of("k"), M, N);
    assertThat(Tensors.hadamard(C, C).shape()).isEmpty();
    assertThat(Tensors.hadamard(X, C).shape()).containsExactly(N);
    assertThat(Tensors.add(C, C, C)).isEqualTo(Tensors.scale(Rational.of(3), C));
    assertThat(new Fuse(M, N).shape()).containsExactly(M.times(N), M, N);
    assertThat(T.rank()).isEqualTo(3);
  }

  @Test
  void permutingPassesThroughSums() {
    Tensor sum = Tensors.add(A, f(A));
    Tensor turned = Tensors.transpose(sum);
    assertThat(turned).isInstanceOf(Sum.class);
    assertThat(turned.operands()).contains(Tensors.transpose(A), Tensors.transpose(f(A)));
    assertThat(Tensors.transpose(turned)).isEqualTo(sum);
    assertThat(Tensors.permute(A, List.of(0, 1))).isSameAs(A);
    assertThat(turned.shape()).containsExactly(N, M);
  }

  @Test
  void mistakesOfTheCaller() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Tensors.broadcast(X, A.shape()))
        .withMessage("not a scalar: [n]");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Elementwise(Function.F, List.of(X, A)))
        .withMessageContaining("different shapes");
  }

  @Test
  void constants() {
    Tensor two = Tensors.scale(Rational.TWO, Tensors.ones(A.shape()));
    assertThat(Tensors.isConstant(two, Rational.TWO)).isTrue();
    assertThat(Tensors.isConstant(two, Rational.ONE)).isFalse();
    assertThat(Tensors.isConstant(Tensors.identity(N), Rational.ONE)).isFalse();
    assertThat(Tensors.isConstant(C, Rational.ONE)).isFalse();
    assertThat(Tensors.isConstant(Tensors.negate(C), Rational.MINUS_ONE)).isFalse();
    assertThat(Tensors.isConstant(Sum.zero(A.shape()), Rational.ZERO)).isTrue();
    assertThat(Tensors.isConstant(Sum.zero(A.shape()), Rational.ONE)).isFalse();
    assertThat(Tensors.isConstant(Tensors.add(X, f(X)), Rational.ZERO)).isFalse();
    assertThat(Tensors.isZero(Sum.zero(A.shape()))).isTrue();
    assertThat(Tensors.isZero(Tensors.add(X, f(X)))).isFalse();
    assertThat(Tensors.isZero(X)).isFalse();
    assertThat(Constant.of(Constant.PI.exact())).isEqualTo(Constant.PI);
    assertThat(Constant.of(Constant.E.exact())).isEqualTo(Constant.E);
    assertThat(Constant.of(Rational.of(3))).isNull();
    assertThat(Constant.of(Rational.HALF)).isNull();
    assertThat(Constant.PI.value()).isEqualTo(Math.PI);
    assertThat(Constant.PI.exact().doubleValue()).isEqualTo(Math.PI);
    assertThat(Extent.of(Size.of(4))).isEqualTo(Tensors.number(4));
    assertThat(((Extent) Extent.of(N)).size()).isEqualTo(N);
  }

  /** Each node once, after its operands. */
  @Test
  void topologicalOrder() {
    Tensor shared = f(X);
    Tensor root = Tensors.add(Tensors.multiply(B, shared), shared, f(shared));
    List<Tensor> order = Tensors.topological(root);
    assertThat(order).doesNotHaveDuplicates().endsWith(root).contains(X, B, shared);
    for (Tensor node : order) {
      assertThat(order.subList(0, order.indexOf(node))).containsAll(node.operands());
    }
    assertThat(Tensors.topological(X)).containsExactly(X);
    Tensor deep = X;
    for (int k = 0; k < 20_000; k++) deep = f(deep);
    assertThat(Tensors.topological(deep)).hasSize(20_001);
  }

  @Test
  void rewritingSeesEachNodeOnceWithItsOperandsChanged() {
    Tensor root = Tensors.add(f(X), f(f(X)));
    List<Tensor> seen = new ArrayList<>();
    Variable y = variable("y", N);
    Tensor changed =
        Tensors.rewrite(
            root,
            node -> {
              seen.add(node);
              return node.equals(X) ? y : node;
            });
    assertThat(changed).isEqualTo(Tensors.add(f(y), f(f(y))));
    assertThat(seen).containsOnlyOnce(X, f(y), f(f(y)), changed).hasSize(4);
    assertThat(Tensors.rewrite(root, node -> node)).isSameAs(root);
  }

  @Test
  void variablesByName() {
    Tensor root = Tensors.multiply(B, Tensors.multiply(Tensors.transpose(A), variable("a", M)));
    assertThat(Tensors.variables(root)).extracting(Variable::name).containsExactly("A", "B", "a");
  }

  /** Equality is by content: names, shapes, properties, operators, sizes and positions count. */
  @Test
  void contentTellsApart() {
    List<Tensor> all =
        List.of(
            X,
            variable("y", N),
            variable("x", M),
            variable("x", N, N),
            square("x", Property.SYMMETRIC),
            square("x", Property.PD),
            f(X),
            new Elementwise(Function.G, List.of(X)),
            new Apply(Function.F, List.of(X), X.shape()),
            new Elementwise(Function.F, List.of(X, X)),
            new Unit(N, 1),
            new Unit(N, 2),
            new Unit(M, 1),
            new Fuse(M, N),
            new Fuse(N, M),
            Extent.of(N),
            Extent.of(M),
            Constant.PI,
            Constant.E,
            Tensors.ones(List.of(N)),
            Tensors.ones(List.of(M)),
            Tensors.number(1),
            Tensors.number(2));
    assertThat(all).doesNotHaveDuplicates();
    assertThat(variable("x", N)).isEqualTo(X).hasSameHashCodeAs(X);
    assertThat((Object) X).isNotEqualTo("x");
    assertThat(f(X)).isEqualTo(f(variable("x", N)));
    for (Tensor t : all) {
      assertThat(t.mapOperands(o -> o)).isEqualTo(t);
      boolean leaf = t.operands().isEmpty() && !(t instanceof Einsum);
      if (leaf) assertThat(t.mapOperands(o -> C)).isSameAs(t);
    }
    assertThat(f(X).mapOperands(o -> variable("y", N))).isEqualTo(f(variable("y", N)));
    assertThat(inverse(B).mapOperands(o -> square("D"))).isEqualTo(inverse(square("D")));
    assertThat(inverse(B).operands()).containsExactly(B);
  }

  @Test
  void symmetry() {
    for (Property p : List.of(Property.SYMMETRIC, Property.PD, Property.PSD, Property.DIAGONAL)) {
      assertThat(square("S", p).isSymmetric()).as("%s", p).isTrue();
    }
    for (Property p : List.of(Property.SKEW, Property.LOWER, Property.ORTHOGONAL)) {
      assertThat(square("S", p).isSymmetric()).as("%s", p).isFalse();
    }
    Tensor s = square("S", Property.SYMMETRIC);
    Tensor gram = Tensors.multiply(Tensors.transpose(A), A);
    List<Tensor> symmetric =
        List.of(
            Tensors.identity(N),
            gram,
            sandwich(s),
            Tensors.hadamard(B, Tensors.transpose(B)),
            f(s),
            Tensors.ones(List.of(N, N)));
    for (Tensor t : symmetric) assertThat(t.isSymmetric()).as("%s", t).isTrue();
    List<Tensor> others =
        List.of(
            B,
            Tensors.multiply(B, B),
            Tensors.multiply(s, B),
            sandwich(B),
            f(B),
            inverse(s),
            Tensors.ones(List.of(M, N)),
            new Variable("S", List.of(M, N), Set.of(Property.SYMMETRIC)),
            X,
            new Elementwise(Function.F, List.of(s, B)));
    for (Tensor t : others) assertThat(t.isSymmetric()).as("%s", t).isFalse();
    assertThat(Property.PSD.label()).isEqualTo("psd");
    assertThat(square("S", Property.PD).properties()).containsExactly(Property.PD);
    assertThat(square("S", Property.PD).is(Property.PSD)).isFalse();
  }

  /** B*S*B' in one node. */
  private static Tensor sandwich(Tensor middle) {
    Product product = new Product();
    List<Integer> l = product.labels(List.of(N, N, N, N));
    product.factor(B, l.get(0), l.get(1)).factor(middle, l.get(1), l.get(2));
    return product.factor(B, l.get(3), l.get(2)).to(l.get(0), l.get(3));
  }

  @Test
  void products() {
    Einsum e = (Einsum) Tensors.scale(Rational.TWO, Tensors.multiply(A, X));
    assertThat(e.withoutCoefficient()).isInstanceOf(Einsum.class);
    Einsum chain = (Einsum) Tensors.multiply(A, X);
    assertThat(chain.contracts()).isTrue();
    assertThat(chain.withoutCoefficient()).isSameAs(chain);
    assertThat(((Einsum) Tensors.transpose(A)).contracts()).isFalse();
    assertThat(((Einsum) Tensors.scale(Rational.TWO, X)).withoutCoefficient()).isEqualTo(X);
    assertThat(Einsum.view(chain)).isSameAs(chain);
    Einsum view = Einsum.view(T);
    assertThat(view.factors())
        .containsExactly(new Einsum.Factor(T, Rational.ONE, List.of(0, 1, 2)));
    assertThat(view.output()).containsExactly(0, 1, 2);
    assertThat(view.sizes()).isEqualTo(T.shape());
    assertThat(view.coefficient()).isEqualTo(Rational.ONE);
  }
}
