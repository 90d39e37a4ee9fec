package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.Determinants;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.Side;
import nabla.engine.kernel.Triangle;

/** What is computed from a factorisation. */
final class FactoredWork implements Runnable {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.Factored node;
  private final Precision precision;
  private final Memory memory;
  private final Factors factors;
  private final MemorySegment result;
  private final long to;

  FactoredWork(Node.Factored node, Memory memory, Precision precision) {
    this.node = node;
    this.precision = precision;
    this.memory = memory;
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
      case SOLUTION -> solve(false);
      case TRANSPOSED_SOLUTION -> solve(true);
      case HALF_SOLUTION -> {
        if (factors.isCholesky()) solveHalf();
        else solve(false);
      }
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

  /** The columns of inv(U')*B, or the rows of B*inv(U). */
  private void solveHalf() {
    MatrixView right = Objects.requireNonNull(node.right());
    copy(right);
    algebra.solveTriangular(
        precision,
        node.byRows() ? Side.RIGHT : Side.LEFT,
        Triangle.UPPER,
        !node.byRows(),
        right.rows(),
        right.columns(),
        factors.memory(),
        factors.matrix(),
        lead(),
        result,
        to,
        Math.max(1, right.columns()));
  }

  private void solve(boolean transposed) {
    MatrixView right = Objects.requireNonNull(node.right());
    int rows = right.rows();
    int columns = right.columns();
    int lead = Math.max(1, columns);
    copy(right);
    Side side = node.byRows() ? Side.RIGHT : Side.LEFT;
    int n = Math.max(1, factors.n());
    if (factors.isCholesky()) {
      algebra.choleskySolve(
          precision, side, rows, columns, factors.memory(), factors.matrix(), n, result, to, lead);
    } else {
      // a row x' with A*x = b is b'*inv(A')
      boolean turned = transposed != node.byRows();
      algebra.luSolve(
          precision,
          side,
          turned,
          rows,
          columns,
          factors.memory(),
          factors.matrix(),
          n,
          factors.memory(),
          factors.pivots(),
          result,
          to,
          lead);
    }
    if (node.alpha() != 1) {
      algebra.scal(precision, Math.multiplyExact(rows, columns), node.alpha(), result, to, 1);
    }
  }

  private void copy(MatrixView right) {
    MemorySegment source = memory.segment(right.value());
    long width = precision.bytes();
    long from = memory.offset(right.value()) + right.offset() * width;
    for (int i = 0; i < right.rows(); i++) {
      MemorySegment.copy(
          source,
          from + (long) i * right.leading() * width,
          result,
          to + (long) i * right.columns() * width,
          right.columns() * width);
    }
  }
}
