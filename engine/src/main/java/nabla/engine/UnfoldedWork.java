package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.UnfoldedPairs;

/** Writes pairs out to both places, for some rows at a time or, if rows are pairs, at once. */
final class UnfoldedWork implements Work {
  private final Precision precision;
  private final Node.Unfolded node;
  private final int lines;
  private final long sourceStride;
  private final long resultStride;
  private final int[] columns;
  private final MemorySegment source;
  private final MemorySegment result;
  private final long from;
  private final long to;
  private final long width;
  private final long[] steps;

  /**
   * @param lines how many rows belong to a position of the split
   * @param sourceStride how many bytes lie between two positions in the source
   * @param resultStride the same in the result
   */
  UnfoldedWork(
      Node.Unfolded node,
      Memory memory,
      Precision precision,
      int lines,
      long sourceStride,
      long resultStride) {
    this.precision = precision;
    this.node = node;
    this.lines = lines;
    this.sourceStride = sourceStride;
    this.resultStride = resultStride;
    this.columns = new Circle(node.columns()).places();
    this.source = memory.segment(node.source());
    this.result = memory.segment(node.result());
    this.from = memory.offset(node.source());
    this.to = memory.offset(node.result());
    this.width = (long) node.source().shape()[node.source().rank() - 1] * precision.bytes();
    this.steps = node.strides().stream().mapToLong(s -> s * precision.bytes()).toArray();
  }

  @Override
  public void run(int first, int positions, boolean fresh) {
    if (node.paired()) {
      pairs();
      return;
    }
    long a = from + first * sourceStride;
    long b = to + first * resultStride;
    for (int row = 0; row < positions * lines; row++) row(a + row * width, b + row * steps[0]);
  }

  private void pairs() {
    Circle rows = new Circle(node.rows());
    for (int i = 0; i < rows.n(); i++) {
      for (int j = 0; j < rows.n(); j++) {
        row(from + rows.place(i, j) * width, to + i * steps[0] + j * steps[1]);
      }
    }
  }

  private void row(long a, long b) {
    UnfoldedPairs.unfold(
        precision, node.columns(), columns, source, a, result, b, steps[2], steps[3]);
  }

  @Override
  public int extent() {
    return node.paired() ? 1 : node.rows() / lines;
  }

  @Override
  public double points() {
    return node.paired() ? 0 : (double) node.rows() * columns.length;
  }
}
