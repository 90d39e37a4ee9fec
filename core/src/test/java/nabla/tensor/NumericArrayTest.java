package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import nabla.diagnostic.NablaException;
import org.junit.jupiter.api.Test;

class NumericArrayTest {
  private static final NumericArray A = NumericArray.of(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);

  @Test
  void lastIndexRunsFastest() {
    assertThat(A.get(0, 0)).isEqualTo(1);
    assertThat(A.get(0, 2)).isEqualTo(3);
    assertThat(A.get(1, 0)).isEqualTo(4);
    assertThat(A.rank()).isEqualTo(2);
    assertThat(A.size(1)).isEqualTo(3);
    assertThat(A.count()).isEqualTo(6);
    assertThat(A).hasToString("[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]");
    assertThat(NumericArray.of(new int[] {2, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7).get(1, 0, 1))
        .isEqualTo(5);
  }

  @Test
  void shapesAreCopied() {
    int[] shape = {2};
    NumericArray x = NumericArray.of(shape, 1, 2);
    NumericArray zeros = NumericArray.zeros(shape);
    shape[0] = 5;
    x.shape()[0] = 7;
    assertThat(x.shape()).containsExactly(2);
    assertThat(zeros.shape()).containsExactly(2);
    assertThat(zeros.data()).containsExactly(0, 0);
  }

  @Test
  void countsMustFit() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> NumericArray.of(new int[] {2, 2}, 1, 2, 3))
        .withMessage("3 entries for [2, 2]");
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> NumericArray.zeros(100_000, 100_000))
        .withMessage("an array of shape [100000, 100000] has too many entries");
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(() -> NumericArray.matrix(new double[] {1, 2}, new double[] {3}))
        .withMessage("row 2 of a matrix has 1 entries, but row 1 has 2");
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(A::scalarValue);
  }

  @Test
  void scalars() {
    assertThat(NumericArray.scalar(3).scalarValue()).isEqualTo(3);
    assertThat(NumericArray.scalar(3).rank()).isZero();
    assertThat(NumericArray.scalar(3).get()).isEqualTo(3);
  }

  @Test
  void mapsAndFinds() {
    NumericArray squares = A.map(x -> x * x);
    assertThat(squares.data()).containsExactly(1, 4, 9, 16, 25, 36);
    assertThat(squares.shape()).containsExactly(2, 3);
    assertThat(A.isFinite()).isTrue();
    assertThat(A.map(x -> x / 0).isFinite()).isFalse();
    assertThat(A.map(x -> x == 6 ? Double.NaN : x).isFinite()).isFalse();
  }
}
