package nabla.verify;

import nabla.tensor.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * One pairwise contraction: {@code out[c·i] += left[a·i] * right[b·i]} for every index i below the
 * extents, where a, b and c are strides. A stride of 0 repeats an operand or sums into the result,
 * and a sum of strides walks a diagonal, so that this loop is every product of two tensors.
 */
final class StridedLoop {
  /** The operand whose every entry is 1. */
  static final int ONES = -1;

  private static final double[] ONE = {1};

  private final boolean masked;
  private final int left;
  private final int right;
  private final int[] extents;
  private final int[] leftStrides;
  private final int[] rightStrides;
  private final int[] strides;
  private final int count;

  /**
   * @param masked whether a 0 of the left operand leaves the right one out, be it infinite or NaN
   * @param left the slot of the left operand, or {@link #ONES}
   * @param right the slot of the right operand, or {@link #ONES}
   * @param strides how each index walks the result
   * @param count how many entries the result has
   */
  StridedLoop(
      boolean masked,
      int left,
      int right,
      int[] extents,
      int[] leftStrides,
      int[] rightStrides,
      int[] strides,
      int count) {
    this.masked = masked;
    this.left = left;
    this.right = right;
    this.extents = extents;
    this.leftStrides = leftStrides;
    this.rightStrides = rightStrides;
    this.strides = strides;
    this.count = count;
  }

  /** How many multiplications a run takes. */
  double cost() {
    double cost = 1;
    for (int extent : extents) cost *= extent;
    return cost;
  }

  double[] run(double[] @Nullable [] slots) {
    double[] out = new double[count];
    if (cost() == 0) return out;
    double[] a = operand(slots, left);
    double[] b = operand(slots, right);
    if (extents.length == 0) out[0] = masked && a[0] == 0 ? 0 : a[0] * b[0];
    else sweep(a, b, out);
    return out;
  }

  private static double[] operand(double[] @Nullable [] slots, int slot) {
    if (slot == ONES) return ONE;
    double[] operand = slots[slot];
    if (operand == null) throw new IllegalStateException("slot " + slot + " is empty");
    return operand;
  }

  private void sweep(double[] a, double[] b, double[] out) {
    int last = extents.length - 1;
    int[] index = new int[last];
    int i = 0;
    int j = 0;
    int k = 0;
    while (true) {
      Cancellation.check();
      int p = i;
      int q = j;
      int r = k;
      for (int step = 0; step < extents[last]; step++) {
        if (!masked || a[p] != 0) out[r] += a[p] * b[q];
        p += leftStrides[last];
        q += rightStrides[last];
        r += strides[last];
      }
      int axis = last - 1;
      while (axis >= 0 && index[axis] == extents[axis] - 1) {
        i -= index[axis] * leftStrides[axis];
        j -= index[axis] * rightStrides[axis];
        k -= index[axis] * strides[axis];
        index[axis--] = 0;
      }
      if (axis < 0) return;
      index[axis]++;
      i += leftStrides[axis];
      j += rightStrides[axis];
      k += strides[axis];
    }
  }
}
