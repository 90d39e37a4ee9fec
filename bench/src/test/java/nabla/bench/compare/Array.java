package nabla.bench.compare;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers off the heap, by rows. They are padded by a few vectors, so that a vector may be loaded
 * at any entry.
 */
record Array(long address, List<Integer> shape) {
  private static final long PADDING = 256;

  /** An array of zeros. */
  static Array of(int... shape) {
    List<Integer> dimensions = Arrays.stream(shape).boxed().toList();
    return new Array(Memory.allocate(8 * count(dimensions) + PADDING), dimensions);
  }

  long count() {
    return count(shape);
  }

  /** The address of an entry. */
  long at(long index) {
    return address + 8 * index;
  }

  double get(long index) {
    return Memory.get(at(index));
  }

  void set(long index, double value) {
    Memory.set(at(index), value);
  }

  Array copy() {
    Array copy = of(shape.stream().mapToInt(Integer::intValue).toArray());
    Memory.copy(address, copy.address, count());
    return copy;
  }

  private static long count(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
