package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * Linear algebra by OpenBLAS. Operands are checked and handed over as bare addresses, so that a
 * call allocates nothing.
 *
 * <p>LAPACK counts rows by columns: it sees the transpose of a row-major matrix. A symmetric matrix
 * is its own, with the triangles exchanged.
 */
final class NativeLinearAlgebra implements LinearAlgebra {

  /** Up to this order, dgemm, which has kernels for small matrices, makes both triangles sooner. */
  private static final int SMALL = 64;

  private final OpenBlas.Found library;
  private final OpenBlasThreads threads;

  NativeLinearAlgebra(OpenBlas.Found library) {
    this.library = library;
    this.threads = new OpenBlasThreads(library);
  }

  @Override
  public String description() {
    int count = threads.count();
    return "OpenBLAS %s (%s), %d thread%s"
        .formatted(library.version(), library.core(), count, count == 1 ? "" : "s");
  }

  @Override
  public void withThreads(int count, Runnable work) {
    threads.run(count, work);
  }

  @Override
  public void gemm(
      Precision precision,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment b,
      long bOffset,
      int ldb,
      double beta,
      MemorySegment c,
      long cOffset,
      int ldc) {
    ProductParts parts = ProductParts.of(!transposeA && transposeB, m, n, k, threads.count());
    long bytes = precision.bytes();
    int count = parts.extent(m, n, k);
    for (int first = 0; first < count; first += parts.size()) {
      int size = Math.min(parts.size(), count - first);
      long from = first * bytes;
      boolean rows = parts.along() == ProductParts.Along.ROWS;
      boolean columns = parts.along() == ProductParts.Along.COLUMNS;
      boolean terms = parts.along() == ProductParts.Along.TERMS;
      multiply(
          precision,
          transposeA,
          transposeB,
          rows ? size : m,
          columns ? size : n,
          terms ? size : k,
          alpha,
          a,
          aOffset + (columns ? 0 : rows == transposeA ? from : from * lda),
          lda,
          b,
          bOffset + (rows ? 0 : terms == transposeB ? from : from * ldb),
          ldb,
          terms && first > 0 ? 1 : beta,
          c,
          cOffset + (rows ? from * ldc : columns ? from : 0),
          ldc);
    }
  }

  private static void multiply(
      Precision precision,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment b,
      long bOffset,
      int ldb,
      double beta,
      MemorySegment c,
      long cOffset,
      int ldc) {
    long pa =
        transposeA
            ? Addresses.matrix(precision, a, aOffset, k, m, lda)
            : Addresses.matrix(precision, a, aOffset, m, k, lda);
    long pb =
        transposeB
            ? Addresses.matrix(precision, b, bOffset, n, k, ldb)
            : Addresses.matrix(precision, b, bOffset, k, n, ldb);
    long pc = Addresses.target(precision, c, cOffset, m, n, ldc);
    try {
      NativeProducts.gemm(
          precision, transposeA, transposeB, m, n, k, alpha, pa, lda, pb, ldb, beta, pc, ldc);
    } finally {
      Addresses.keep(a, b, c);
    }
  }

