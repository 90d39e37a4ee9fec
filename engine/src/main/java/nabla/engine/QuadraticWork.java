package nabla.engine;

import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;

/** The quadratic form of an inverse, from half solutions or from whole ones. */
final class QuadraticWork implements Runnable {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final double alpha;
  private final Factors factors;
  private final Matrix solution;
  private final Matrix right;
  private final Matrix result;

  QuadraticWork(Node.QuadraticForm node, Memory memory) {
    this.alpha = node.alpha();
    this.factors = Factors.of(node.factorization(), memory);
    this.right = memory.matrix(node.right());
    this.solution = memory.matrix(node.solution(), 0, right.rows(), right.columns());
    this.result = memory.matrix(node.result(), 0, 1, 1);
  }

  @Override
  public void run() {
    Matrix other = factors.isCholesky() ? solution : right;
    result.set(0, 0, alpha * algebra.dot(solution, other));
  }
}
