package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

import java.lang.foreign.Arena;
import java.lang.ref.Reference;

/**
 * Factorizations by OpenBLAS's LAPACK, for checked operands. It counts by columns: it sees the
 * transpose of a row-major matrix. A symmetric matrix is its own, with the triangles exchanged.
 */
final class NativeFactorizations {
  private NativeFactorizations() {}

  static boolean cholesky(Matrix a) {
    LapackArguments arguments = LapackArguments.ofThread();
    long lower = arguments.lower();
    long size = arguments.size(a.rows());
    long leading = arguments.leading(a.leading());
    long info = arguments.info();
    try {
      if (a.precision() == DOUBLE) {
        Blas.Dpotrf.HANDLE.invokeExact(lower, size, a.address(), leading, info, 1L);
      } else {
        Blas.Spotrf.HANDLE.invokeExact(lower, size, a.address(), leading, info, 1L);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(a, a, a);
    }
    return arguments.result() == 0 && isFiniteOnDiagonal(a);
  }

  /** OpenBLAS takes NaN and infinities for positive; they spread to the diagonal. */
  private static boolean isFiniteOnDiagonal(Matrix a) {
    for (int i = 0; i < a.rows(); i++) {
      if (!Double.isFinite(a.get(i, i))) {
        return false;
      }
    }
    return true;
  }

  static void choleskyInverse(Matrix u) {
    LapackArguments arguments = LapackArguments.ofThread();
    long lower = arguments.lower();
    long size = arguments.size(u.rows());
    long leading = arguments.leading(u.leading());
    long info = arguments.info();
    try {
      if (u.precision() == DOUBLE) {
        Blas.Dpotri.HANDLE.invokeExact(lower, size, u.address(), leading, info, 1L);
      } else {
        Blas.Spotri.HANDLE.invokeExact(lower, size, u.address(), leading, info, 1L);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Matrix.keep(u, u, u);
    }
    if (arguments.result() == 0) {
      Transposition.mirror(u);
    } else {
      u.fill(Double.NaN);
    }
  }

  static int lu(Matrix a, Exchanges exchanges) {
    LapackArguments arguments = LapackArguments.ofThread();
    long size = arguments.size(a.rows());
    long leading = arguments.leading(a.leading());
    long pivots = exchanges.address();
    long info = arguments.info();
    try {
      if (a.precision() == DOUBLE) {
        Blas.Dgetrf.HANDLE.invokeExact(size, size, a.address(), leading, pivots, info);
      } else {
        Blas.Sgetrf.HANDLE.invokeExact(size, size, a.address(), leading, pivots, info);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      keep(a, exchanges, a);
    }
    return arguments.result();
  }

  static void luInverse(Matrix lu, Exchanges exchanges) {
    LapackArguments arguments = LapackArguments.ofThread();
    long size = arguments.size(lu.rows());
    long leading = arguments.leading(lu.leading());
    long pivots = exchanges.address();
    // 64 columns at a time, as LAPACK likes
    int numbers = Math.max(1, Math.multiplyExact(lu.rows(), 64));
    long count = arguments.count(numbers);
    long info = arguments.info();
    try (Arena arena = Arena.ofConfined()) {
      long work = arena.allocate((long) numbers * lu.precision().bytes(), 64).address();
      if (lu.precision() == DOUBLE) {
        Blas.Dgetri.HANDLE.invokeExact(size, lu.address(), leading, pivots, work, count, info);
      } else {
        Blas.Sgetri.HANDLE.invokeExact(size, lu.address(), leading, pivots, work, count, info);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      keep(lu, exchanges, lu);
    }
    if (arguments.result() != 0) {
      lu.fill(Double.NaN);
    }
  }

  /** {@code b = inv(a)*b} for a b that is stored by columns. */
  static void luSolve(Matrix lu, Exchanges exchanges, Matrix b) {
    LapackArguments arguments = LapackArguments.ofThread();
    long form = lu.isByColumns() ? arguments.plain() : arguments.transposed();
    long size = arguments.size(lu.rows());
    long count = arguments.count(b.columns());
    long leading = arguments.leading(lu.leading());
    long other = arguments.otherLeading(b.leading());
    long pivots = exchanges.address();
    long info = arguments.info();
    long pa = lu.address();
    long pb = b.address();
    try {
      if (lu.precision() == DOUBLE) {
        Blas.Dgetrs.HANDLE.invokeExact(form, size, count, pa, leading, pivots, pb, other, info, 1L);
      } else {
        Blas.Sgetrs.HANDLE.invokeExact(form, size, count, pa, leading, pivots, pb, other, info, 1L);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      keep(lu, exchanges, b);
    }
    var _ = arguments.result();
  }

  @SuppressWarnings("ReachabilityFenceUsage")
  private static void keep(Matrix a, Exchanges exchanges, Matrix b) {
    Matrix.keep(a, a, b);
    Reference.reachabilityFence(exchanges.pivots());
  }
}
