package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies blocks whose columns are contiguous to where their rows are. */
final class TransposeTiles {
  private static final long SCRATCH =
      (long) NestShape.MOST_TILES * NestShape.TILE * NestShape.TILE * Double.BYTES;

  private static final ThreadLocal<MemorySegment> OWN =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(SCRATCH, 64));

  /** The methods for it are compiled for this class alone, see {@link KernelClass}. */
  private static final Class<?> OFF_HEAP = MemorySegment.NULL.getClass();

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
    if (source.getClass() == copy.getClass() && copy.getClass() == OFF_HEAP) {
      doubles(source, from, stride, copy, to, rows, columns);
    } else {
      anyMemory(source, from, stride, copy, to, rows, columns, ValueLayout.JAVA_DOUBLE_UNALIGNED);
    }
  }

  private static void doubles(
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      int rows,
      int columns) {
    long across = NestShape.TILE * Double.BYTES;
    int side =
        VectorTiles.transpose(
            Precision.DOUBLE, columns, rows, source, from, stride, copy, to, across);
    int whole = side == 0 ? 0 : columns / side * side;
    int done = side == 0 ? 0 : rows / side * side;
    for (int j = 0; j < columns; j++) {
      long column = from + j * stride;
      long target = to + (long) j * Double.BYTES;
      for (int i = j < whole ? done : 0; i < rows; i++) {
        copy.set(
            ValueLayout.JAVA_DOUBLE_UNALIGNED,
            target + (long) i * (NestShape.TILE * Double.BYTES),
            source.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, column + (long) i * Double.BYTES));
      }
    }
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
    if (source.getClass() == copy.getClass() && copy.getClass() == OFF_HEAP) {
      floats(source, from, stride, copy, to, rows, columns);
    } else {
      anyMemory(source, from, stride, copy, to, rows, columns, ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
  }

  private static void floats(
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      int rows,
      int columns) {
    long across = NestShape.TILE * Float.BYTES;
    int side =
        VectorTiles.transpose(
            Precision.SINGLE, columns, rows, source, from, stride, copy, to, across);
    int whole = side == 0 ? 0 : columns / side * side;
    int done = side == 0 ? 0 : rows / side * side;
    for (int j = 0; j < columns; j++) {
      long column = from + j * stride;
      long target = to + (long) j * Float.BYTES;
      for (int i = j < whole ? done : 0; i < rows; i++) {
        copy.set(
            ValueLayout.JAVA_FLOAT_UNALIGNED,
            target + (long) i * (NestShape.TILE * Float.BYTES),
            source.get(ValueLayout.JAVA_FLOAT_UNALIGNED, column + (long) i * Float.BYTES));
      }
    }
  }

  private static void anyMemory(
      MemorySegment source,
      long from,
      long stride,
      MemorySegment copy,
      long to,
      int rows,
      int columns,
      ValueLayout number) {
    long bytes = number.byteSize();
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        MemorySegment.copy(
            source,
            from + j * stride + i * bytes,
            copy,
            to + j * bytes + i * (NestShape.TILE * bytes),
            bytes);
      }
    }
  }
}
