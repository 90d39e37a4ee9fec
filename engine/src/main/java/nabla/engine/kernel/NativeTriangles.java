package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

/** Equations with triangular matrices by OpenBLAS, for checked operands. */
final class NativeTriangles {

  private NativeTriangles() {}

  /**
   * {@code b = inv(t)*b}.
   *
   * @param twice whether the same with t' follows
   */
  static void solve(Triangle triangle, Matrix t, Matrix b, boolean twice) {
    BlockedTriangle blocked = BlockedTriangle.of(triangle, t, b, twice ? 2 : 1);
    if (blocked != null) {
      blocked.solve(b, twice);
      return;
    }
    substitute(triangle, t, b);
    if (twice) substitute(triangle.transpose(), t.transpose(), b);
  }

  /** {@code b = inv(t)*b} by substitution. */
  static void substitute(Triangle triangle, Matrix t, Matrix b) {
    try {
      if (b.columns() == 1) {
        substituteVector(triangle, t, b);
      } else {
        substituteMatrix(triangle, t, b);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(t, t, b);
    }
  }

  private static void substituteVector(Triangle triangle, Matrix t, Matrix b) throws Throwable {
    int u = half(triangle, t);
    int o = t.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN;
    int d = triangle.isUnit() ? Blas.UNIT : Blas.NON_UNIT;
    int n = b.rows();
    if (t.precision() == DOUBLE) {
      Blas.Dtrsv.HANDLE.invokeExact(
          Blas.ROW_MAJOR, u, o, d, n, t.address(), t.leading(), b.address(), b.rowStep());
    } else {
      Blas.Strsv.HANDLE.invokeExact(
          Blas.ROW_MAJOR, u, o, d, n, t.address(), t.leading(), b.address(), b.rowStep());
    }
  }

  /** If b is stored by columns, it is the transpose of {@code b'*inv(t')}. */
  private static void substituteMatrix(Triangle triangle, Matrix t, Matrix b) throws Throwable {
    int s = b.isByColumns() ? Blas.RIGHT : Blas.LEFT;
    int u = half(triangle, t);
    int o = t.isByColumns() != b.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN;
    int d = triangle.isUnit() ? Blas.UNIT : Blas.NON_UNIT;
    int m = b.lines();
    int n = b.lineLength();
    long pt = t.address();
    long pb = b.address();
    if (t.precision() == DOUBLE) {
      Blas.Dtrsm.HANDLE.invokeExact(
          Blas.ROW_MAJOR, s, u, o, d, m, n, 1.0, pt, t.leading(), pb, b.leading());
    } else {
      Blas.Strsm.HANDLE.invokeExact(
          Blas.ROW_MAJOR, s, u, o, d, m, n, 1f, pt, t.leading(), pb, b.leading());
    }
  }

  /** The half that is read of the rows in memory. */
  private static int half(Triangle triangle, Matrix t) {
    return triangle.isLower() != t.isByColumns() ? Blas.LOWER : Blas.UPPER;
  }
}
