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
    try {
      for (int first = 0; first < count; first += parts.size()) {
        int size = Math.min(parts.size(), count - first);
        gemm(
            a.precision(),
            a.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN,
            b.isByColumns() ? Blas.TRANSPOSED : Blas.PLAIN,
            rows ? size : c.rows(),
            columns ? size : c.columns(),
            terms ? size : a.columns(),
            alpha,
            a.address(rows ? first : 0, terms ? first : 0),
            a.leading(),
            b.address(terms ? first : 0, columns ? first : 0),
            b.leading(),
            terms && first > 0 ? 1 : beta,
            c.address(rows ? first : 0, columns ? first : 0),
            c.leading());
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(a, b, c);
    }
  }

  private static void gemm(
      Precision precision,
      int ta,
      int tb,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      int la,
      long b,
      int lb,
      double beta,
      long c,
      int lc)
      throws Throwable {
    if (precision == DOUBLE) {
      Blas.Dgemm.HANDLE.invokeExact(
          Blas.ROW_MAJOR, ta, tb, m, n, k, alpha, a, la, b, lb, beta, c, lc);
    } else {
      Blas.Sgemm.HANDLE.invokeExact(
          Blas.ROW_MAJOR, ta, tb, m, n, k, (float) alpha, a, la, b, lb, (float) beta, c, lc);
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
