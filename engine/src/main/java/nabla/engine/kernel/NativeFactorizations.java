package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Factorizations by OpenBLAS's LAPACK, which counts by columns: it sees the transpose of a
 * row-major matrix. A symmetric matrix is its own, with the triangles exchanged.
 */
final class NativeFactorizations {
  private NativeFactorizations() {}

  static boolean cholesky(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    long pa = Addresses.target(precision, a, aOffset, n, n, lda);
    LapackArguments arguments = LapackArguments.ofThread();
    long size = arguments.size(n);
    long leading = arguments.leading(Math.max(1, lda));
    try {
      if (precision == DOUBLE) {
        Blas.Dpotrf.HANDLE.invokeExact(arguments.lower(), size, pa, leading, arguments.info(), 1L);
      } else {
        Blas.Spotrf.HANDLE.invokeExact(arguments.lower(), size, pa, leading, arguments.info(), 1L);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(a, a, a);
    }
    return arguments.result() == 0 && isFiniteOnDiagonal(precision, n, a, aOffset, lda);
  }

  /** OpenBLAS takes NaN and infinities for positive; they spread to the diagonal. */
  private static boolean isFiniteOnDiagonal(
      Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    Matrix matrix = Matrix.of(precision, a, aOffset, n, n, lda);
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(matrix.get(i, i))) {
        return false;
      }
    }
    return true;
  }

  static void choleskyInverse(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    long pa = Addresses.target(precision, a, aOffset, n, n, lda);
    LapackArguments arguments = LapackArguments.ofThread();
    long size = arguments.size(n);
    long leading = arguments.leading(Math.max(1, lda));
    try {
      if (precision == DOUBLE) {
        Blas.Dpotri.HANDLE.invokeExact(arguments.lower(), size, pa, leading, arguments.info(), 1L);
      } else {
        Blas.Spotri.HANDLE.invokeExact(arguments.lower(), size, pa, leading, arguments.info(), 1L);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(a, a, a);
    }
    if (arguments.result() == 0) {
      Transposition.mirror(precision, n, a, aOffset, lda);
    } else {
      Matrix.of(precision, a, aOffset, n, n, lda).fill(Double.NaN);
    }
  }

  static int lu(
      Precision precision,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment pivots,
      long pivotsOffset) {
    long pa = Addresses.target(precision, a, aOffset, n, n, lda);
    long pp = Addresses.pivots(pivots, pivotsOffset, n);
    LapackArguments arguments = LapackArguments.ofThread();
    long size = arguments.size(n);
    long leading = arguments.leading(Math.max(1, lda));
    try {
      if (precision == DOUBLE) {
        Blas.Dgetrf.HANDLE.invokeExact(size, size, pa, leading, pp, arguments.info());
      } else {
        Blas.Sgetrf.HANDLE.invokeExact(size, size, pa, leading, pp, arguments.info());
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(a, a, pivots);
    }
    return arguments.result();
  }

  static void luInverse(
      Precision precision,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment pivots,
      long pivotsOffset) {
    long pa = Addresses.target(precision, a, aOffset, n, n, lda);
    long pp = Addresses.pivots(pivots, pivotsOffset, n);
    new Exchanges(pivots, pivotsOffset, n).check();
    LapackArguments arguments = LapackArguments.ofThread();
    long size = arguments.size(n);
    long leading = arguments.leading(Math.max(1, lda));
    // 64 columns at a time, as LAPACK likes
    int numbers = Math.max(1, Math.multiplyExact(n, 64));
    long workSize = arguments.count(numbers);
    try (Arena arena = Arena.ofConfined()) {
      long work = arena.allocate((long) numbers * precision.bytes(), 64).address();
      if (precision == DOUBLE) {
        Blas.Dgetri.HANDLE.invokeExact(size, pa, leading, pp, work, workSize, arguments.info());
      } else {
        Blas.Sgetri.HANDLE.invokeExact(size, pa, leading, pp, work, workSize, arguments.info());
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(a, a, pivots);
    }
    if (arguments.result() != 0) {
      Matrix.of(precision, a, aOffset, n, n, lda).fill(Double.NaN);
    }
  }

  /** {@code b = b*inv(op(a))}; b is m x n. */
  static void luSolve(
      Precision precision,
      boolean transpose,
      int n,
      int m,
      MemorySegment lu,
      long luOffset,
      int ldlu,
      MemorySegment pivots,
      long pivotsOffset,
      MemorySegment b,
      long bOffset,
      int ldb) {
    long pa = Addresses.matrix(precision, lu, luOffset, n, n, ldlu);
    long pp = Addresses.pivots(pivots, pivotsOffset, n);
    long pb = Addresses.target(precision, b, bOffset, m, n, ldb);
    new Exchanges(pivots, pivotsOffset, n).check();
    LapackArguments arguments = LapackArguments.ofThread();
    long form = transpose ? arguments.transposed() : arguments.plain();
    long size = arguments.size(n);
    long count = arguments.count(m);
    long leading = arguments.leading(Math.max(1, ldlu));
    long other = arguments.otherLeading(Math.max(1, ldb));
    long info = arguments.info();
    try {
      if (precision == DOUBLE) {
        Blas.Dgetrs.HANDLE.invokeExact(form, size, count, pa, leading, pp, pb, other, info, 1L);
      } else {
        Blas.Sgetrs.HANDLE.invokeExact(form, size, count, pa, leading, pp, pb, other, info, 1L);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(lu, pivots, b);
    }
    var _ = arguments.result();
  }
}
