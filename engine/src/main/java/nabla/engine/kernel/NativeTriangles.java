package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

/** Equations with triangular matrices by OpenBLAS. */
final class NativeTriangles {

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
    int s = side == Side.LEFT ? Blas.LEFT : Blas.RIGHT;
    int u = triangle.isLower() ? Blas.LOWER : Blas.UPPER;
    int o = transpose ? Blas.TRANSPOSED : Blas.PLAIN;
    int d = triangle.isUnit() ? Blas.UNIT : Blas.NON_UNIT;
    int lt = Math.max(1, ldt);
    int lb = Math.max(1, ldb);
    boolean vector = side == Side.LEFT && n == 1;
    try {
      if (vector && precision == DOUBLE) {
        Blas.Dtrsv.HANDLE.invokeExact(Blas.ROW_MAJOR, u, o, d, m, t, lt, b, lb);
      } else if (vector) {
        Blas.Strsv.HANDLE.invokeExact(Blas.ROW_MAJOR, u, o, d, m, t, lt, b, lb);
      } else if (precision == DOUBLE) {
        Blas.Dtrsm.HANDLE.invokeExact(Blas.ROW_MAJOR, s, u, o, d, m, n, 1.0, t, lt, b, lb);
      } else {
        Blas.Strsm.HANDLE.invokeExact(Blas.ROW_MAJOR, s, u, o, d, m, n, 1f, t, lt, b, lb);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }
}
