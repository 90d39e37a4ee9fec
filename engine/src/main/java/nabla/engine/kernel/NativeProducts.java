package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

import nabla.engine.kernel.ProductParts.Along;

/** Products of matrices by OpenBLAS, for checked operands. */
final class NativeProducts {

  private NativeProducts() {}

  /** {@code c = alpha*a*b + beta*c} at once. */
  static void gemm(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    if (c.isByColumns()) {
      gemm(ProductParts.WHOLE, alpha, b.transpose(), a.transpose(), beta, c.transpose());
    } else {
      gemm(ProductParts.WHOLE, alpha, a, b, beta, c);
    }
  }

  /** The same in parts, for a c that is stored by rows. */
  static void gemm(ProductParts parts, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    boolean rows = parts.along() == Along.ROWS;
    boolean columns = parts.along() == Along.COLUMNS;
    boolean terms = parts.along() == Along.TERMS;
    int count = parts.extent(c.rows(), c.columns(), a.columns());
    for (int first = 0; first < count; first += parts.size()) {
      int size = Math.min(parts.size(), count - first);
      gemm(
          rows ? first : 0,
          columns ? first : 0,
          terms ? first : 0,
          rows ? size : c.rows(),
          columns ? size : c.columns(),
          terms ? size : a.columns(),
          alpha,
          a,
          b,
          terms && first > 0 ? 1 : beta,
          c);
    }
  }

  /** What m rows from row i on, and n columns from column j on, have of k terms from one on. */
  static void gemm(
      int i,
      int j,
      int term,
      int m,
      int n,
      int k,
      double alpha,
      Matrix a,
      Matrix b,
      double beta,
      Matrix c) {
    int ta = a.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN;
    int tb = b.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN;
    long pa = a.address(i, term);
    int la = a.leading();
    long pb = b.address(term, j);
    int lb = b.leading();
    long pc = c.address(i, j);
    int lc = c.leading();
    try {
      if (a.precision() == DOUBLE) {
        Blas.Dgemm.HANDLE.invokeExact(
            Blas.ROW_MAJOR, ta, tb, m, n, k, alpha, pa, la, pb, lb, beta, pc, lc);
      } else {
        Blas.Sgemm.HANDLE.invokeExact(
            Blas.ROW_MAJOR, ta, tb, m, n, k, (float) alpha, pa, la, pb, lb, (float) beta, pc, lc);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(a, b, c);
    }
  }

  /** {@code y = alpha*a*x + beta*y}. */
  static void gemv(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    int t = a.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN;
    int m = a.lines();
    int n = a.lineLength();
    long pa = a.address();
    int la = a.leading();
    long px = x.address();
    int incx = x.rowStep();
    long py = y.address();
    int incy = y.rowStep();
    try {
      if (a.precision() == DOUBLE) {
        Blas.Dgemv.HANDLE.invokeExact(
            Blas.ROW_MAJOR, t, m, n, alpha, pa, la, px, incx, beta, py, incy);
      } else {
        Blas.Sgemv.HANDLE.invokeExact(
            Blas.ROW_MAJOR, t, m, n, (float) alpha, pa, la, px, incx, (float) beta, py, incy);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(a, x, y);
    }
  }

  /** The upper triangle of {@code c = alpha*a*a' + beta*c}, for a c that is stored by rows. */
  static void syrk(double alpha, Matrix a, double beta, Matrix c) {
    int t = a.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN;
    int n = a.rows();
    int k = a.columns();
    long pa = a.address();
    int la = a.leading();
    long pc = c.address();
    int lc = c.leading();
    try {
      if (a.precision() == DOUBLE) {
        Blas.Dsyrk.HANDLE.invokeExact(
            Blas.ROW_MAJOR, Blas.UPPER, t, n, k, alpha, pa, la, beta, pc, lc);
      } else {
        Blas.Ssyrk.HANDLE.invokeExact(
            Blas.ROW_MAJOR, Blas.UPPER, t, n, k, (float) alpha, pa, la, (float) beta, pc, lc);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(a, a, c);
    }
  }
}
