package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import nabla.tensor.NumericArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X = U S V' with orthonormal columns, in descending order. */
class SingularValuesTest {
  @ParameterizedTest
  @CsvSource({
    // rows, columns, rank, scale
    "1, 1, 1, 1",
    "1, 5, 1, 1",
    "5, 1, 1, 1",
    "4, 4, 4, 1",
    "7, 3, 3, 1",
    "3, 7, 3, 1",
    "6, 5, 2, 1",
    "5, 6, 2, 1",
    "30, 20, 20, 1e-200",
    "20, 30, 20, 1e200",
    "33, 33, 33, 1"
  })
  void decompose(int rows, int columns, int rank, double scale) {
    Random random = new Random(rows * 100L + columns);
    NumericArray x =
        LinearAlgebra.product(normal(rows, rank, random), normal(rank, columns, random));
    SingularValues s = SingularValues.of(x.map(entry -> scale * entry));
    int count = Math.min(rows, columns);
    NumericArray u = NumericArray.of(new int[] {rows, count}, s.left);
    NumericArray v = NumericArray.of(new int[] {columns, count}, s.right);
    Offset<Double> rounding = within(1e-13 * x.largest() * count);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < count; k++) sum += u.get(i, k) * s.values[k] / scale * v.get(j, k);
        assertThat(sum).isCloseTo(x.get(i, j), rounding);
      }
    }
    for (int k = 1; k < count; k++) assertThat(s.values[k]).isLessThanOrEqualTo(s.values[k - 1]);
    assertOrthonormal(u, rank);
    assertOrthonormal(v, rank);
  }

  private static NumericArray normal(int rows, int columns, Random random) {
    return NumericArray.zeros(rows, columns).map(_ -> random.nextGaussian());
  }

  /** The first columns are; those of singular values that are 0 need not be. */
  private static void assertOrthonormal(NumericArray columns, int rank) {
    NumericArray gram = LinearAlgebra.product(LinearAlgebra.transpose(columns), columns);
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < rank; j++) {
        assertThat(gram.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }

  /** A diagonal that ascends: columns are put in order, and no rotation is needed. */
  @Test
  void ofADiagonal() {
    double[] entries = {1, 0, 0, 0, -3, 0, 0, 0, 2};
    SingularValues s = SingularValues.of(NumericArray.of(new int[] {3, 3}, entries));
    assertThat(s.values).containsExactly(3, 2, 1);
    assertThat(s.left).containsExactly(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, within(0.0));
    assertThat(s.right).containsExactly(new double[] {0, 0, 1, -1, 0, 0, 0, 1, 0}, within(0.0));
  }

  @Test
  void whatIsNotFiniteHasNone() {
    SingularValues s = SingularValues.of(NumericArray.of(new int[] {1, 2}, Double.NaN, 1));
    assertThat(s.values).containsExactly(Double.NaN);
  }
}
