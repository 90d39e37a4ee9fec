package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;

/** Transposes a square of as many rows as a vector has numbers. */
interface TileKernel {
  /**
   * Both operands are off the heap and lie apart; offsets and strides of rows are in bytes.
   *
   * @throws IndexOutOfBoundsException if an operand leaves its memory
   */
  void run(
      MemorySegment from,
      long fromOffset,
      long fromStride,
      MemorySegment to,
      long toOffset,
      long toStride);
}
