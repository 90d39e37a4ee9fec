package nabla.verify.exact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.Einsum;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import org.jspecify.annotations.Nullable;

/**
 * How one {@link Einsum} is evaluated at given sizes: two factors at a time, those first whose
 * product is cheapest, each label summed as soon as nothing else carries it.
 */
final class DualProduct {
  /** What has been multiplied so far: where it is stored and how each label walks it. */
  private static final class Block {
    final int slot;
    final BitSet labels;
    final int[] strides;

    Block(int slot, BitSet labels, int[] strides) {
      this.slot = slot;
      this.labels = labels;
      this.strides = strides;
    }
  }

  /** One product of two blocks, or of one with nothing. */
  private static final class Step {
    final int left;
    final int right;
    final int[] extents;
    final int[] leftStrides;
    final int[] rightStrides;
    final int[] strides;
    final int count;

    Step(@Nullable Block a, @Nullable Block b, int[] labels, int[] all, int[] to, int count) {
      left = a == null ? -1 : a.slot;
      right = b == null ? -1 : b.slot;
      extents = pick(all, labels);
      leftStrides = a == null ? new int[labels.length] : pick(a.strides, labels);
      rightStrides = b == null ? new int[labels.length] : pick(b.strides, labels);
      strides = pick(to, labels);
      this.count = count;
    }
  }

  private static final double MOST_PRODUCTS = 1e6;

  private final int[] shape;
  private final int[] extents;
  private final BitSet kept = new BitSet();
  private final List<Step> steps = new ArrayList<>();
  private Rational coefficient;
  private double summed = 1;

  DualProduct(Einsum product, Map<String, Integer> sizes) {
    extents = numbers(product.sizes(), sizes);
    shape = numbers(product.shape(), sizes);
    coefficient = product.coefficient();
    int[] output = strides(product.output(), kept);
    List<Block> open = new ArrayList<>();
    BitSet carried = new BitSet();
    for (Einsum.Factor factor : product.factors()) {
      BitSet labels = new BitSet();
      int[] strides = strides(factor.labels(), labels);
      open.add(new Block(open.size(), labels, strides));
      carried.or(labels);
    }
    for (int label = 0; label < extents.length; label++) {
      if (kept.get(label)) continue;
      if (carried.get(label)) summed *= extents[label];
      else coefficient = coefficient.times(Rational.of(extents[label]));
    }
    plan(open, output);
  }

  static int[] numbers(List<Size> sizes, Map<String, Integer> binding) {
    return sizes.stream().mapToInt(size -> size.value(binding)).toArray();
  }

  /** The stride of each label in an array with these axes; a repeated label walks the diagonal. */
  private int[] strides(List<Integer> axes, BitSet carried) {
    int[] strides = new int[extents.length];
    int stride = 1;
    for (int axis = axes.size() - 1; axis >= 0; axis--) {
      int label = axes.get(axis);
      carried.set(label);
      strides[label] += stride;
      stride *= extents[label];
    }
    return strides;
  }

  private double volume(BitSet labels) {
    double volume = 1;
    for (int k = labels.nextSetBit(0); k >= 0; k = labels.nextSetBit(k + 1)) volume *= extents[k];
    return volume;
  }

  private void plan(List<Block> open, int[] output) {
    int slot = open.size();
    while (open.size() > 2) {
      int[] pair = cheapest(open);
      Block right = open.remove(pair[1]);
      Block left = open.remove(pair[0]);
      BitSet all = union(left, right);
      BitSet needed = (BitSet) kept.clone();
      for (Block block : open) needed.or(block.labels);
      needed.and(all);
      int[] strides = compact(needed);
      add(left, right, all, strides, (int) volume(needed));
      open.add(new Block(slot++, needed, strides));
    }
    Block left = open.isEmpty() ? null : open.get(0);
    Block right = open.size() < 2 ? null : open.get(1);
    BitSet all = union(left, right);
    all.or(kept);
    add(left, right, all, output, Dual.count(shape));
  }

