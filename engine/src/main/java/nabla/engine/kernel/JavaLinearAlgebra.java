package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Linear algebra in Java, in one thread: for machines without OpenBLAS. Numbers of single precision
 * are computed with in double precision.
 *
 * @param description why there is no native code
 */
record JavaLinearAlgebra(String description) implements LinearAlgebra {
  private static final int BLOCK = 64;

  @Override
  public void withThreads(int count, Runnable work) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " threads");
    }
    work.run();
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
    Matrix left = oriented(precision, a, aOffset, m, k, lda, transposeA);
    Matrix right = oriented(precision, b, bOffset, k, n, ldb, transposeB);
    JavaProduct.multiply(alpha, left, right, beta, Matrix.target(precision, c, cOffset, m, n, ldc));
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
    JavaVectors.gemv(
        alpha,
        Matrix.of(precision, a, aOffset, m, n, lda).transposeIf(transpose),
        Matrix.of(precision, x, xOffset, transpose ? m : n, 1, incx),
        beta,
        Matrix.target(precision, y, yOffset, transpose ? n : m, 1, incy));
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
    Matrix factor = oriented(precision, a, aOffset, n, k, lda, transpose);
    Matrix target = Matrix.target(precision, c, cOffset, n, n, ldc);
    for (int i = 0; i < n; i += BLOCK) {
      int rows = Math.min(BLOCK, n - i);
      JavaProduct.multiply(
          alpha,
          factor.block(i, 0, rows, k),
          factor.block(i, 0, n - i, k).transpose(),
          beta,
          target.block(i, i, rows, n - i));
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
    return JavaVectors.dot(
        Matrix.of(precision, x, xOffset, n, 1, incx), Matrix.of(precision, y, yOffset, n, 1, incy));
  }

  @Override
  public void scal(
      Precision precision, int n, double alpha, MemorySegment x, long xOffset, int incx) {
    Matrix.target(precision, x, xOffset, n, 1, incx).scale(alpha);
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
    boolean right = side == Side.RIGHT;
    int order = right ? n : m;
    JavaFactorizations.solve(
        Matrix.of(precision, t, tOffset, order, order, ldt).transposeIf(transpose != right),
        triangle.isLower() == (transpose == right),
        triangle.isUnit(),
        Matrix.target(precision, b, bOffset, m, n, ldb).transposeIf(right));
  }

  @Override
  public boolean cholesky(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    return JavaFactorizations.cholesky(Matrix.target(precision, a, aOffset, n, n, lda));
  }

  @Override
  public void choleskyInverse(Precision precision, int n, MemorySegment a, long aOffset, int lda) {
    Matrix target = Matrix.target(precision, a, aOffset, n, n, lda);
    Matrix inverse = Matrix.identity(n);
    JavaFactorizations.solve(target.transpose(), true, false, inverse);
    JavaFactorizations.solve(target, false, false, inverse);
    target.copyFrom(inverse);
    Transposition.mirror(precision, n, a, aOffset, lda);
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
    Operands.checkVector(pivots, pivotsOffset, Integer.BYTES, n, 1);
    int[] exchanges = new int[n];
    int singular =
        JavaFactorizations.lu(Matrix.target(precision, a, aOffset, n, n, lda), exchanges);
    for (int i = 0; i < n; i++) {
      pivots.set(JAVA_INT, pivotsOffset + 4L * i, exchanges[i] + 1);
    }
    return singular;
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
    Matrix target = Matrix.target(precision, a, aOffset, n, n, lda);
    Exchanges exchanges = new Exchanges(pivots, pivotsOffset, n);
    for (int i = 0; i < n; i++) {
      if (target.get(i, i) == 0) {
        target.fill(Double.NaN);
        return;
      }
    }
    Matrix inverse = Matrix.identity(n);
    JavaFactorizations.solve(target, true, false, inverse);
    JavaFactorizations.solve(target, false, true, inverse);
    exchanges.backward(inverse);
    target.copyFrom(inverse);
  }

  private static Matrix oriented(
      Precision precision,
      MemorySegment segment,
      long offset,
      int rows,
      int columns,
      int leading,
      boolean transpose) {
    return transpose
        ? Matrix.of(precision, segment, offset, columns, rows, leading).transpose()
        : Matrix.of(precision, segment, offset, rows, columns, leading);
  }
}
