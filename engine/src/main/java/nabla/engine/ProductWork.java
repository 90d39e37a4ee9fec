package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;

/** A product of matrices over memory, or of a matrix and a vector. */
final class ProductWork implements Work {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Precision precision;
  private final double alpha;
  private final MatrixView left;
  private final MatrixView right;
  private final MemorySegment a;
  private final MemorySegment b;
  private final MemorySegment c;
  private final long aOffset;
  private final long bOffset;
  private final long cOffset;
  private final int columns;

  ProductWork(Node.MatrixProduct node, Memory memory, Precision precision) {
    this.precision = precision;
    this.alpha = node.alpha();
    this.left = node.left();
    this.right = node.right();
    this.a = memory.segment(left.value());
    this.b = memory.segment(right.value());
    this.c = memory.segment(node.result());
    this.aOffset = memory.offset(left.value()) + left.offset() * precision.bytes();
    this.bOffset = memory.offset(right.value()) + right.offset() * precision.bytes();
    this.cOffset = memory.offset(node.result());
    this.columns = right.columns();
  }

  /** Some of its rows, if there is no split. */
  @Override
  public void run(int first, int rows, boolean fresh) {
    long width = precision.bytes();
    rows(rows, first * left.rowStride() * width, (long) first * columns * width);
  }

  @Override
  public int extent() {
    return left.rows();
  }

  /** With a vector each number of the matrix is read once, as in a loop. */
  @Override
  public double points() {
    double numbers = (double) left.rows() * left.columns();
    return columns == 1 ? numbers : Work.pointsLike(2 * numbers * columns);
  }

  /** Some of its rows. */
  void rows(int count, long aFurther, long cFurther) {
    multiply(count, left.columns(), aFurther, 0, cFurther, 0);
  }

  /** What some positions of the inner axis contribute. */
  void inner(int count, long aFurther, long bFurther, double beta) {
    multiply(left.rows(), count, aFurther, bFurther, 0, beta);
  }

  private void multiply(int m, int k, long x, long y, long z, double beta) {
    if (columns == 1) {
      vector(left, m, k, a, aOffset + x, b, bOffset + y, step(right), cOffset + z, beta);
    } else if (left.rows() == 1) {
      MatrixView turned = right.turned();
      vector(
          turned, columns, k, b, bOffset + y, a, aOffset + x, step(left.turned()), cOffset, beta);
    } else {
      algebra.gemm(
          precision,
          left.transposed(),
          right.transposed(),
          m,
          columns,
          k,
          alpha,
          a,
          aOffset + x,
          left.leading(),
          b,
          bOffset + y,
          right.leading(),
          beta,
          c,
          cOffset + z,
          columns);
    }
  }

  /** How far apart the numbers of a single column are. */
  private static int step(MatrixView column) {
    return column.transposed() ? 1 : column.leading();
  }

  private void vector(
      MatrixView matrix,
      int rows,
      int inner,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      int step,
      long to,
      double beta) {
    boolean turned = matrix.transposed();
    algebra.gemv(
        precision,
        turned,
        turned ? inner : rows,
        turned ? rows : inner,
        alpha,
        m,
        mOffset,
        matrix.leading(),
        v,
        vOffset,
        step,
        beta,
        c,
        to,
        1);
  }
}
