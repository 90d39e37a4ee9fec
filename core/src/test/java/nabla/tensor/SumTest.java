package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SumTest {
  private static final Size N = Size.of("n");
  private static final List<Size> SHAPE = List.of(N);
  private static final Tensor X = new Variable("x", SHAPE, Set.of());
  private static final Tensor Y = new Variable("y", SHAPE, Set.of());
  private static final Tensor Z = new Variable("z", SHAPE, Set.of());

  private static Tensor sum(Object... terms) {
    List<Sum.Term> list = new java.util.ArrayList<>();
    for (int k = 0; k < terms.length; k += 2) {
      list.add(new Sum.Term(Rational.of((int) terms[k]), (Tensor) terms[k + 1]));
    }
    return Sum.of(list, SHAPE);
  }

  private static Tensor times(int factor, Tensor tensor) {
    return Tensors.scale(Rational.of(factor), tensor);
  }

  @Test
  void equalTermsAddUpInAnyOrderAndNesting() {
    assertThat(sum(1, X, 2, Y, 3, X)).isEqualTo(sum(2, Y, 4, X));
    assertThat(sum(1, sum(1, X, 1, Y), 2, sum(1, Y, -1, Z))).isEqualTo(sum(1, X, 3, Y, -2, Z));
    assertThat(sum(1, times(3, X), 1, X, 1, Y)).isEqualTo(sum(4, X, 1, Y));
    assertThat(sum(1, times(3, times(2, X)), 1, Y)).isEqualTo(sum(6, X, 1, Y));
    assertThat(sum(1, X, 2, Y)).isNotEqualTo(sum(2, X, 1, Y));
    assertThat(sum(1, X, 1, Y)).isNotEqualTo(sum(1, X, 1, Z));
  }

  @Test
  void oneTermIsNoSumAndNoneIsZero() {
    assertThat(sum(1, X)).isEqualTo(X);
    assertThat(sum(2, X, -1, X)).isEqualTo(X);
    assertThat(sum(3, X)).isEqualTo(times(3, X));
    assertThat(sum(1, X, -1, X)).isEqualTo(Sum.zero(SHAPE));
    assertThat(sum(0, X)).isEqualTo(Sum.zero(SHAPE));
    assertThat(sum(1, X, 1, Sum.zero(SHAPE))).isEqualTo(X);
    assertThat(Sum.zero(SHAPE).isZero()).isTrue();
    assertThat(((Sum) sum(1, X, 1, Y)).isZero()).isFalse();
    assertThat(Sum.zero(SHAPE)).isNotEqualTo(Sum.zero(List.of()));
    assertThat(Sum.zero(List.of(N, N)).shape()).containsExactly(N, N);
    assertThat(sum(1, X, 1, Y).shape()).isEqualTo(SHAPE);
  }

  @Test
  void contentMakesPrimitive() {
    Sum sum = (Sum) sum(-6, X, 4, Y, 10, Z);
    Rational content = sum.content();
    assertThat(content.abs()).isEqualTo(Rational.TWO);
    Sum primitive = (Sum) sum.times(content.inverse());
    assertThat(primitive.content()).isEqualTo(Rational.ONE);
    assertThat(primitive.terms().getFirst().coefficient().signum()).isPositive();
    assertThat(((Sum) sum.times(Rational.MINUS_ONE)).content()).isEqualTo(content.negate());
    Sum fractions =
        (Sum)
            Sum.of(
                List.of(
                    new Sum.Term(Rational.of(1, 2), X),
                    new Sum.Term(Rational.of(2, 3), Y),
                    new Sum.Term(Rational.of(3, 4), Z)),
                SHAPE);
    assertThat(fractions.content()).isEqualTo(Rational.of(1, 12));
    assertThat(Sum.zero(SHAPE).content()).isEqualTo(Rational.ONE);
  }

  @Test
  void multiples() {
    Sum sum = (Sum) sum(2, X, 3, Y);
    assertThat(sum.times(Rational.of(-2))).isEqualTo(sum(-4, X, -6, Y));
    assertThat(sum.times(Rational.ZERO)).isEqualTo(Sum.zero(SHAPE));
    assertThat(times(1, sum)).isSameAs(sum);
  }

  @Test
  void operandsCanBeExchanged() {
    Tensor sum = sum(2, X, 3, Y);
    assertThat(sum.operands()).containsExactlyInAnyOrder(X, Y);
    assertThat(sum.mapOperands(t -> t.equals(X) ? Y : t)).isEqualTo(times(5, Y));
  }

  @Test
  void symmetricIfItIsItsTranspose() {
    Tensor a = new Variable("A", List.of(N, N), Set.of());
    assertThat(Tensors.add(a, Tensors.transpose(a)).isSymmetric()).isTrue();
    assertThat(Tensors.subtract(a, Tensors.transpose(a)).isSymmetric()).isFalse();
    assertThat(Tensors.add(a, Tensors.identity(N)).isSymmetric()).isFalse();
  }
}
