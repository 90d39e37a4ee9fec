package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.Transposition;

/** A'*A at once: its upper triangle is made by several threads, and mirrored in the end. */
final class SymmetricWork implements Work {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Precision precision;
  private final double alpha;
  private final MatrixView factor;
  private final MemorySegment a;
  private final MemorySegment c;
  private final long aOffset;
  private final long cOffset;
  private final int n;

  SymmetricWork(Node.SymmetricProduct node, Memory memory, Precision precision) {
    this.precision = precision;
    this.alpha = node.alpha();
    this.factor = node.factor();
    this.a = memory.segment(factor.value());
    this.c = memory.segment(node.result());
    this.aOffset = memory.offset(factor.value()) + factor.offset() * precision.bytes();
    this.cOffset = memory.offset(node.result());
    this.n = factor.columns();
  }

  @Override
  public void run(int first, int rows, boolean fresh) {
    boolean turned = !factor.transposed();
    int k = factor.rows();
    int lead = factor.leading();
    if (rows == n) {
      algebra.syrk(precision, turned, n, k, alpha, a, aOffset, lead, 0, c, cOffset, n);
      return;
    }
    int from = row(first);
    int to = row(first + rows);
    if (from == to) return;
    long left = aOffset + from * factor.columnStride() * precision.bytes();
    long right = aOffset + to * factor.columnStride() * precision.bytes();
    long row = cOffset + (long) from * n * precision.bytes();
    long corner = row + (long) from * precision.bytes();
    algebra.syrkUpper(precision, turned, to - from, k, alpha, a, left, lead, 0, c, corner, n);
    if (to == n) return;
    algebra.gemm(
        precision,
        turned,
        !turned,
        to - from,
        n - to,
        k,
        alpha,
        a,
        left,
        lead,
        a,
        right,
        lead,
        0,
        c,
        row + (long) to * precision.bytes(),
        n);
  }

  /** The row before which lies a {@code position/n} of the triangle. */
  private int row(int position) {
    return (int) Math.round(n - Math.sqrt((double) n * (n - position)));
  }

  @Override
  public void finish() {
    Transposition.mirror(precision, n, c, cOffset, n);
  }

  @Override
  public int extent() {
    return n;
  }

  @Override
  public double points() {
    return Work.pointsLike((double) n * n * factor.rows());
  }
}
