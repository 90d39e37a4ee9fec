package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** The exchanges of rows that the pivots of {@link LinearAlgebra#lu} stand for. */
record Exchanges(MemorySegment pivots, long offset, int count) {
  Exchanges {
    Operands.checkVector(pivots, offset, Integer.BYTES, count, 1);
  }

  void forward(Matrix matrix) {
    for (int i = 0; i < count; i++) {
      exchange(matrix, i);
    }
  }

  void backward(Matrix matrix) {
    for (int i = count - 1; i >= 0; i--) {
      exchange(matrix, i);
    }
  }

  /** The determinant of all exchanges together. */
  double sign() {
    double sign = 1;
    for (int i = 0; i < count; i++) {
      sign = partner(i) == i ? sign : -sign;
    }
    return sign;
  }

  /**
   * @throws IndexOutOfBoundsException if there is a row that the matrix does not have
   */
  void check() {
    for (int i = 0; i < count; i++) {
      var _ = partner(i);
    }
  }

  private int partner(int i) {
    return Objects.checkIndex(pivots.get(JAVA_INT, offset + 4L * i) - 1, count);
  }

  private void exchange(Matrix matrix, int i) {
    int k = partner(i);
    if (i != k) {
      for (int j = 0; j < matrix.columns(); j++) {
        double value = matrix.get(i, j);
        matrix.set(i, j, matrix.get(k, j));
        matrix.set(k, j, value);
      }
    }
  }
}
