package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** The addresses of operands, checked, for native code. */
final class Addresses {
  private Addresses() {}

  static long matrix(
      Precision precision, MemorySegment segment, long offset, int rows, int columns, int leading) {
    Operands.checkNative(segment);
    Operands.check(segment, offset, precision.bytes(), rows, columns, leading);
    return segment.address() + offset;
  }

  /** Of a matrix that is written. */
  static long target(
      Precision precision, MemorySegment segment, long offset, int rows, int columns, int leading) {
    Operands.checkWritable(segment);
    return matrix(precision, segment, offset, rows, columns, leading);
  }

  /** Of 32-bit integers. */
  static long pivots(MemorySegment segment, long offset, int count) {
    Operands.checkNative(segment);
    Operands.checkWritable(segment);
    Operands.checkVector(segment, offset, Integer.BYTES, count, 1);
    return segment.address() + offset;
  }

  /** Keeps memory from being freed before here; to be called in a finally block. */
  @SuppressWarnings("ReachabilityFenceUsage")
  static void keep(MemorySegment a, MemorySegment b, MemorySegment c) {
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
    Reference.reachabilityFence(c);
  }
}
