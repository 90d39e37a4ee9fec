package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adjugate of matrices, regular or not, against the cofactors that it is made of. */
class CompletePivotingTest {
  @ParameterizedTest
  @CsvSource({
    // order, rank, scale of the last row, scale of all
    "1, 1, 1, 1",
    "1, 0, 1, 1",
    "2, 2, 1, 1",
    "2, 1, 1, 1",
    "2, 0, 1, 1",
    "3, 3, 1e-14, 1",
    "5, 5, 1, 1",
    "5, 4, 1, 1",
    "5, 3, 1, 1",
    "9, 9, 1, 1",
    "9, 9, 1e-15, 1",
    "9, 9, 1e-200, 1",
    "9, 8, 1, 1",
    "9, 7, 1, 1",
    "12, 12, 1, 1e25",
    "12, 12, 1, 1e-25",
    "12, 12, 1e-300, 1e20",
    "12, 11, 1, 1e-20",
    "9, 9, 1e-20, 1e38",
    "30, 30, 1, 1",
    "30, 29, 1, 1",
  })
  void isMadeOfCofactors(int n, int rank, double last, double all) {
    for (int seed = 0; seed < 5; seed++) {
      NumericArray a = matrix(n, rank, last, all, new Random(seed));
      double[] cofactors = cofactors(a);
      double largest = Arrays.stream(cofactors).map(Math::abs).max().orElseThrow();
      double typical = Math.pow(all, n - 1); // of a minor that is 0 only rounding is left
      assertThat(CompletePivoting.adjugate(a).data())
          .as("seed %d", seed)
          .containsExactly(
              cofactors, within(1e-12 * Math.max(largest, rank < n - 1 ? typical : 0)));
    }
  }

  /** Elimination would make numbers that are larger still. */
  @Test
  void ofTheLargestNumbersIsNotZero() {
    NumericArray a = matrix(9, 9, 1, 1, new Random(1));
    NumericArray large = a.map(x -> Math.copySign(1.2e308 * (1 + Math.abs(x) % 0.4), x));
    for (double entry : CompletePivoting.adjugate(large).data()) {
      assertThat(entry).isNotZero().isNotFinite();
    }
  }

  /** Of a rank, with numbers around {@code all} and in the last row of {@code last} times that. */
  private static NumericArray matrix(int n, int rank, double last, double all, Random random) {
    double[] left = random.doubles((long) n * rank, -1, 1).toArray();
    double[] right = random.doubles((long) n * rank, -1, 1).toArray();
    double[] product = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) sum += left[i * rank + k] * right[j * rank + k];
        product[i * n + j] = sum * all * (i == n - 1 ? last : 1);
      }
    }
    return NumericArray.of(new int[] {n, n}, product);
  }

  private static double[] cofactors(NumericArray a) {
    int n = a.size(0);
    double[] adjugate = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double minor = LinearAlgebra.determinant(minor(a, i, j));
        adjugate[j * n + i] = (i + j) % 2 == 0 ? minor : -minor;
      }
    }
    return adjugate;
  }

  private static NumericArray minor(NumericArray a, int row, int column) {
    int n = a.size(0);
    NumericArray minor = NumericArray.zeros(n - 1, n - 1);
    for (int i = 0; i < n - 1; i++) {
      for (int j = 0; j < n - 1; j++) {
        double entry = a.get(i < row ? i : i + 1, j < column ? j : j + 1);
        minor.data()[i * (n - 1) + j] = entry;
      }
    }
    return minor;
  }
}
