package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;

/** A loop that can be run. */
public interface LoopKernel {
  /**
   * Runs the loop.
   *
   * @param operands the memory of each access
   * @param offsets where each access begins in it, in bytes
   * @param rows how many values the index of the first axis takes, at most its extent
   * @throws IndexOutOfBoundsException if an access leaves its memory
   */
  void run(MemorySegment[] operands, long[] offsets, int rows);
}
