package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;

/** Products of matrices by OpenBLAS. */
final class NativeProducts {
  // constants of cblas.h
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;

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
    int ta = transposeA ? TRANSPOSED : PLAIN;
    int tb = transposeB ? TRANSPOSED : PLAIN;
    int la = Math.max(1, lda);
    int lb = Math.max(1, ldb);
    int lc = Math.max(1, ldc);
    try {
      if (precision == DOUBLE) {
        Blas.Dgemm.HANDLE.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, la, b, lb, beta, c, lc);
      } else {
        Blas.Sgemm.HANDLE.invokeExact(
            ROW_MAJOR, ta, tb, m, n, k, (float) alpha, a, la, b, lb, (float) beta, c, lc);
      }
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }
}
