package nabla.engine;

import java.util.Arrays;
import java.util.List;
import nabla.tensor.Size;

/**
 * Numbers that a plan reads or computes: where each axis walks, once the sizes are known.
 *
 * @param id of the memory; values with the same one are the same numbers
 * @param origin where the numbers come from
 * @param name of the variable if they are given, else empty
 * @param axes the axes by their names, so that those of one name can be split together
 * @param shape the axes in numbers
 * @param strides how far apart neighbours along each axis are, in elements
 */
record Value(int id, Origin origin, String name, List<Size> axes, int[] shape, long[] strides) {
  /** Where numbers come from. */
  enum Origin {
    /** From the user. */
    GIVEN,
    /** Written when the plan is made, and never again. */
    CONSTANT,
    COMPUTED
  }

  int rank() {
    return shape.length;
  }

  /** How many numbers there are. */
  long count() {
    long count = 1;
    for (int size : shape) count = Math.multiplyExact(count, (long) size);
    return count;
  }

  /** The strides of an array that is stored row by row. */
  static long[] rowMajor(int[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return strides;
  }

  /** The same numbers with the axes in another order. */
  Value permuted(List<Integer> order) {
    List<Size> own = order.stream().map(axes::get).toList();
    int[] sizes = order.stream().mapToInt(a -> shape[a]).toArray();
    long[] walks = order.stream().mapToLong(a -> strides[a]).toArray();
    return new Value(id, origin, name, own, sizes, walks);
  }

  boolean isRowMajor() {
    return Arrays.equals(strides, rowMajor(shape));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value v && v.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
