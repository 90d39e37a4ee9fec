package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop in parts that are done for a block of rows one after the other, with memory for what one
 * of them leaves for the next.
 *
 * @param whole the loop, for runs of no rows or too many
 * @param factor rows of a block for each row of the run
 * @param steps by how many bytes each operand moves with a row
 * @param pieces how many pieces of memory the parts have beside the operands
 * @param bytes how large each of these is
 * @param rows of a block
 * @param once what is done once for all blocks, or null
 * @param before what comes before the line, or null
 * @param line what is done along a line, or null
 * @param behind what comes behind it, or null
 */
record RowBlocks(
    LoopInterpreter whole,
    int factor,
    List<Long> steps,
    int pieces,
    long bytes,
    int rows,
    @Nullable LoopKernel once,
    @Nullable LoopKernel before,
    @Nullable LoopKernel line,
    @Nullable LoopKernel behind)
    implements LoopKernel {

  @Override
  public void run(MemorySegment[] operands, long[] offsets, int rowsOfRun) {
    if (!whole.loop().isUsual(rowsOfRun)) {
      whole.run(operands, offsets, rowsOfRun);
      return;
    }
    int given = operands.length;
    MemorySegment[] all = Arrays.copyOf(operands, given + pieces);
    long[] places = Arrays.copyOf(offsets, given + pieces);
    if (pieces > 0) Arrays.fill(all, given, all.length, Scratch.ofThread(pieces * bytes));
    for (int k = 0; k < pieces; k++) places[given + k] = k * bytes;
    int end = rowsOfRun * factor;
    run(once, all, places, Math.min(rows, end));
    for (int from = 0; from < end; from += rows) {
      int count = Math.min(rows, end - from);
      run(before, all, places, count);
      run(line, all, places, count);
      run(behind, all, places, count);
      for (int k = 0; k < given; k++) places[k] += rows * steps.get(k);
    }
  }

  private static void run(
      @Nullable LoopKernel part, MemorySegment[] operands, long[] places, int count) {
    if (part != null) part.run(operands, places, count);
  }
}
