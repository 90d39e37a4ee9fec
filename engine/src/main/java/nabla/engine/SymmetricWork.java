package nabla.engine;

import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.Transposition;

/** A'*A at once: its upper triangle is made by several threads, and mirrored in the end. */
final class SymmetricWork implements Work {

  /**
   * Some rows of the triangle.
   *
   * @param a columns of A, as rows
   * @param square where their products with one another go
   * @param others the columns of A behind them
   * @param beside where their products with these go
   */
  private record Part(Matrix a, Matrix square, Matrix others, Matrix beside) {}

  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final double alpha;
  private final Matrix factor;
  private final Matrix result;
  private final int n;
  private final Blocks<Part> parts = new Blocks<>(this::part);

  SymmetricWork(Node.SymmetricProduct node, Memory memory) {
    this.alpha = node.alpha();
    this.n = node.factor().columns();
    this.factor = memory.matrix(node.factor()).transpose();
    this.result = memory.matrix(node.result(), 0, n, n);
  }

  private Part part(int first, int count) {
    int from = row(first);
    int to = row(first + count);
    int terms = factor.columns();
    return new Part(
        factor.block(from, 0, to - from, terms),
        result.block(from, from, to - from, to - from),
        factor.block(to, 0, n - to, terms).transpose(),
        result.block(from, to, to - from, n - to));
  }

  @Override
  public void run(int first, int rows, boolean fresh) {
    if (rows == n) {
      algebra.syrk(alpha, factor, 0, result);
      return;
    }
    Part part = parts.at(first, rows);
    algebra.syrkUpper(alpha, part.a, 0, part.square);
    algebra.gemm(alpha, part.a, part.others, 0, part.beside);
  }

  /** The row before which lies a {@code position/n} of the triangle. */
  private int row(int position) {
    return (int) Math.round(n - Math.sqrt((double) n * (n - position)));
  }

  @Override
  public void finish() {
    Transposition.mirror(result);
  }

  @Override
  public int extent() {
    return n;
  }

  @Override
  public double points() {
    return Work.pointsLike((double) n * n * factor.columns());
  }
}
