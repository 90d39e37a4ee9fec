package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.Determinants;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;

/** What is computed from a factorisation, but for solutions of equations. */
final class FactoredWork implements Runnable {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.Factored node;
  private final Precision precision;
  private final Factors factors;
  private final MemorySegment result;
  private final long to;

  FactoredWork(Node.Factored node, Memory memory, Precision precision) {
    this.node = node;
    this.precision = precision;
    this.factors = Factors.of(node.factorization(), memory, precision);
    this.result = memory.segment(node.result());
    this.to = memory.offset(node.result());
  }

  @Override
  public void run() {
    if (factors.isSingular() && node.use() == Node.Use.DETERMINANT) {
      put(0);
      return;
    }
    if (factors.isNothing() || factors.isSingular()) {
      long count = node.result().count();
      for (long k = 0; k < count; k++) Numbers.put(result, to, k, Double.NaN, precision);
      return;
    }
    switch (node.use()) {
      case INVERSE -> invert();
      case LOG_DETERMINANT -> put(logDeterminant());
      case DETERMINANT -> put(determinant());
      case SOLUTION, TRANSPOSED_SOLUTION, HALF_SOLUTION ->
          throw new IllegalStateException("equations: " + node);
    }
  }

  private void put(double number) {
    Numbers.put(result, to, 0, number, precision);
  }

  /** NaN unless the determinant is positive. */
  private double logDeterminant() {
    int n = factors.n();
    if (factors.isCholesky()) {
      return Determinants.logOfCholesky(precision, n, factors.memory(), factors.matrix(), lead());
    }
    return sign() > 0 ? magnitude() : Double.NaN;
  }

  private double determinant() {
    int n = factors.n();
    return factors.isCholesky()
        ? Determinants.ofCholesky(precision, n, factors.memory(), factors.matrix(), lead())
        : Determinants.ofLu(
            precision,
            n,
            factors.memory(),
            factors.matrix(),
            lead(),
            factors.memory(),
            factors.pivots());
  }

  private double magnitude() {
    return Determinants.logOfLu(precision, factors.n(), factors.memory(), factors.matrix(), lead());
  }

  private double sign() {
    return Determinants.signOfLu(
        precision,
        factors.n(),
        factors.memory(),
        factors.matrix(),
        lead(),
        factors.memory(),
        factors.pivots());
  }

  private int lead() {
    return Math.max(1, factors.n());
  }

  private void invert() {
    int n = factors.n();
    MemorySegment.copy(
        factors.memory(), factors.matrix(), result, to, (long) n * n * precision.bytes());
    int lead = Math.max(1, n);
    if (factors.isCholesky()) algebra.choleskyInverse(precision, n, result, to, lead);
    else algebra.luInverse(precision, n, result, to, lead, factors.memory(), factors.pivots());
  }
}
