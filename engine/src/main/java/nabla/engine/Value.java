package nabla.engine;

import java.util.Arrays;
import java.util.List;
import nabla.tensor.Size;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that a plan reads or computes, and where each axis walks, once the sizes are known.
 * Values with the same number are the same memory, seen with other axes perhaps.
 */
final class Value {
  /** Where numbers come from. */
  enum Origin {
    /** From the user. */
    GIVEN,
    /** Written when the plan is made, and never again. */
    CONSTANT,
    COMPUTED
  }

  private final int id;
  private final Origin origin;
  private final String name;
  private final List<Size> axes;
  private final int[] shape;
  private final long[] strides;
  private final boolean rowMajor;

  /**
   * @param id of the memory
   * @param name of the variable if the numbers are given, or copied from it; else empty
   * @param axes the axes by their names, so that those of one name can be split together
   * @param shape the axes in numbers
   * @param strides how far apart neighbours along each axis are, in elements
   */
  Value(int id, Origin origin, String name, List<Size> axes, int[] shape, long[] strides) {
    this.id = id;
    this.origin = origin;
    this.name = name;
    this.axes = List.copyOf(axes);
    this.shape = shape;
    this.strides = strides;
    this.rowMajor = Arrays.equals(strides, rowMajor(shape));
  }

  Origin origin() {
    return origin;
  }

  String name() {
    return name;
  }

  List<Size> axes() {
    return axes;
  }

  int[] shape() {
    return shape;
  }

  long[] strides() {
    return strides;
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

  /** Whether one number stands for several entries, as those of a row that are all the same. */
  boolean isRepeated() {
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] > 1 && strides[axis] == 0) return true;
    }
    return false;
  }

  boolean isRowMajor() {
    return rowMajor;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Value v && v.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
