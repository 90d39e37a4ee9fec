package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;

class LatestTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final Latest<Double> sum =
      new Latest<>(
          matrix -> {
            calls.incrementAndGet();
            double total = 0;
            for (double entry : matrix.data()) total += entry;
            return total;
          });

  private static NumericArray matrix(int rows, int columns, double... entries) {
    return NumericArray.of(new int[] {rows, columns}, entries);
  }

  @Test
  void equalMatricesAreTakenOnce() {
    assertThat(sum.of(matrix(1, 2, 3, 4))).isEqualTo(7);
    assertThat(sum.of(matrix(1, 2, 3, 4))).isEqualTo(7);
    assertThat(calls).hasValue(1);
  }

  @Test
  void othersAreNot() {
    assertThat(sum.of(matrix(1, 2, 3, 4))).isEqualTo(7);
    assertThat(sum.of(matrix(1, 2, 3, 5))).isEqualTo(8);
    assertThat(sum.of(matrix(2, 1, 3, 5))).isEqualTo(8);
    assertThat(sum.of(matrix(1, 2, 3, 4))).isEqualTo(7);
    assertThat(calls).hasValue(4);
  }

  /** Memory in which the next point is written is not the point before. */
  @Test
  void norIsOneThatWasChanged() {
    NumericArray matrix = matrix(1, 2, 3, 4);
    assertThat(sum.of(matrix)).isEqualTo(7);
    matrix.data()[1] = 10;
    assertThat(sum.of(matrix)).isEqualTo(13);
  }
}
