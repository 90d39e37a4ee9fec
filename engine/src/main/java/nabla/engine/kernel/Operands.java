package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Checks that what a routine touches lies in the segment it was given: native code would read and
 * write beyond without a word.
 */
final class Operands {
  private Operands() {}

  /**
   * Checks a row-major matrix.
   *
   * @throws IllegalArgumentException if a size is negative or a row is longer than the leading
   *     dimension
   * @throws IndexOutOfBoundsException if an element lies outside the segment
   * @throws IllegalStateException if the segment's arena is closed
   */
  static void check(
      MemorySegment segment, long offset, int bytes, int rows, int columns, int leading) {
    if (rows < 0 || columns < 0 || leading < columns) {
      throw new IllegalArgumentException(
          "a %d x %d matrix with leading dimension %d".formatted(rows, columns, leading));
    }
    if (rows == 0 || columns == 0) {
      return;
    }
    long elements = (rows - 1L) * leading + columns;
    // a shift, since a division takes as long as the rest
    int shift = Integer.numberOfTrailingZeros(bytes);
    if (offset < 0 || elements > (segment.byteSize() - offset) >> shift) {
      throw new IndexOutOfBoundsException(
          "a %d x %d matrix of %d-byte numbers with leading dimension %d at byte %d leaves a segment of %d bytes"
              .formatted(rows, columns, bytes, leading, offset, segment.byteSize()));
    }
    // a read checks the arena and the thread, too
    var _ = segment.get(ValueLayout.JAVA_BYTE, offset);
  }

  /** Checks a vector with its increment, which is positive. */
  static void checkVector(MemorySegment segment, long offset, int bytes, int size, int increment) {
    check(segment, offset, bytes, size, 1, increment);
  }

  /** An address on the Java heap means nothing to native code. */
  static void checkNative(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("the segment lies on the Java heap");
    }
  }

  static void checkWritable(MemorySegment segment) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException("the segment to write to is read-only");
    }
  }
}
