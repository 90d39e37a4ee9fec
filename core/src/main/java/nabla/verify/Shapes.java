package nabla.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Size;

/** Shapes in numbers, and the limit on how many entries an array may have. */
final class Shapes {
  /** 80 MB: beyond that the reference interpreter is the wrong tool. */
  private static final long MOST_ENTRIES = 10_000_000;

  private Shapes() {}

  static int[] of(List<Size> shape, Map<String, Integer> sizes) {
    int[] numbers = new int[shape.size()];
    for (int axis = 0; axis < numbers.length; axis++) {
      numbers[axis] = shape.get(axis).value(sizes);
      if (numbers[axis] < 0) {
        throw new IllegalArgumentException("size " + shape.get(axis) + " is negative");
      }
    }
    return numbers;
  }

  /**
   * The number of entries of a shape.
   *
   * @throws NablaException with {@link Code#LIMIT} if it is too large to be stored
   */
  static int count(int[] shape) {
    double count = 1;
    for (int size : shape) count *= size;
    if (count > MOST_ENTRIES) {
      throw new NablaException(
          Code.LIMIT, "an intermediate array would have " + (long) count + " entries");
    }
    return (int) count;
  }

  /** The indices of an entry, from 1. */
  static List<Integer> index(int position, int[] shape) {
    List<Integer> index = new ArrayList<>();
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index.addFirst(position % shape[axis] + 1);
      position /= shape[axis];
    }
    return List.copyOf(index);
  }
}
