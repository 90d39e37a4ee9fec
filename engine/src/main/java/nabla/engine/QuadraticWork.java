package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.FactorizationWork.Factors;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;

/** The quadratic form of an inverse, from half solutions or from whole ones. */
final class QuadraticWork implements Runnable {
  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.QuadraticForm node;
  private final Precision precision;
  private final Factors factors;
  private final MemorySegment solution;
  private final long solutionAt;
  private final MemorySegment right;
  private final long rightAt;
  private final MemorySegment result;
  private final long to;

  QuadraticWork(Node.QuadraticForm node, Memory memory, Precision precision) {
    this.node = node;
    this.precision = precision;
    this.factors = Factors.of(node.factorization(), memory, precision);
    this.solution = memory.segment(node.solution());
    this.solutionAt = memory.offset(node.solution());
    this.right = memory.segment(node.right().value());
    this.rightAt = memory.offset(node.right().value()) + node.right().offset() * precision.bytes();
    this.result = memory.segment(node.result());
    this.to = memory.offset(node.result());
  }

  @Override
  public void run() {
    int rows = node.right().rows();
    int columns = node.right().columns();
    int leading = node.right().leading();
    double sum = 0;
    if (factors.isCholesky() || leading == columns) {
      int count = Math.multiplyExact(rows, columns);
      sum = factors.isCholesky() ? squares(count) : dot(count, 0, 0);
    } else {
      for (int i = 0; i < rows; i++) sum += dot(columns, (long) i * columns, (long) i * leading);
    }
    Numbers.put(result, to, 0, node.alpha() * sum, precision);
  }

  private double squares(int count) {
    return algebra.dot(precision, count, solution, solutionAt, 1, solution, solutionAt, 1);
  }

  private double dot(int count, long ofSolution, long ofRight) {
    long x = solutionAt + ofSolution * precision.bytes();
    long y = rightAt + ofRight * precision.bytes();
    return algebra.dot(precision, count, solution, x, 1, right, y, 1);
  }
}
