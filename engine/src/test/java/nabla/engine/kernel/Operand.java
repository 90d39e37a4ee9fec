package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** A matrix in memory that begins behind an offset and has gaps between its rows. */
record Operand(
    Precision precision, MemorySegment segment, long offset, int rows, int columns, int leading) {
  private static final double GAP = -77;

  static Operand filled(Precision precision, int rows, int columns, DoubleSupplier values) {
    int before = 3;
    int leading = columns + 2;
    int numbers = before + Math.max(0, (rows - 1) * leading + columns);
    var segment = Arena.ofAuto().allocate((long) numbers * precision.bytes(), 64);
    var operand =
        new Operand(precision, segment, (long) before * precision.bytes(), rows, columns, leading);
    for (int i = 0; i < numbers; i++) {
      operand.put(i, GAP);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        operand.set(i, j, values.getAsDouble());
      }
    }
    return operand;
  }

  static Operand random(Precision precision, int rows, int columns, long seed) {
    var random = new Random(seed);
    return filled(precision, rows, columns, random::nextGaussian);
  }

  static Operand of(Precision precision, double[][] values, int rows, int columns) {
    var operand = filled(precision, rows, columns, () -> 0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        operand.set(i, j, values[i][j]);
      }
    }
    return operand;
  }

  Matrix matrix() {
    return Matrix.of(precision, segment, offset, rows, columns, leading);
  }

  double get(int i, int j) {
    return at(index(i, j));
  }

  void set(int i, int j, double value) {
    put(index(i, j), value);
  }

  double[][] values() {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = get(i, j);
      }
    }
    return values;
  }

  /** The matrix is this one but for rounding, and nothing was written around it. */
  void assertIs(double[][] expected) {
    double tolerance = precision == Precision.DOUBLE ? 1e-12 : 1e-4;
    assertNear(precision, values(), expected, tolerance);
    assertGaps();
  }

  static void assertNear(
      Precision precision, double[][] actual, double[][] expected, double tolerance) {
    double scale = 1;
    for (double[] row : expected) {
      for (double value : row) {
        scale = Math.max(scale, Math.abs(value));
      }
    }
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        double difference = Math.abs(actual[i][j] - expected[i][j]);
        if (!(difference <= tolerance * scale)) {
          assertThat(actual[i][j])
              .as("%s [%d][%d] of %d rows", precision, i, j, expected.length)
              .isEqualTo(expected[i][j]);
        }
      }
    }
  }

  void assertGaps() {
    long numbers = segment.byteSize() / precision.bytes();
    long before = offset / precision.bytes();
    for (long i = 0; i < numbers; i++) {
      if (i < before || (i - before) % leading >= columns) {
        assertThat(at(i)).as("the number %d, outside the matrix", i).isEqualTo(GAP);
      }
    }
  }

  private long index(int i, int j) {
    return offset / precision.bytes() + (long) i * leading + j;
  }

  private double at(long index) {
    return precision == Precision.DOUBLE
        ? segment.getAtIndex(JAVA_DOUBLE, index)
        : segment.getAtIndex(JAVA_FLOAT, index);
  }

  private void put(long index, double value) {
    if (precision == Precision.DOUBLE) {
      segment.setAtIndex(JAVA_DOUBLE, index, value);
    } else {
      segment.setAtIndex(JAVA_FLOAT, index, (float) value);
    }
  }
}
