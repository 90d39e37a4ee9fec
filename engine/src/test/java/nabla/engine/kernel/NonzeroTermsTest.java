package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Products without the terms of rows full of zeros, against their definition. */
@ParameterizedClass
@MethodSource("nabla.engine.kernel.LinearAlgebras#withPrecisions")
record NonzeroTermsTest(LinearAlgebra algebra, Precision precision) {
  /** Rows, terms and columns; some have more terms than are copied at once. */
  private static final int[][] SHAPES = {
    {80, 80, 80}, {16, 601, 61}, {70, 100, 111}, {40, 999, 17}
  };

  @Test
  void zerosAreNotMultiplied() {
    for (int[] shape : SHAPES) {
      for (double beta : new double[] {0, 1}) {
        assertDone(shape, k -> k % 2 == 0, beta);
        assertDone(shape, k -> k % 3 != 1, beta);
        assertDone(shape, k -> k > 2, beta);
        assertDone(shape, k -> true, beta);
      }
    }
  }

  @Test
  void whereFewAreZeroNothingIsDone() {
    for (int[] shape : SHAPES) {
      assertThat(multiplied(shape, k -> false, 0)).isFalse();
      assertThat(multiplied(shape, k -> k % 5 == 0, 0)).isFalse();
      assertThat(multiplied(shape, k -> k >= 32 && k % 7 == 0, 0)).isFalse();
    }
  }

  @Test
  void smallProductsGainNothing() {
    assertThat(NonzeroTerms.of(precision, 50, 50, 50)).isNull();
    assertThat(NonzeroTerms.of(precision, 1000, 1000, 1)).isNull();
  }

  private void assertDone(int[] shape, IntPredicate zero, double beta) {
    assertThat(multiplied(shape, zero, beta)).isTrue();
  }

  /** Whether {@code -2.5*a'*b + beta*c} was made; then it is what it should be. */
  private boolean multiplied(int[] shape, IntPredicate zero, double beta) {
    Operand a = Operand.random(precision, shape[1], shape[0], 1);
    Operand b = Operand.random(precision, shape[1], shape[2], 2);
    Operand c = Operand.random(precision, shape[0], shape[2], 3);
    for (int k = 0; k < shape[1]; k++) {
      for (int j = 0; j < shape[2]; j++) if (zero.test(k)) b.set(k, j, j % 2 == 0 ? 0 : -0.0);
    }
    double[][] product = Naive.times(Naive.transpose(a.values(), shape[0]), b.values());
    double[][] expected = Naive.combine(-2.5, product, beta, c.values());
    for (int k = 0; k < shape[1]; k++) {
      for (int i = 0; i < shape[0]; i++) if (zero.test(k)) a.set(k, i, Double.NaN); // is not read
    }
    NonzeroTerms terms =
        Objects.requireNonNull(NonzeroTerms.of(precision, shape[0], shape[1], shape[2]));
    double[][] before = c.values();
    boolean done =
        terms.multiply(algebra, -2.5, a.matrix().transpose(), b.matrix(), beta, c.matrix());
    if (done) c.assertIs(expected);
    else assertThat(c.values()).isDeepEqualTo(before);
    return done;
  }
}
