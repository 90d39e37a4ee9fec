package nabla.engine.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/** Sizes that a file states, and the memory that they take. */
final class Sizes {
  /** The longest array that every JVM can make. */
  static final int LONGEST = Integer.MAX_VALUE - 8;

  private Sizes() {}

  /**
   * How many entries an array of these sizes has.
   *
   * @throws NablaException with {@link Code#LIMIT} if they are more than an array can hold
   */
  static int count(String name, long... sizes) {
    long count = 1;
    for (long size : sizes) {
      if (size > LONGEST || count * size > LONGEST) {
        throw new NablaException(Code.LIMIT, name + ": " + text(sizes) + " is too large");
      }
      count *= size;
    }
    return (int) count;
  }

  /**
   * Zeros for so many entries.
   *
   * @throws NablaException with {@link Code#LIMIT} if memory does not suffice
   */
  static double[] zeros(String name, int count) {
    try {
      return new double[count];
    } catch (OutOfMemoryError e) {
      // one allocation failed and left nothing behind, so going on is safe
      throw new NablaException(
          Code.LIMIT, name + ": no memory for " + count + " entries (java -Xmx sets how much)");
    }
  }

  /** As in {@code 3 x 4}. */
  static String text(long... sizes) {
    if (sizes.length == 0) return "a scalar";
    if (sizes.length == 1) return "a vector of " + sizes[0];
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }

  static String text(int[] sizes) {
    return text(Arrays.stream(sizes).asLongStream().toArray());
  }
}
