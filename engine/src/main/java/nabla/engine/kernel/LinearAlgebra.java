package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Dense linear algebra on row-major matrices outside the Java heap. An operand is a segment, the
 * byte at which the matrix begins in it, and its leading dimension: how many numbers the next row
 * is away. A vector has an increment instead, which is positive. Scalars are doubles in both
 * precisions.
 *
 * <p>A factor 0 before an operand means that it is not read: {@code beta = 0} overwrites NaN. The
 * operands that a routine writes overlap no others.
 *
 * <p>Every routine throws {@link IndexOutOfBoundsException} if an operand leaves its segment,
 * {@link IllegalArgumentException} if a row is longer than its leading dimension, and {@link
 * IllegalStateException} if the arena of a segment is closed. Nothing is written then.
 */
public sealed interface LinearAlgebra permits NativeLinearAlgebra, JavaLinearAlgebra {

  /** OpenBLAS if it can be had here, else Java. */
  static LinearAlgebra best() {
    return BestLinearAlgebra.INSTANCE;
  }

  /** What does the work, and if it is not native code, why: {@code OpenBLAS 0.3.31 (SkylakeX)}. */
  String description();

  /**
   * Does work in which a routine may use so many threads. There is one setting in the whole
   * process: it is the most that anyone asks for at the time, so that others may get more than they
   * asked for, with the same results up to rounding.
   */
  void withThreads(int count, Runnable work);

  /** {@code c = alpha*op(a)*op(b) + beta*c}; op(a) is m x k, op(b) is k x n. */
  void gemm(
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
      int ldc);

  /** {@code y = alpha*op(a)*x + beta*y}; a, before transposition, is m x n. */
  void gemv(
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
      int incy);

  /**
   * The upper triangle of {@code c = alpha*op(a)*op(a)' + beta*c}; op(a) is n x k. What stands
   * below the diagonal then is of no use.
   */
  void syrkUpper(
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
      int ldc);

  /** The same, in full: symmetric to the last bit. Of c before, the upper triangle is read. */
  default void syrk(
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
    syrkUpper(precision, transpose, n, k, alpha, a, aOffset, lda, beta, c, cOffset, ldc);
    Transposition.mirror(precision, n, c, cOffset, ldc);
  }

  /** {@code x'*y}. */
  double dot(
      Precision precision,
      int n,
      MemorySegment x,
      long xOffset,
      int incx,
      MemorySegment y,
      long yOffset,
      int incy);

  /** {@code x = alpha*x}; a factor 0 makes zeros of NaN. */
  void scal(Precision precision, int n, double alpha, MemorySegment x, long xOffset, int incx);

  /**
   * {@code b = inv(op(t))*b} or, on the right, {@code b = b*inv(op(t))}; b is m x n. A diagonal
   * with a 0 gives infinities and NaN.
   */
  void solveTriangular(
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
      int ldb);

  /**
   * Puts the upper triangular u with {@code a = u'*u} in place of the upper triangle of a symmetric
   * n x n matrix. The numbers below the diagonal are neither read nor written.
   *
   * @return whether a is positive definite; if not, or if an entry is infinite or NaN, the upper
   *     triangle holds nothing of use
   */
  boolean cholesky(Precision precision, int n, MemorySegment a, long aOffset, int lda);

  /** Puts {@code inv(u'*u)}, in full and symmetric, in place of what {@link #cholesky} left. */
  void choleskyInverse(Precision precision, int n, MemorySegment a, long aOffset, int lda);

  /** {@code b = inv(u'*u)*b} or, on the right, {@code b = b*inv(u'*u)}; b is m x n. */
  default void choleskySolve(
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
    boolean left = side == Side.LEFT;
    solveTriangular(precision, side, Triangle.UPPER, left, m, n, u, uOffset, ldu, b, bOffset, ldb);
    solveTriangular(precision, side, Triangle.UPPER, !left, m, n, u, uOffset, ldu, b, bOffset, ldb);
  }

  /**
   * Factorizes an n x n matrix in place as {@code a = l*u*p'}: l is lower triangular, u upper
   * triangular with ones on its diagonal, which are not stored, and p exchanges columns. (It is
   * what LAPACK makes of the transpose of a.)
   *
   * @param pivots n 32-bit integers: in the step i the columns i and pivots[i] change places, both
   *     counted from 1
   * @return 0, or the number, from 1 on, of the first pivot that is 0: then a is singular
   */
  int lu(
      Precision precision,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment pivots,
      long pivotsOffset);

  /**
   * Puts inv(a) in place of what {@link #lu} left of a: NaN everywhere if a pivot was 0.
   *
   * @param pivots as {@link #lu} left them
   */
  void luInverse(
      Precision precision,
      int n,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment pivots,
      long pivotsOffset);

  /**
   * {@code b = inv(op(a))*b} or, on the right, {@code b = b*inv(op(a))}, for an a that {@link #lu}
   * has factorized; b is m x n.
   */
  default void luSolve(
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
    // x*inv(op(a)) is the transpose of inv(op(a)')*x'; both go through the same exchanges
    boolean lowerFirst = transpose == (side == Side.RIGHT);
    Exchanges exchanges = new Exchanges(pivots, pivotsOffset, side == Side.LEFT ? m : n);
    Matrix rows = Matrix.target(precision, b, bOffset, m, n, ldb).transposeIf(side == Side.RIGHT);
    if (!lowerFirst) {
      exchanges.forward(rows);
    }
    Triangle first = lowerFirst ? Triangle.LOWER : Triangle.UNIT_UPPER;
    Triangle second = lowerFirst ? Triangle.UNIT_UPPER : Triangle.LOWER;
    solveTriangular(precision, side, first, transpose, m, n, lu, luOffset, ldlu, b, bOffset, ldb);
    solveTriangular(precision, side, second, transpose, m, n, lu, luOffset, ldlu, b, bOffset, ldb);
    if (lowerFirst) {
      exchanges.backward(rows);
    }
  }
}
