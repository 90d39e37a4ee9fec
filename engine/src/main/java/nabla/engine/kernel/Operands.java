package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Checks that operands lie in their segments and fit each other: native code would read and write
 * beyond without a word.
 */
final class Operands {
  private Operands() {}

  /**
   * Checks a row-major matrix.
   *
   * @throws IllegalArgumentException if a size is negative, a row is longer than the leading
   *     dimension, or the segment lies on the Java heap
   * @throws IndexOutOfBoundsException if an element lies outside the segment
   * @throws IllegalStateException if the segment's arena is closed
   */
  static void check(
      MemorySegment segment, long offset, int bytes, int rows, int columns, int leading) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("the segment lies on the Java heap");
    }
    if (rows < 0 || columns < 0 || leading < columns) {
      throw new IllegalArgumentException(
          "a %d x %d matrix with leading dimension %d".formatted(rows, columns, leading));
    }
    if (rows == 0 || columns == 0) {
      return;
    }
    long elements = (rows - 1L) * leading + columns;
    if (offset < 0 || elements > (segment.byteSize() - offset) / bytes) {
      throw new IndexOutOfBoundsException(
          "a %d x %d matrix of %d-byte numbers with leading dimension %d at byte %d leaves a segment of %d bytes"
              .formatted(rows, columns, bytes, leading, offset, segment.byteSize()));
    }
    checkAlive(segment, offset);
  }

  /** Checks the arena and the thread, as every read does. */
  static void checkAlive(MemorySegment segment, long offset) {
    var _ = segment.get(ValueLayout.JAVA_BYTE, offset);
  }

  static IllegalArgumentException readOnly() {
    return new IllegalArgumentException("the segment to write to is read-only");
  }

  /** Checks {@code c = a*b}. */
  static void checkProduct(Matrix a, Matrix b, Matrix c) {
    if (a.rows() != c.rows() || a.columns() != b.rows() || b.columns() != c.columns()) {
      throw unfit(a, b, c);
    }
    checkPrecision(a, c);
    checkPrecision(b, c);
    a.checkAlive();
    b.checkAlive();
    c.checkTarget();
  }

  /** Checks {@code c = a*a'}. */
  static void checkSquare(Matrix a, Matrix c) {
    checkSquare(c);
    if (a.rows() != c.rows()) {
      throw unfit(a, a, c);
    }
    checkPrecision(a, c);
    a.checkAlive();
  }

  /** Checks {@code t*x = b}. */
  static void checkEquations(Matrix t, Matrix b) {
    if (t.rows() != t.columns() || t.rows() != b.rows()) {
      throw unfit(t, b, b);
    }
    checkPrecision(t, b);
    t.checkAlive();
    b.checkTarget();
  }

  /** Checks a square matrix that is written, row by row. */
  static void checkSquare(Matrix a) {
    if (a.rows() != a.columns()) {
      throw new IllegalArgumentException(shape(a) + " is not square");
    }
    if (a.isByColumns()) {
      throw new IllegalArgumentException("the matrix is stored by columns");
    }
    a.checkTarget();
  }

  /** Checks a vector. */
  static void checkVector(Matrix x) {
    if (x.columns() != 1) {
      throw new IllegalArgumentException(shape(x) + " is not a vector");
    }
  }

  /** Checks two matrices that are walked together. */
  static void checkAlike(Matrix a, Matrix b) {
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
      throw new IllegalArgumentException(shape(a) + " and " + shape(b));
    }
  }

  static void checkPrecision(Matrix a, Matrix b) {
    if (a.precision() != b.precision()) {
      throw new IllegalArgumentException(
          "numbers of %s and %s precision".formatted(a.precision(), b.precision()));
    }
  }

  private static IllegalArgumentException unfit(Matrix a, Matrix b, Matrix c) {
    return new IllegalArgumentException(
        "%s times %s is not %s".formatted(shape(a), shape(b), shape(c)));
  }

  private static String shape(Matrix a) {
    return "a %d x %d matrix".formatted(a.rows(), a.columns());
  }
}
