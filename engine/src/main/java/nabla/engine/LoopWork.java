package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.kernel.Loop;
import nabla.engine.kernel.LoopCompiler;
import nabla.engine.kernel.LoopKernel;
import nabla.engine.kernel.Precision;

/** A loop over memory, for some positions of its outermost axis at a time. */
final class LoopWork implements Work {
  private final LoopKernel fresh;
  private final LoopKernel onto;
  private final MemorySegment[] segments;
  private final long[] begin;
  private final long[] strides;
  private final long[] offsets;
  private final int extent;
  private final double points;

  /**
   * @param loop with the axis of the split as the outermost
   * @param strides how many bytes lie between two positions of the split, for each operand
   */
  LoopWork(Loop loop, Precision precision, MemorySegment[] segments, long[] begin, long[] strides) {
    this.segments = segments;
    this.begin = begin;
    this.strides = strides;
    this.offsets = begin.clone();
    this.extent = loop.extents().isEmpty() ? 1 : loop.extents().getFirst();
    this.fresh = LoopCompiler.compile(loop, precision);
    boolean sums =
        loop.code().stream()
            .anyMatch(
                i ->
                    i instanceof Loop.Reduce r
                        && !loop.extents().isEmpty()
                        && loop.accesses().get(r.access()).strides().getFirst() == 0);
    this.onto = sums ? LoopCompiler.compile(loop.onto(), precision) : fresh;
    double all = 1;
    for (int e : loop.extents()) all *= e;
    this.points = sums ? 0 : all;
  }

  @Override
  public void run(int first, int rows, boolean isFresh) {
    if (first == 0) {
      (isFresh ? fresh : onto).run(segments, begin, rows);
      return;
    }
    for (int k = 0; k < begin.length; k++) offsets[k] = begin[k] + first * strides[k];
    (isFresh ? fresh : onto).run(segments, offsets, rows);
  }

  @Override
  public int extent() {
    return extent;
  }

  @Override
  public double points() {
    return points;
  }
}