  @Override
  public void gemv(
      Precision precision,
      boolean transpose,
      int m,
      int n,
      double alpha,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment x,
      long xOffset,
      int incx,
      double beta,
      MemorySegment y,
      long yOffset,
      int incy) {
    long pa = Addresses.matrix(precision, a, aOffset, m, n, lda);
    int xs = transpose ? m : n;
    int ys = transpose ? n : m;
    long px = Addresses.matrix(precision, x, xOffset, xs, 1, incx);
    long py = Addresses.target(precision, y, yOffset, ys, 1, incy);
    if (xs == 0) { // BLAS would leave y as it is
      Matrix.of(precision, y, yOffset, ys, 1, incy).scale(beta);
      return;
    }
    int t = transpose ? Blas.TRANSPOSED : Blas.PLAIN;
    int la = Math.max(1, lda);
    try {
      if (precision == DOUBLE) {
        Blas.Dgemv.HANDLE.invokeExact(
            Blas.ROW_MAJOR, t, m, n, alpha, pa, la, px, incx, beta, py, incy);
      } else {
        Blas.Sgemv.HANDLE.invokeExact(
            Blas.ROW_MAJOR, t, m, n, (float) alpha, pa, la, px, incx, (float) beta, py, incy);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(a, x, y);
    }
  }

  @Override
  public void syrkUpper(
      Precision precision,
      boolean transpose,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long aOffset,
      int lda,
      double beta,
      MemorySegment c,
      long cOffset,
      int ldc) {
    if (n <= SMALL) {
      gemm(
          precision,
          transpose,
          !transpose,
          n,
          n,
          k,
          alpha,
          a,
          aOffset,
          lda,
          a,
          aOffset,
          lda,
          beta,
          c,
          cOffset,
          ldc);
    } else {
      triangle(precision, transpose, n, k, alpha, a, aOffset, lda, beta, c, cOffset, ldc);
    }
  }

  private static void triangle(
      Precision precision,
      boolean transpose,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long aOffset,
      int lda,
      double beta,
      MemorySegment c,
      long cOffset,
      int ldc) {
    long pa =
        transpose
            ? Addresses.matrix(precision, a, aOffset, k, n, lda)
            : Addresses.matrix(precision, a, aOffset, n, k, lda);
    long pc = Addresses.target(precision, c, cOffset, n, n, ldc);
    int t = transpose ? Blas.TRANSPOSED : Blas.PLAIN;
    int la = Math.max(1, lda);
    int lc = Math.max(1, ldc);
    try {
      if (precision == DOUBLE) {
        Blas.Dsyrk.HANDLE.invokeExact(
            Blas.ROW_MAJOR, Blas.UPPER, t, n, k, alpha, pa, la, beta, pc, lc);
      } else {
        Blas.Ssyrk.HANDLE.invokeExact(
            Blas.ROW_MAJOR, Blas.UPPER, t, n, k, (float) alpha, pa, la, (float) beta, pc, lc);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(a, a, c);
    }
  }

  @Override
  public double dot(
      Precision precision,
      int n,
      MemorySegment x,
      long xOffset,
      int incx,
      MemorySegment y,
      long yOffset,
      int incy) {
    long px = Addresses.matrix(precision, x, xOffset, n, 1, incx);
    long py = Addresses.matrix(precision, y, yOffset, n, 1, incy);
    try {
      return precision == DOUBLE
          ? (double) Blas.Ddot.HANDLE.invokeExact(n, px, incx, py, incy)
          : (float) Blas.Sdot.HANDLE.invokeExact(n, px, incx, py, incy);
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(x, x, y);
    }
  }

  @Override
  public void scal(
      Precision precision, int n, double alpha, MemorySegment x, long xOffset, int incx) {
    long px = Addresses.target(precision, x, xOffset, n, 1, incx);
    if (alpha == 0) { // versions of OpenBLAS differ in what becomes of NaN
      Matrix.of(precision, x, xOffset, n, 1, incx).fill(0);
      return;
    }
    try {
      if (precision == DOUBLE) {
        Blas.Dscal.HANDLE.invokeExact(n, alpha, px, incx);
      } else {
        Blas.Sscal.HANDLE.invokeExact(n, (float) alpha, px, incx);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    } finally {
      Addresses.keep(x, x, x);
    }
  }

  @Override
  public void solveTriangular(
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
    NativeTriangles.solve(
        side,
        triangle,
        transpose,
        false,
        Matrix.of(precision, t, tOffset, order, order, ldt),
        Matrix.target(precision, b, bOffset, m, n, ldb));
  }

  @Override
  public void choleskySolve(
      Precision precision,
      Side side,
      int m,
      int n,
      MemorySegment u,
      long uOffset,
      int ldu,
      MemorySegment b,
      long bOffset,
      int ldb) {
    int order = side == Side.LEFT ? m : n;
    NativeTriangles.solve(
        side,
        Triangle.UPPER,
        side == Side.LEFT,
        true,
        Matrix.of(precision, u, uOffset, order, order, ldu),
        Matrix.target(precision, b, bOffset, m, n, ldb));
  }

  @Override
  public boolean cholesky(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    return NativeFactorizations.cholesky(precision, n, a, aOffset, lda);
  }

  @Override
  public void choleskyInverse(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    NativeFactorizations.choleskyInverse(precision, n, a, aOffset, lda);
  }

  @Override
  public int lu(
      Precision precision,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment pivots,
      long pivotsOffset) {
    return NativeFactorizations.lu(precision, n, a, aOffset, lda, pivots, pivotsOffset);
  }

  @Override
  public void luInverse(
      Precision precision,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment pivots,
      long pivotsOffset) {
    NativeFactorizations.luInverse(precision, n, a, aOffset, lda, pivots, pivotsOffset);
  }

  @Override
  public void luSolve(
      Precision precision,
      Side side,
      boolean transpose,
      int m,
      int n,
      MemorySegment lu,
      long luOffset,
      int ldlu,
      MemorySegment pivots,
      long pivotsOffset,
      MemorySegment b,
      long bOffset,
      int ldb) {
    if (side == Side.RIGHT && !BlockedTriangle.isWorthwhile(side, n, m, 1)) {
      NativeFactorizations.luSolve(
          precision, transpose, n, m, lu, luOffset, ldlu, pivots, pivotsOffset, b, bOffset, ldb);
    } else if (side == Side.LEFT && n == 1 && ldb == 1) {
      // a column without gaps is a row, too
      NativeFactorizations.luSolve(
          precision, !transpose, m, 1, lu, luOffset, ldlu, pivots, pivotsOffset, b, bOffset, m);
    } else {
      LinearAlgebra.super.luSolve(
          precision,
          side,
          transpose,
          m,
          n,
          lu,
          luOffset,
          ldlu,
          pivots,
          pivotsOffset,
          b,
          bOffset,
          ldb);
    }
  }
}
