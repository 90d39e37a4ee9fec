package nabla.verify.exact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An array of dual numbers a + bε with ε² = 0, entries by rows. */
final class Dual {
  private static final int MOST_ENTRIES = 100_000;

  private final int[] shape;
  private final long[] value;
  private final long @Nullable [] tangent;
  private final Bound bound;

  /**
   * @param tangent the b; null if all are 0
   */
  Dual(int[] shape, long[] value, long @Nullable [] tangent, Bound bound) {
    this.shape = shape;
    this.value = value;
    this.tangent = tangent;
    this.bound = bound;
  }

  int[] shape() {
    return shape;
  }

  long[] value() {
    return value;
  }

  long @Nullable [] tangent() {
    return tangent;
  }

  Bound bound() {
    return bound;
  }

  /**
   * @throws Obstacle if there are too many
   */
  static int count(int[] shape) {
    double count = 1;
    for (int size : shape) count *= size;
    if (count > MOST_ENTRIES) {
      throw Obstacle.noModel("an intermediate array would have " + (long) count + " entries");
    }
    return (int) count;
  }

  static Dual constant(int[] shape, long number, Bound bound) {
    long[] value = new long[count(shape)];
    Arrays.fill(value, number);
    return new Dual(shape, value, null, bound);
  }

  int count() {
    return value.length;
  }

  /** How the entry moves. */
  long tangent(int k) {
    return tangent == null ? 0 : tangent[k];
  }

  Dual withShape(int... other) {
    return new Dual(other, value, tangent, bound);
  }
}
