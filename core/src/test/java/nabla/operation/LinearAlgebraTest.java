package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import nabla.tensor.NumericArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearAlgebraTest {
  private static final Offset<Double> ROUNDING = within(1e-11);
  private static final NumericArray SINGULAR = matrix(3, 1, 2, 3, 4, 5, 6, 7, 8, 9);

  private static NumericArray matrix(int n, double... entries) {
    return NumericArray.of(new int[] {n, n}, entries);
  }

  private static NumericArray random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NumericArray a = NumericArray.zeros(n, n);
    for (int k = 0; k < n * n; k++) a.data()[k] = 2 * random.nextDouble() - 1;
    return a;
  }

  private static double product(NumericArray a, NumericArray b, int i, int j) {
    double sum = 0;
    for (int k = 0; k < a.size(1); k++) sum += a.get(i, k) * b.get(k, j);
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 9})
  void inverseUndoes(int n) {
    for (long seed = 0; seed < 20; seed++) {
      NumericArray a = random(n, seed);
      NumericArray inverse = LinearAlgebra.inverse(a);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertThat(product(inverse, a, i, j)).isCloseTo(i == j ? 1 : 0, within(1e-9));
        }
      }
    }
  }

  /** Rows, columns and what is summed over, below, at and above the blocks. */
  @ParameterizedTest
  @CsvSource({
    "0, 3, 2",
    "3, 0, 2",
    "2, 3, 0",
    "1, 1, 1",
    "2, 3, 4",
    "3, 4, 2",
    "5, 5, 5",
    "3, 15, 2",
    "3, 16, 2",
    "3, 17, 2",
    "7, 19, 33",
    "4, 20, 1",
    "1, 35, 18",
    "9, 64, 7"
  })
  void products(int rows, int inner, int columns) {
    SplittableRandom random = new SplittableRandom(rows + 100L * inner);
    NumericArray a = NumericArray.zeros(rows, inner).map(_ -> random.nextDouble() - 0.5);
    NumericArray b = NumericArray.zeros(inner, columns).map(_ -> random.nextDouble() - 0.5);
    NumericArray product = LinearAlgebra.product(a, b);
    assertThat(product.shape()).containsExactly(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        assertThat(product.get(i, j)).isCloseTo(product(a, b, i, j), within(1e-14));
      }
    }
  }

  @Test
  void inverseNeedsPivoting() {
    assertThat(LinearAlgebra.inverse(matrix(2, 0, 1, 1, 0)).data()).containsExactly(0, 1, 1, 0);
    assertThat(LinearAlgebra.inverse(matrix(2, 1, 2, 3, 4)).data())
        .containsExactly(new double[] {-2, 1, 1.5, -0.5}, within(1e-15));
  }

  @Test
  void inverseOfASingularMatrixIsNaN() {
    assertThat(LinearAlgebra.inverse(SINGULAR).data()).containsOnly(Double.NaN);
    assertThat(LinearAlgebra.inverse(matrix(2, 1, 2, 2, 4)).data()).containsOnly(Double.NaN);
    assertThat(LinearAlgebra.inverse(matrix(1, 0)).data()).containsOnly(Double.NaN);
  }

  @Test
  void badScalingIsNotSingular() {
    assertThat(LinearAlgebra.inverse(matrix(2, 1, 0, 0, 0x1p-100)).data())
        .containsExactly(1, 0, 0, 0x1p100);
  }

  @Test
  void determinants() {
    assertThat(LinearAlgebra.determinant(matrix(2, 1, 2, 3, 4))).isCloseTo(-2, ROUNDING);
    assertThat(LinearAlgebra.determinant(matrix(3, 0, 0, 1, 1, 0, 0, 0, 1, 0))).isEqualTo(1);
    assertThat(LinearAlgebra.determinant(SINGULAR)).isCloseTo(0, ROUNDING);
    assertThat(LinearAlgebra.determinant(matrix(0))).isEqualTo(1);
    assertThat(LinearAlgebra.determinant(matrix(1, -3))).isEqualTo(-3);
  }

  @Test
  void logDeterminants() {
    assertThat(LinearAlgebra.logDeterminant(matrix(2, 2, 1, 1, 3)))
        .isCloseTo(Math.log(5), ROUNDING);
    assertThat(LinearAlgebra.logDeterminant(matrix(2, -2, 0, 0, -3)))
        .isCloseTo(Math.log(6), ROUNDING);
    assertThat(LinearAlgebra.logDeterminant(matrix(2, 1e-200, 0, 0, 1e-200)))
        .isCloseTo(-400 * Math.log(10), within(1e-9));
    assertThat(LinearAlgebra.logDeterminant(matrix(2, 1, 2, 3, 4))).isNaN();
    assertThat(LinearAlgebra.logDeterminant(matrix(2, 1, 2, 2, 4))).isNegative().isInfinite();
    assertThat(LinearAlgebra.logDeterminant(matrix(0))).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void adjugateTimesMatrixIsDeterminant(int n) {
    NumericArray a = random(n, 5);
    NumericArray adjugate = LinearAlgebra.adjugate(a);
    double determinant = LinearAlgebra.determinant(a);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(product(adjugate, a, i, j)).isCloseTo(i == j ? determinant : 0, ROUNDING);
      }
    }
  }

  @Test
  void adjugateOfASingularMatrix() {
    assertThat(LinearAlgebra.adjugate(SINGULAR).data())
        .containsExactly(new double[] {-3, 6, -3, 6, -12, 6, -3, 6, -3}, ROUNDING);
    assertThat(LinearAlgebra.adjugate(matrix(1, 0)).data()).containsExactly(1);
  }

  @Test
  void nothingHasAnInverseAndAnAdjugate() {
    assertThat(LinearAlgebra.inverse(matrix(0)).count()).isZero();
    assertThat(LinearAlgebra.adjugate(matrix(0)).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteStaysSo(double entry) {
    NumericArray a = matrix(2, entry, 1, 2, 3);
    assertThat(LinearAlgebra.determinant(a)).isNotFinite();
    assertThat(LinearAlgebra.adjugate(a).get(1, 1)).isNotFinite();
    assertThat(LinearAlgebra.inverse(a).isFinite()).isFalse();
  }
}
