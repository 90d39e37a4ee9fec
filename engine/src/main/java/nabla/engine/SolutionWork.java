package nabla.engine;

import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.Triangle;

/**
 * Solves equations with a factorised matrix. The right sides are columns, or rows, which are the
 * columns of the transpose, and do not wait for one another.
 */
final class SolutionWork implements Work {
  private record Part(Matrix right, Matrix solution) {}

  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.Use use;
  private final double alpha;
  private final Matrix right;
  private final Matrix solution;
  private final Factors factors;

  /** The lower triangle whose transpose is the upper one. */
  private final Matrix lower;

  private final Matrix lu;
  private final Blocks<Part> parts = new Blocks<>(this::part);

  SolutionWork(Node.Factored node, MatrixView right, Memory memory) {
    this.use = node.use();
    this.alpha = node.alpha();
    this.right = memory.matrix(right).transposeIf(node.byRows());
    this.solution =
        memory.matrix(node.result(), 0, right.rows(), right.columns()).transposeIf(node.byRows());
    this.factors = Factors.of(node.factorization(), memory);
    this.lower = factors.matrix().transpose();
    this.lu = use == Node.Use.TRANSPOSED_SOLUTION ? lower : factors.matrix();
  }

  private Part part(int first, int count) {
    return new Part(
        right.block(0, first, right.rows(), count), solution.block(0, first, right.rows(), count));
  }

  @Override
  public int extent() {
    return right.columns();
  }

  @Override
  public double points() {
    return Work.pointsLike(2.0 * factors.n() * right.rows() * right.columns());
  }

  @Override
  public void run(int first, int count, boolean fresh) {
    Part part = parts.at(first, count);
    if (factors.isNothing() || factors.isSingular()) {
      part.solution.fill(Double.NaN);
      return;
    }
    part.solution.copyFrom(part.right);
    solve(part.solution);
    if (alpha != 1) algebra.scal(alpha, part.solution);
  }

  private void solve(Matrix b) {
    if (!factors.isCholesky()) algebra.luSolve(lu, factors.exchanges(), b);
    else if (use == Node.Use.HALF_SOLUTION) algebra.solveTriangular(Triangle.LOWER, lower, b);
    else algebra.choleskySolve(factors.matrix(), b);
  }
}
