package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The exchanges of columns that {@link LinearAlgebra#lu} makes: n 32-bit integers outside the Java
 * heap. In the step i the columns i and pivots[i] change places, both counted from 1.
 */
public record Exchanges(MemorySegment pivots, long offset, int count) {
  public Exchanges {
    Operands.check(pivots, offset, Integer.BYTES, count, 1, 1);
  }

  void forward(Matrix matrix) {
    exchange(matrix, true);
  }

  /** Takes {@link #forward} back. */
  void backward(Matrix matrix) {
    exchange(matrix, false);
  }

  private void exchange(Matrix matrix, boolean forward) {
    int[] partners = partners();
    if (matrix.columns() == 1 || matrix.isByColumns()) {
      double[][] column = new double[1][count];
      for (int j = 0; j < matrix.columns(); j++) {
        Matrix target = matrix.block(0, j, count, 1).transpose();
        target.load(column);
        exchangeNumbers(column[0], partners, forward);
        target.store(column);
      }
      return;
    }
    double[][] one = new double[1][matrix.columns()];
    double[][] other = new double[1][matrix.columns()];
    for (int step = 0; step < count; step++) {
      int i = forward ? step : count - 1 - step;
      if (partners[i] != i) {
        Matrix row = matrix.block(i, 0, 1, matrix.columns());
        Matrix partner = matrix.block(partners[i], 0, 1, matrix.columns());
        row.load(one);
        partner.load(other);
        row.store(other);
        partner.store(one);
      }
    }
  }

  private static void exchangeNumbers(double[] numbers, int[] partners, boolean forward) {
    for (int step = 0; step < partners.length; step++) {
      int i = forward ? step : partners.length - 1 - step;
      double value = numbers[i];
      numbers[i] = numbers[partners[i]];
      numbers[partners[i]] = value;
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
   * @throws IllegalArgumentException if they are not those of a matrix of this order
   * @throws IndexOutOfBoundsException if there is a column that the matrix does not have
   */
  void check(Matrix lu) {
    checkCount(lu);
    for (int i = 0; i < count; i++) {
      var _ = partner(i);
    }
  }

  /** Checks that {@link LinearAlgebra#lu} may write them. */
  void checkTarget(Matrix lu) {
    checkCount(lu);
    if (pivots.isReadOnly()) {
      throw Operands.readOnly();
    }
    if (count != 0) {
      Operands.checkAlive(pivots, offset);
    }
  }

  private void checkCount(Matrix lu) {
    if (count != lu.rows()) {
      throw new IllegalArgumentException(
          "%d exchanges for a matrix of order %d".formatted(count, lu.rows()));
    }
  }

  /** Where they begin, for native code. */
  long address() {
    return pivots.address() + offset;
  }

  /** Puts those of one routine, counted from 0. */
  void set(int[] partners) {
    for (int i = 0; i < count; i++) {
      pivots.set(JAVA_INT, offset + 4L * i, partners[i] + 1);
    }
  }

  private int[] partners() {
    int[] partners = new int[count];
    for (int i = 0; i < count; i++) {
      partners[i] = partner(i);
    }
    return partners;
  }

  private int partner(int i) {
    return Objects.checkIndex(pivots.get(JAVA_INT, offset + 4L * i) - 1, count);
  }
}
