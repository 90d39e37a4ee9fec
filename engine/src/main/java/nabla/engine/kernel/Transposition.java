package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Completes symmetric matrices. Goes in strips of few rows, so that a column of the strip fills
 * whole cache lines of the target, and so many columns at a time that the rows of the target stay
 * in the processor's table of pages.
 */
public final class Transposition {
  private static final int STRIP = 16;
  private static final int COLUMNS = 512;

  /** Up to this order a triangle is copied number by number. */
  private static final int SMALL = 24;

  private Transposition() {}

  /** Copies the upper triangle of a square matrix, stored by rows, to the lower one. */
  public static void mirror(Matrix matrix) {
    Operands.checkSquare(matrix);
    mirror(matrix.precision(), matrix.rows(), matrix.segment(), matrix.offset(), matrix.down());
  }

  private static void mirror(Precision precision, int n, MemorySegment a, long aOffset, long down) {
    int bytes = precision.bytes();
    if (n <= SMALL) {
      triangle(precision, n, a, aOffset, down);
      return;
    }
    for (int i = 0; i < n; i += STRIP) {
      triangle(precision, Math.min(STRIP, n - i), a, aOffset + i * (down + bytes), down);
    }
    for (int first = 0; first < n; first += COLUMNS) {
      int end = Math.min(first + COLUMNS, n);
      for (int i = 0; i + STRIP < end; i += STRIP) {
        int j = Math.max(first, i + STRIP);
        long above = aOffset + i * down + (long) j * bytes;
        long below = aOffset + j * down + (long) i * bytes;
        block(precision, STRIP, end - j, a, above, down, a, below, down);
      }
    }
  }

  private static void triangle(
      Precision precision, int n, MemorySegment a, long offset, long down) {
    int bytes = precision.bytes();
    for (int i = 0; i + 1 < n; i++) {
      long diagonal = offset + i * (down + bytes);
      row(precision, n - i - 1, a, diagonal + bytes, a, diagonal + down, down);
    }
  }

  /**
   * {@code b = a'} for memory that is checked already: whole squares by vectors, where there are
   * any, and the rest number by number. Offsets and the strides of rows are in bytes.
   */
  static void block(
      Precision precision,
      int rows,
      int columns,
      MemorySegment a,
      long from,
      long down,
      MemorySegment b,
      long to,
      long toDown) {
    long bytes = precision.bytes();
    int side = VectorTiles.transpose(precision, rows, columns, a, from, down, b, to, toDown);
    int wholeRows = side == 0 ? 0 : rows - rows % side;
    int across = side == 0 ? 0 : columns - columns % side;
    for (int i = across == columns ? wholeRows : 0; i < rows; i++) {
      int j = i < wholeRows ? across : 0;
      long source = from + i * down + j * bytes;
      row(precision, columns - j, a, source, b, to + j * toDown + i * bytes, toDown);
    }
  }

  /** A row becomes a column. */
  private static void row(
      Precision precision,
      int columns,
      MemorySegment a,
      long from,
      MemorySegment b,
      long to,
      long toDown) {
    if (precision == Precision.DOUBLE) {
      for (int j = 0; j < columns; j++) {
        b.set(JAVA_DOUBLE_UNALIGNED, to + j * toDown, a.get(JAVA_DOUBLE_UNALIGNED, from + 8L * j));
      }
    } else {
      for (int j = 0; j < columns; j++) {
        b.set(JAVA_FLOAT_UNALIGNED, to + j * toDown, a.get(JAVA_FLOAT_UNALIGNED, from + 4L * j));
      }
    }
  }
}
