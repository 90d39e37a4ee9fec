package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;

/** Transposes matrices, in blocks of which a source and a target fit into the first-level cache. */
public final class Transposition {
  private static final int BLOCK = 32;

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
    for (int i = 0; i < m; i += BLOCK) {
      for (int j = 0; j < n; j += BLOCK) {
        transposeBlock(from, to, i, Math.min(i + BLOCK, m), j, Math.min(j + BLOCK, n));
      }
    }
  }

  private static void transposeBlock(
      Matrix from, Matrix to, int firstRow, int lastRow, int firstColumn, int lastColumn) {
    for (int j = firstColumn; j < lastColumn; j++) {
      for (int i = firstRow; i < lastRow; i++) {
        to.set(j, i, from.get(i, j));
      }
    }
  }

  /** Copies the lower triangle of an n x n matrix to the upper one. */
  static void mirror(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    Matrix matrix = Matrix.of(precision, a, aOffset, n, n, lda);
    for (int i = 0; i < n; i += BLOCK) {
      for (int j = 0; j <= i; j += BLOCK) {
        mirrorBlock(matrix, i, Math.min(i + BLOCK, n), j, Math.min(j + BLOCK, n));
      }
    }
  }

  private static void mirrorBlock(
      Matrix matrix, int firstRow, int lastRow, int firstColumn, int lastColumn) {
    for (int j = firstColumn; j < lastColumn; j++) {
      for (int i = Math.max(firstRow, j + 1); i < lastRow; i++) {
        matrix.set(j, i, matrix.get(i, j));
      }
    }
  }
}