  private int[] cheapest(List<Block> open) {
    int[] best = {0, 1};
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < open.size(); i++) {
      for (int j = i + 1; j < open.size(); j++) {
        double cost = volume(union(open.get(i), open.get(j)));
        boolean joint = open.get(i).labels.intersects(open.get(j).labels);
        if (!joint) cost *= 2;
        if (cost >= lowest) continue;
        lowest = cost;
        best = new int[] {i, j};
      }
    }
    return best;
  }

  private static BitSet union(@Nullable Block left, @Nullable Block right) {
    BitSet all = new BitSet();
    if (left != null) all.or(left.labels);
    if (right != null) all.or(right.labels);
    return all;
  }

  private int[] compact(BitSet labels) {
    int[] strides = new int[extents.length];
    int stride = 1;
    for (int k = labels.nextSetBit(0); k >= 0; k = labels.nextSetBit(k + 1)) {
      strides[k] = stride;
      stride *= extents[k];
    }
    return strides;
  }

  private void add(
      @Nullable Block left, @Nullable Block right, BitSet all, int[] strides, int count) {
    int[] labels = all.stream().toArray();
    if (volume(all) > MOST_PRODUCTS) throw Obstacle.noModel("a product has too many terms");
    steps.add(new Step(left, right, labels, extents, strides, count));
  }

  private static int[] pick(int[] numbers, int[] positions) {
    int[] picked = new int[positions.length];
    for (int k = 0; k < positions.length; k++) picked[k] = numbers[positions[k]];
    return picked;
  }

  /**
   * The product at a point.
   *
   * @param factors the powers of the factors
   */
  Dual value(List<Dual> factors, PrimeField field) {
    int slots = factors.size() + steps.size();
    long[] @Nullable [] values = new long[slots][];
    long[] @Nullable [] tangents = new long[slots][];
    Bound bound = Bound.of(coefficient);
    for (int f = 0; f < factors.size(); f++) {
      values[f] = factors.get(f).value();
      tangents[f] = factors.get(f).tangent();
      bound = bound.times(factors.get(f).bound());
    }
    int slot = factors.size();
    for (Step step : steps) run(step, slot++, values, tangents, field);
    long factor = field.of(coefficient);
    long[] value = Objects.requireNonNull(scaled(values[slot - 1], factor, field));
    long[] tangent = scaled(tangents[slot - 1], factor, field);
    return new Dual(shape, value, tangent, bound.sum(summed));
  }

  private static long @Nullable [] scaled(long @Nullable [] entries, long by, PrimeField field) {
    if (entries == null || by == 1) return entries;
    long[] scaled = new long[entries.length];
    for (int k = 0; k < scaled.length; k++) scaled[k] = field.times(entries[k], by);
    return scaled;
  }

  private static void run(
      Step step,
      int slot,
      long[] @Nullable [] values,
      long[] @Nullable [] tangents,
      PrimeField field) {
    long[] a = step.left < 0 ? null : values[step.left];
    long[] b = step.right < 0 ? null : values[step.right];
    long[] da = step.left < 0 ? null : tangents[step.left];
    long[] db = step.right < 0 ? null : tangents[step.right];
    long[] value = new long[step.count];
    sweep(step, a, b, value, field);
    values[slot] = value;
    if (da == null && db == null) return;
    long[] tangent = new long[step.count];
    if (da != null) sweep(step, da, b, tangent, field);
    if (db != null) sweep(step, a, db, tangent, field);
    tangents[slot] = tangent;
  }

  /** Adds to {@code out[c·i]} the product of {@code a[a·i]} and {@code b[b·i]} for every i. */
  private static void sweep(
      Step step, long @Nullable [] a, long @Nullable [] b, long[] out, PrimeField field) {
    int axes = step.extents.length;
    for (int extent : step.extents) if (extent == 0) return;
    int[] index = new int[axes];
    int i = 0;
    int j = 0;
    int k = 0;
    while (true) {
      long left = a == null ? 1 : a[i];
      long right = b == null ? 1 : b[j];
      out[k] = field.plus(out[k], field.times(left, right));
      int axis = axes - 1;
      while (axis >= 0 && ++index[axis] == step.extents[axis]) {
        int back = step.extents[axis] - 1;
        i -= back * step.leftStrides[axis];
        j -= back * step.rightStrides[axis];
        k -= back * step.strides[axis];
        index[axis--] = 0;
      }
      if (axis < 0) return;
      i += step.leftStrides[axis];
      j += step.rightStrides[axis];
      k += step.strides[axis];
    }
  }
}
