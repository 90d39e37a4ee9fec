package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * A matrix in memory, walked at strides, so that its transpose and its blocks are matrices, too.
 *
 * @param down how many bytes the next row is away
 * @param across how many bytes the next column is away
 */
record Matrix(
    Precision precision,
    MemorySegment segment,
    long offset,
    int rows,
    int columns,
    long down,
    long across) {

  static Matrix of(
      Precision precision, MemorySegment segment, long offset, int rows, int columns, int leading) {
    int bytes = precision.bytes();
    Operands.check(segment, offset, bytes, rows, columns, leading);
    return new Matrix(
        precision, segment, offset, rows, columns, (long) leading * bytes, (long) bytes);
  }

  /** A matrix that is written. */
  static Matrix target(
      Precision precision, MemorySegment segment, long offset, int rows, int columns, int leading) {
    Operands.checkWritable(segment);
    return of(precision, segment, offset, rows, columns, leading);
  }

  /** The unit matrix in memory of its own. */
  static Matrix identity(int size) {
    double[] numbers = new double[Math.multiplyExact(size, size)];
    for (int i = 0; i < size; i++) {
      numbers[i * size + i] = 1;
    }
    return of(Precision.DOUBLE, MemorySegment.ofArray(numbers), 0, size, size, size);
  }

  Matrix transpose() {
    return new Matrix(precision, segment, offset, columns, rows, across, down);
  }

  Matrix transposeIf(boolean transpose) {
    return transpose ? transpose() : this;
  }

  Matrix block(int row, int column, int rows, int columns) {
    long at = offset + row * down + column * across;
    return new Matrix(precision, segment, at, rows, columns, down, across);
  }

  /** Whether the numbers of a column, not those of a row, are neighbours in memory. */
  boolean isColumnMajor() {
    return across != precision.bytes() && down == precision.bytes();
  }

  /** Where it begins, for native code. */
  long address() {
    return segment.address() + offset;
  }

  /** How many numbers the next row is away. */
  int leading() {
    return (int) (down / precision.bytes());
  }

  double get(int row, int column) {
    long at = offset + row * down + column * across;
    return precision == Precision.DOUBLE
        ? segment.get(JAVA_DOUBLE, at)
        : segment.get(JAVA_FLOAT, at);
  }

  void set(int row, int column, double value) {
    long at = offset + row * down + column * across;
    if (precision == Precision.DOUBLE) {
      segment.set(JAVA_DOUBLE, at, value);
    } else {
      segment.set(JAVA_FLOAT, at, (float) value);
    }
  }

  /** Copies the matrix to the beginnings of the rows of an array. */
  void load(double[][] into) {
    if (isColumnMajor()) {
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          into[i][j] = get(i, j);
        }
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (precision == Precision.DOUBLE && across == Double.BYTES) {
        MemorySegment.copy(segment, JAVA_DOUBLE, offset + i * down, into[i], 0, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          into[i][j] = get(i, j);
        }
      }
    }
  }

  /** Copies the beginnings of the rows of an array to the matrix. */
  void store(double[][] from) {
    if (isColumnMajor()) {
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          set(i, j, from[i][j]);
        }
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (precision == Precision.DOUBLE && across == Double.BYTES) {
        MemorySegment.copy(from[i], 0, segment, JAVA_DOUBLE, offset + i * down, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          set(i, j, from[i][j]);
        }
      }
    }
  }

  /** Copies another matrix of the same shape. */
  void copyFrom(Matrix other) {
    boolean byRows = across == precision.bytes() && other.across == across;
    for (int i = 0; i < rows; i++) {
      if (byRows && precision == other.precision) {
        long from = other.offset + i * other.down;
        MemorySegment.copy(other.segment, from, segment, offset + i * down, columns * across);
        continue;
      }
      for (int j = 0; j < columns; j++) {
        set(i, j, other.get(i, j));
      }
    }
  }

  void fill(double value) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        set(i, j, value);
      }
    }
  }

  /** Multiplies by a number; 0 overwrites, be there NaN or not. */
  void scale(double factor) {
    if (factor == 0) {
      fill(0);
    } else if (factor != 1) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          set(i, j, factor * get(i, j));
        }
      }
    }
  }
}
