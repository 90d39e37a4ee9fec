package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies blocks whose columns are contiguous to where their rows are. */
final class TransposeTiles {
  private static final long SCRATCH =
      (long) NestShape.MOST_TILES * NestShape.TILE * NestShape.TILE * Double.BYTES;

  private static final ThreadLocal<MemorySegment> OWN =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(SCRATCH, 64));

  /** The methods for it are compiled for this class alone, see {@link KernelClass}. */
  private TransposeTiles() {}

  /** Memory of this thread for copies of blocks. */
  static MemorySegment scratch() {
    return OWN.get();
  }

  /**
   * Copies a block of doubles.
   *
   * @param stride the distance of columns in the source, in bytes
   */
  static void copyDoubles(
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      int rows,
      int columns) {
    copy(Precision.DOUBLE, source, from, stride, copy, to, rows, columns);
  }

  /** The same for floats. */
  static void copyFloats(
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      int rows,
      int columns) {
    copy(Precision.SINGLE, source, from, stride, copy, to, rows, columns);
  }

  private static void copy(
      Precision precision,
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      int rows,
      int columns) {
    long across = (long) NestShape.TILE * precision.bytes();
    if (KernelClass.areOffHeap(source, copy)) {
      Transposition.block(precision, columns, rows, source, from, stride, copy, to, across);
    } else {
      anyMemory(source, from, stride, copy, to, across, rows, columns, precision.bytes());
    }
  }

  private static void anyMemory(
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      long across,
      int rows,
      int columns,
      long bytes) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        MemorySegment.copy(
            source, from + j * stride + i * bytes, copy, to + j * bytes + i * across, bytes);
      }
    }
  }
}
