package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Writes out what is stored once and stands in several places. All numbers are aligned; to have
 * that checked for each of them would take longer than to copy it.
 */
public final class UnfoldedPairs {
  private UnfoldedPairs() {}

  /**
   * {@code b[k,l] = a[places[k*n+l]]} for all k and l below n.
   *
   * @param down how many bytes apart b[k,l] and b[k+1,l] are
   * @param across how many bytes apart b[k,l] and b[k,l+1] are
   * @throws IndexOutOfBoundsException if an operand leaves its segment
   */
  public static void unfold(
      Precision precision,
      int n,
      int[] places,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      long down,
      long across) {
    boolean dense = across == precision.bytes() && down == n * across;
    if (dense) {
      line(precision, places, 0, n * n, a, aOffset, b, bOffset, across);
      return;
    }
    for (int k = 0; k < n; k++) {
      line(precision, places, k * n, n, a, aOffset, b, bOffset + k * down, across);
    }
  }

  private static void line(
      Precision precision,
      int[] places,
      int first,
      int count,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      long across) {
    if (precision == Precision.DOUBLE) {
      for (int k = 0; k < count; k++) {
        double number = a.get(JAVA_DOUBLE_UNALIGNED, aOffset + 8L * places[first + k]);
        b.set(JAVA_DOUBLE_UNALIGNED, bOffset + k * across, number);
      }
    } else {
      for (int k = 0; k < count; k++) {
        float number = a.get(JAVA_FLOAT_UNALIGNED, aOffset + 4L * places[first + k]);
        b.set(JAVA_FLOAT_UNALIGNED, bOffset + k * across, number);
      }
    }
  }
}
