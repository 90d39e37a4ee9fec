package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import nabla.engine.kernel.Loop;
import nabla.engine.kernel.LoopCompiler;
import nabla.engine.kernel.LoopKernel;
import nabla.engine.kernel.Precision;

/**
 * A loop over memory, for some positions of its outermost axis at a time. Many points are taken in
 * portions: what is called often is compiled soon. A portion has rows for whole blocks of a
 * transposition.
 */
final class LoopWork implements Work {
  private static final int PORTION = 16_384;
  private static final int LEAST_ROWS = 32;

  /** An operand that a loop sums up in. */
  record Sum(Loop.Reduction reduction, MemorySegment memory, long offset, int count) {
    void begin(Precision precision) {
      double start =
          switch (reduction) {
            case SUM -> 0;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
          };
      for (int k = 0; k < count; k++) Numbers.put(memory, offset, k, start, precision);
    }
  }

  private final LoopKernel kernel;
  private final Precision precision;
  private final MemorySegment[] segments;
  private final long[] begin;
  private final long[] strides;
  private final long[] steps;
  private final long[] offsets;
  private final Sum[] sums;
  private final int extent;
  private final int portion;
  private final double points;

  /**
   * @param loop with the axis of the split as the outermost
   * @param strides how many bytes lie between two positions of the split, for each operand
   * @param steps the same within what is stored of it
   * @param counts how many elements each operand has at the beginning of a sum
   */
  LoopWork(
      Loop loop,
      Precision precision,
      MemorySegment[] segments,
      long[] begin,
      long[] strides,
      long[] steps,
      long[] counts) {
    this.precision = precision;
    this.segments = segments;
    this.begin = begin;
    this.strides = strides;
    this.steps = steps;
    this.offsets = begin.clone();
    this.extent = loop.extents().isEmpty() ? 1 : loop.extents().getFirst();
    this.kernel = LoopCompiler.compile(loop.onto(), precision);
    List<Sum> own = new ArrayList<>();
    for (Loop.Instruction i : loop.code()) {
      if (!(i instanceof Loop.Reduce r) || !loop.isOverFirst(r)) continue;
      int a = r.access();
      own.add(new Sum(r.reduction(), segments[a], begin[a], Math.toIntExact(counts[a])));
    }
    this.sums = own.toArray(Sum[]::new);
    double all = 1;
    for (int e : loop.extents()) all *= e;
    this.points = sums.length > 0 ? 0 : all;
    double row = Math.max(1, all / Math.max(1, extent));
    this.portion = (int) Math.clamp(PORTION / row, LEAST_ROWS, 1 << 30) / LEAST_ROWS * LEAST_ROWS;
  }

  @Override
  public void run(int first, int rows, boolean fresh) {
    if (fresh) for (Sum sum : sums) sum.begin(precision);
    for (int done = 0; done < rows; done += portion) {
      for (int k = 0; k < offsets.length; k++) {
        offsets[k] = begin[k] + first * strides[k] + done * steps[k];
      }
      kernel.run(segments, offsets, Math.min(portion, rows - done));
    }
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
