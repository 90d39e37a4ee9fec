package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

import java.lang.foreign.MemorySegment;

/** Equations with triangular matrices, and products with them, by OpenBLAS. */
final class NativeTriangles {
  // constants of cblas.h
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final int UPPER = 121;
  private static final int LOWER = 122;
  private static final int NON_UNIT = 131;
  private static final int UNIT = 132;
  private static final int LEFT = 141;
  private static final int RIGHT = 142;

  private NativeTriangles() {}

  /**
   * {@code b = inv(op(t))*b} or, on the right, {@code b = b*inv(op(t))}.
   *
   * @param twice whether the same with op(t)' follows
   */
  static void solve(
      Side side, Triangle triangle, boolean transpose, boolean twice, Matrix t, Matrix b) {
    Operands.checkNative(t.segment());
    Operands.checkNative(b.segment());
    int sides = side == Side.LEFT ? b.columns() : b.rows();
    BlockedTriangle blocked = BlockedTriangle.of(t, triangle, side, sides, twice ? 2 : 1);
    try {
      if (blocked != null) {
        blocked.solve(side, transpose, twice, b);
      } else {
        substitute(side, triangle, transpose, t, b);
        if (twice) substitute(side, triangle, !transpose, t, b);
      }
    } finally {
      Addresses.keep(t.segment(), t.segment(), b.segment());
    }
  }

  private static void substitute(
      Side side, Triangle triangle, boolean transpose, Matrix t, Matrix b) {
    substitute(
        t.precision(),
        side,
        triangle,
        transpose,
        b.rows(),
        b.columns(),
        t.address(),
        t.leading(),
        b.address(),
        b.leading());
  }

  /** The same by substitution, for checked operands. */
  static void substitute(
      Precision precision,
      Side side,
      Triangle triangle,
      boolean transpose,
      int m,
      int n,
      long t,
      int ldt,
      long b,
      int ldb) {
    int s = side == Side.LEFT ? LEFT : RIGHT;
    int u = triangle.isLower() ? LOWER : UPPER;
    int o = transpose ? TRANSPOSED : PLAIN;
    int d = triangle.isUnit() ? UNIT : NON_UNIT;
    int lt = Math.max(1, ldt);
    int lb = Math.max(1, ldb);
    boolean vector = side == Side.LEFT && n == 1;
    try {
      if (vector && precision == DOUBLE) {
        Blas.Dtrsv.HANDLE.invokeExact(ROW_MAJOR, u, o, d, m, t, lt, b, lb);
      } else if (vector) {
        Blas.Strsv.HANDLE.invokeExact(ROW_MAJOR, u, o, d, m, t, lt, b, lb);
      } else if (precision == DOUBLE) {
        Blas.Dtrsm.HANDLE.invokeExact(ROW_MAJOR, s, u, o, d, m, n, 1.0, t, lt, b, lb);
      } else {
        Blas.Strsm.HANDLE.invokeExact(ROW_MAJOR, s, u, o, d, m, n, 1f, t, lt, b, lb);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }

  static void multiply(
      Precision precision,
      Side side,
      Triangle triangle,
      boolean transpose,
      int m,
      int n,
      MemorySegment t,
      long tOffset,
      int ldt,
      MemorySegment b,
      long bOffset,
      int ldb) {
    int order = side == Side.LEFT ? m : n;
    long pt = Addresses.matrix(precision, t, tOffset, order, order, ldt);
    long pb = Addresses.target(precision, b, bOffset, m, n, ldb);
    int s = side == Side.LEFT ? LEFT : RIGHT;
    int u = triangle.isLower() ? LOWER : UPPER;
    int o = transpose ? TRANSPOSED : PLAIN;
    int d = triangle.isUnit() ? UNIT : NON_UNIT;
    int lt = Math.max(1, ldt);
    int lb = Math.max(1, ldb);
    try {
      if (precision == DOUBLE) {
        Blas.Dtrmm.HANDLE.invokeExact(ROW_MAJOR, s, u, o, d, m, n, 1.0, pt, lt, pb, lb);
      } else {
        Blas.Strmm.HANDLE.invokeExact(ROW_MAJOR, s, u, o, d, m, n, 1f, pt, lt, pb, lb);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(t, t, b);
    }
  }
}
