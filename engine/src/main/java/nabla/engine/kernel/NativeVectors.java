package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

/** What OpenBLAS does number by number, for checked operands: line by line where there are gaps. */
final class NativeVectors {

  private NativeVectors() {}

  /** The sum of the products of the entries of two matrices of one shape. */
  static double dot(Matrix x, Matrix y) {
    try {
      if (isLine(x) && isLine(y) && x.isByColumns() == y.isByColumns()) {
        return dot(x.precision(), (int) x.count(), x.address(), 1, y.address(), 1);
      }
      if (x.columns() == 1) {
        return dot(x.precision(), x.rows(), x.address(), x.rowStep(), y.address(), y.rowStep());
      }
      double sum = 0;
      for (int i = 0; i < x.rows(); i++) {
        sum +=
            dot(
                x.precision(),
                x.columns(),
                x.address(i, 0),
                x.columnStep(),
                y.address(i, 0),
                y.columnStep());
      }
      return sum;
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(x, x, y);
    }
  }

  /** The products of the rows of a matrix with a column. */
  static void dots(double alpha, Matrix a, Matrix x, Matrix y) {
    try {
      int n = a.columns();
      int step = a.columnStep();
      for (int i = 0; i < a.rows(); i++) {
        double dot = dot(a.precision(), n, a.address(i, 0), step, x.address(), x.rowStep());
        y.set(i, 0, alpha * dot);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(a, x, y);
    }
  }

  private static double dot(Precision precision, int n, long x, int incx, long y, int incy)
      throws Throwable {
    return precision == DOUBLE
        ? (double) Blas.Ddot.HANDLE.invokeExact(n, x, incx, y, incy)
        : (float) Blas.Sdot.HANDLE.invokeExact(n, x, incx, y, incy);
  }

  /** {@code x = alpha*x}. */
  static void scal(double alpha, Matrix x) {
    try {
      if (isLine(x)) {
        scal(x.precision(), (int) x.count(), alpha, x.address(), 1);
      } else if (x.columns() == 1) {
        scal(x.precision(), x.rows(), alpha, x.address(), x.rowStep());
      } else {
        for (int i = 0; i < x.rows(); i++) {
          scal(x.precision(), x.columns(), alpha, x.address(i, 0), x.columnStep());
        }
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(x, x, x);
    }
  }

  private static void scal(Precision precision, int n, double alpha, long x, int incx)
      throws Throwable {
    if (precision == DOUBLE) {
      Blas.Dscal.HANDLE.invokeExact(n, alpha, x, incx);
    } else {
      Blas.Sscal.HANDLE.invokeExact(n, (float) alpha, x, incx);
    }
  }

  private static boolean isLine(Matrix x) {
    return x.isGapless() && x.count() <= Integer.MAX_VALUE;
  }
}
