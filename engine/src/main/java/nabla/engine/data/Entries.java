package nabla.engine.data;

import java.util.Arrays;

/** Entries that come one by one, their number unknown. */
final class Entries {
  private double[] entries = new double[64];
  private int count;

  void add(double entry) {
    if (count == entries.length) entries = Arrays.copyOf(entries, grown(count));
    entries[count++] = entry;
  }

  /** The next capacity: one and a half times this one. */
  static int grown(int capacity) {
    return (int) Math.min(Sizes.LONGEST, capacity + (capacity >> 1) + 1L);
  }

  int count() {
    return count;
  }

  double[] toArray() {
    return Arrays.copyOf(entries, count);
  }
}
