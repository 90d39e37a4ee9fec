package nabla.engine;

import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.Determinants;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;

/** What is computed from a factorisation, but for solutions of equations. */
final class FactoredWork implements Runnable {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.Use use;
  private final Factors factors;

  /** The inverse, or the only number. */
  private final Matrix result;

  FactoredWork(Node.Factored node, Memory memory) {
    this.use = node.use();
    this.factors = Factors.of(node.factorization(), memory);
    int n = use == Node.Use.INVERSE ? factors.n() : 1;
    this.result = memory.matrix(node.result(), 0, n, n);
  }

  @Override
  public void run() {
    if (factors.isNothing()) result.fill(Double.NaN);
    else if (factors.isSingular()) result.fill(ofSingular());
    else compute();
  }

  private double ofSingular() {
    return switch (use) {
      case DETERMINANT -> 0;
      case LOG_DETERMINANT -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  private void compute() {
    switch (use) {
      case INVERSE -> invert();
      case LOG_DETERMINANT -> result.set(0, 0, logDeterminant());
      case DETERMINANT -> result.set(0, 0, determinant());
      case SOLUTION, TRANSPOSED_SOLUTION, HALF_SOLUTION ->
          throw new IllegalStateException("equations: " + use);
    }
  }

  /** NaN if the determinant is negative. */
  private double logDeterminant() {
    if (factors.isCholesky()) return Determinants.logOfCholesky(factors.matrix());
    return Determinants.signOfLu(factors.matrix(), factors.exchanges()) > 0
        ? Determinants.logOfLu(factors.matrix())
        : Double.NaN;
  }

  private double determinant() {
    return factors.isCholesky()
        ? Determinants.ofCholesky(factors.matrix())
        : Determinants.ofLu(factors.matrix(), factors.exchanges());
  }

  private void invert() {
    result.copyFrom(factors.matrix());
    if (factors.isCholesky()) algebra.choleskyInverse(result);
    else algebra.luInverse(result, factors.exchanges());
  }
}
