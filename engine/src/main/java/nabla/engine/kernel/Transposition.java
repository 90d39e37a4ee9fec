package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * Transposes matrices. Doubles go in strips of eight rows, so that a column of the strip fills a
 * cache line of the target, and so many columns at a time that the rows of the target stay in the
 * processor's table of pages.
 */
public final class Transposition {
  private static final int STRIP = 8;
  private static final int COLUMNS = 512;

  /** Up to this order a triangle is copied number by number. */
  private static final int SMALL = 24;

  private Transposition() {}

  /**
   * {@code b = a'}; a is m x n and overlaps b nowhere.
   *
   * @throws IndexOutOfBoundsException if an operand leaves its segment
   */
  public static void transpose(
      Precision precision,
      int m,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment b,
      long bOffset,
      int ldb) {
    Matrix from = Matrix.of(precision, a, aOffset, m, n, lda);
    Matrix to = Matrix.target(precision, b, bOffset, n, m, ldb);
    for (int j = 0; j < n; j += COLUMNS) {
      int columns = Math.min(COLUMNS, n - j);
      for (int i = 0; i < m; i += STRIP) {
        int rows = Math.min(STRIP, m - i);
        transposeStrip(from.block(i, j, rows, columns), to.block(j, i, columns, rows));
      }
    }
  }

  /** Copies the upper triangle of an n x n matrix to the lower one. */
  public static void mirror(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    Matrix matrix = Matrix.target(precision, a, aOffset, n, n, lda);
    if (n <= SMALL) {
      mirrorSmall(matrix);
      return;
    }
    for (int i = 0; i < n; i += STRIP) {
      int rows = Math.min(STRIP, n - i);
      mirrorSmall(matrix.block(i, i, rows, rows));
    }
    for (int first = 0; first < n; first += COLUMNS) {
      int end = Math.min(first + COLUMNS, n);
      for (int i = 0; i + STRIP < end; i += STRIP) {
        int j = Math.max(first, i + STRIP);
        transposeStrip(matrix.block(i, j, STRIP, end - j), matrix.block(j, i, end - j, STRIP));
      }
    }
  }

  private static void mirrorSmall(Matrix matrix) {
    MemorySegment segment = matrix.segment();
    long down = matrix.down();
    int n = matrix.rows();
    if (matrix.precision() == Precision.DOUBLE) {
      for (int i = 0; i + 1 < n; i++) {
        long diagonal = matrix.offset() + i * (down + 8);
        transposeRow(segment, diagonal + 8, segment, diagonal + down, down, n - i - 1);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        matrix.set(j, i, matrix.get(i, j));
      }
    }
  }

  private static void transposeStrip(Matrix from, Matrix to) {
    int side =
        VectorTiles.transpose(
            from.precision(),
            from.rows(),
            from.columns(),
            from.segment(),
            from.offset(),
            from.down(),
            to.segment(),
            to.offset(),
            to.down());
    if (side == 0) transposeNumbers(from, to);
    else transposeEdges(from, to, side);
  }

  /** The numbers outside of whole squares. */
  private static void transposeEdges(Matrix from, Matrix to, int side) {
    int rows = from.rows() % side;
    int columns = from.columns() % side;
    int across = from.columns() - columns;
    if (columns > 0) {
      int all = from.rows();
      transposeNumbers(from.block(0, across, all, columns), to.block(across, 0, columns, all));
    }
    if (rows > 0) {
      int down = from.rows() - rows;
      transposeNumbers(from.block(down, 0, rows, across), to.block(0, down, across, rows));
    }
  }

  private static void transposeNumbers(Matrix from, Matrix to) {
    if (from.precision() != Precision.DOUBLE) {
      for (int j = 0; j < from.columns(); j++) {
        for (int i = 0; i < from.rows(); i++) {
          to.set(j, i, from.get(i, j));
        }
      }
    } else if (from.rows() == STRIP) {
      transposeDoubles(
          from.segment(),
          from.offset(),
          from.down(),
          to.segment(),
          to.offset(),
          to.down(),
          from.columns());
    } else {
      for (int i = 0; i < from.rows(); i++) {
        transposeRow(
            from.segment(),
            from.offset() + i * from.down(),
            to.segment(),
            to.offset() + 8L * i,
            to.down(),
            from.columns());
      }
    }
  }

  private static void transposeRow(
      MemorySegment from,
      long fromOffset,
      MemorySegment to,
      long toOffset,
      long toDown,
      int columns) {
    for (int j = 0; j < columns; j++) {
      to.set(JAVA_DOUBLE, toOffset + j * toDown, from.get(JAVA_DOUBLE, fromOffset + 8L * j));
    }
  }

  private static void transposeDoubles(
      MemorySegment from,
      long fromOffset,
      long fromDown,
      MemorySegment to,
      long toOffset,
      long toDown,
      int columns) {
    for (int j = 0; j < columns; j++) {
      long source = fromOffset + 8L * j;
      double value0 = from.get(JAVA_DOUBLE, source);
      double value1 = from.get(JAVA_DOUBLE, source + fromDown);
      double value2 = from.get(JAVA_DOUBLE, source + 2 * fromDown);
      double value3 = from.get(JAVA_DOUBLE, source + 3 * fromDown);
      double value4 = from.get(JAVA_DOUBLE, source + 4 * fromDown);
      double value5 = from.get(JAVA_DOUBLE, source + 5 * fromDown);
      double value6 = from.get(JAVA_DOUBLE, source + 6 * fromDown);
      double value7 = from.get(JAVA_DOUBLE, source + 7 * fromDown);
      long target = toOffset + j * toDown;
      to.set(JAVA_DOUBLE, target, value0);
      to.set(JAVA_DOUBLE, target + 8, value1);
      to.set(JAVA_DOUBLE, target + 16, value2);
      to.set(JAVA_DOUBLE, target + 24, value3);
      to.set(JAVA_DOUBLE, target + 32, value4);
      to.set(JAVA_DOUBLE, target + 40, value5);
      to.set(JAVA_DOUBLE, target + 48, value6);
      to.set(JAVA_DOUBLE, target + 56, value7);
    }
  }
}
