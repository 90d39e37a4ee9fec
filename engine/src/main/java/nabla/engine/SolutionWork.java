package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.Side;
import nabla.engine.kernel.Triangle;

/**
 * Solves equations with a factorised matrix. The right sides are rows or columns, and do not wait
 * for one another.
 */
final class SolutionWork implements Work {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Precision precision;
  private final Node.Use use;
  private final double alpha;
  private final Side side;
  private final MatrixView right;
  private final MemorySegment source;
  private final long from;
  private final MemorySegment result;
  private final long to;
  private final Factors factors;

  /** How far apart two rows of the result are. */
  private final int lead;

  SolutionWork(Node.Factored node, MatrixView right, Memory memory, Precision precision) {
    this.precision = precision;
    this.use = node.use();
    this.alpha = node.alpha();
    this.side = node.byRows() ? Side.RIGHT : Side.LEFT;
    this.right = right;
    this.source = memory.segment(right.value());
    this.from = memory.offset(right.value()) + right.offset() * precision.bytes();
    this.result = memory.segment(node.result());
    this.to = memory.offset(node.result());
    this.factors = Factors.of(node.factorization(), memory, precision);
    this.lead = Math.max(1, right.columns());
  }

  @Override
  public int extent() {
    return side == Side.RIGHT ? right.rows() : right.columns();
  }

  @Override
  public double points() {
    return Work.pointsLike(2.0 * factors.n() * right.rows() * right.columns());
  }

  @Override
  public void run(int first, int count, boolean fresh) {
    int rows = side == Side.RIGHT ? count : right.rows();
    int columns = side == Side.RIGHT ? right.columns() : count;
    long begin = to + first * (side == Side.RIGHT ? (long) lead : 1) * precision.bytes();
    if (factors.isNothing() || factors.isSingular()) {
      for (int i = 0; i < rows; i++) fill(Double.NaN, begin, i, columns);
      return;
    }
    copy(first, rows, columns, begin);
    if (!factors.isCholesky()) solveByLu(rows, columns, begin);
    else if (use == Node.Use.HALF_SOLUTION) solveHalf(rows, columns, begin);
    else solveByCholesky(rows, columns, begin);
    if (alpha != 1) scale(rows, columns, begin);
  }

  /** The columns of inv(U')*B, or the rows of B*inv(U). */
  private void solveHalf(int rows, int columns, long begin) {
    algebra.solveTriangular(
        precision,
        side,
        Triangle.UPPER,
        side == Side.LEFT,
        rows,
        columns,
        factors.memory(),
        factors.matrix(),
        Math.max(1, factors.n()),
        result,
        begin,
        lead);
  }

  private void solveByCholesky(int rows, int columns, long begin) {
    algebra.choleskySolve(
        precision,
        side,
        rows,
        columns,
        factors.memory(),
        factors.matrix(),
        Math.max(1, factors.n()),
        result,
        begin,
        lead);
  }

  /** A row x' with A*x = b is b'*inv(A'). */
  private void solveByLu(int rows, int columns, long begin) {
    algebra.luSolve(
        precision,
        side,
        (use == Node.Use.TRANSPOSED_SOLUTION) != (side == Side.RIGHT),
        rows,
        columns,
        factors.memory(),
        factors.matrix(),
        Math.max(1, factors.n()),
        factors.memory(),
        factors.pivots(),
        result,
        begin,
        lead);
  }

  private void scale(int rows, int columns, long begin) {
    if (columns == lead) {
      algebra.scal(precision, Math.multiplyExact(rows, columns), alpha, result, begin, 1);
      return;
    }
    for (int i = 0; i < rows; i++) {
      algebra.scal(precision, columns, alpha, result, begin + row(i), 1);
    }
  }

  private void copy(int first, int rows, int columns, long begin) {
    long width = precision.bytes();
    long step = side == Side.RIGHT ? right.leading() : 1;
    for (int i = 0; i < rows; i++) {
      MemorySegment.copy(
          source,
          from + (first * step + (long) i * right.leading()) * width,
          result,
          begin + row(i),
          columns * width);
    }
  }

  private void fill(double number, long begin, int row, int columns) {
    for (int k = 0; k < columns; k++) Numbers.put(result, begin + row(row), k, number, precision);
  }

  private long row(int i) {
    return (long) i * lead * precision.bytes();
  }
}
