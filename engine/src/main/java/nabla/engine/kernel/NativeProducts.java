package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

/** Products of matrices by OpenBLAS. */
final class NativeProducts {

  private NativeProducts() {}

  static void gemm(
      Precision precision,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      int lda,
      long b,
      int ldb,
      double beta,
      long c,
      int ldc) {
    int ta = transposeA ? Blas.TRANSPOSED : Blas.PLAIN;
    int tb = transposeB ? Blas.TRANSPOSED : Blas.PLAIN;
    int la = Math.max(1, lda);
    int lb = Math.max(1, ldb);
    int lc = Math.max(1, ldc);
    try {
      if (precision == DOUBLE) {
        Blas.Dgemm.HANDLE.invokeExact(
            Blas.ROW_MAJOR, ta, tb, m, n, k, alpha, a, la, b, lb, beta, c, lc);
      } else {
        Blas.Sgemm.HANDLE.invokeExact(
            Blas.ROW_MAJOR, ta, tb, m, n, k, (float) alpha, a, la, b, lb, (float) beta, c, lc);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }
}
