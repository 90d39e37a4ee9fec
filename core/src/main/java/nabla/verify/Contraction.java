package nabla.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import nabla.tensor.Einsum;
import nabla.tensor.Fuse;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Structural;
import org.jspecify.annotations.Nullable;

/**
 * How one {@link Einsum} is evaluated at given sizes: summed labels are eliminated one at a time,
 * the cheapest first, each by products of two factors. The order is found once; running it is loops
 * over strides. A structural constant says which entries meet: what it leaves out is not there, and
 * does not matter even where it is infinite or NaN.
 */
final class Contraction {

  /** A factor or an intermediate product: where it is stored and how each label walks it. */
  private static final class Block {
    final int slot;
    final BitSet labels;
    final int[] strides;
    final double size;

    /** Whether it is made of structural constants only. */
    final boolean structural;

    Block(int slot, BitSet labels, int[] strides, double size, boolean structural) {
      this.slot = slot;
      this.labels = labels;
      this.strides = strides;
      this.size = size;
      this.structural = structural;
    }
  }

  private final Einsum product;
  private final int[] shape;
  private final int[] extents;
  private final BitSet kept = new BitSet();
  private final int[] keptStrides;
  private final double[] @Nullable [] fixed;
  private final List<StridedLoop> loops = new ArrayList<>();
  private double coefficient;

  Contraction(Einsum product, Map<String, Integer> sizes) {
    this.product = product;
    shape = Shapes.of(product.shape(), sizes);
    extents = Shapes.of(product.sizes(), sizes);
    coefficient = product.coefficient().doubleValue();
    fixed = new double[product.factors().size()][];
    FusedLabels fused = new FusedLabels(product);
    keptStrides = strides(fused.expand(product.output()), kept);
    List<Block> open = blocks(fused);
    countUnused(open, fused);
    order(open);
  }

  private List<Block> blocks(FusedLabels fused) {
    List<Block> blocks = new ArrayList<>();
    for (int f = 0; f < product.factors().size(); f++) {
      if (fused.dissolved(f)) continue;
      Einsum.Factor factor = product.factors().get(f);
      if (factor.tensor() instanceof Fuse) {
        List<Integer> labels = factor.labels();
        fixed[f] = ReferenceValues.fuse(extents[labels.get(1)], extents[labels.get(2)]).data();
      }
      BitSet labels = new BitSet();
      int[] strides = strides(fused.expand(factor.labels()), labels);
      boolean structural = factor.tensor() instanceof Structural;
      blocks.add(new Block(f, labels, strides, volume(labels), structural));
    }
    return blocks;
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

  /** A summed label that only a dissolved Fuse carried counts its values. */
  private void countUnused(List<Block> blocks, FusedLabels fused) {
    for (int label = 0; label < extents.length; label++) {
      if (fused.isSplit(label) || kept.get(label)) continue;
      boolean carried = false;
      for (Block block : blocks) carried |= block.labels.get(label);
      if (!carried) coefficient *= extents[label];
    }
  }

  private void order(List<Block> open) {
    int slot = product.factors().size();
    boolean last;
    do {
      BitSet label = cheapest(open);
      Block left = takeSmallest(open, label);
      Block right = takeSmallest(open, label);
      last = open.isEmpty();
      boolean masked = right != null && right.structural;
      open.add(masked ? multiply(right, left, open, slot++) : multiply(left, right, open, slot++));
    } while (!last);
  }

  /** The label whose elimination touches the fewest entries, as a set; empty if none is summed. */
  private BitSet cheapest(List<Block> open) {
    BitSet summed = new BitSet();
    for (Block block : open) summed.or(block.labels);
    summed.andNot(kept);
    BitSet best = new BitSet();
    double lowest = Double.POSITIVE_INFINITY;
    for (int label = summed.nextSetBit(0); label >= 0; label = summed.nextSetBit(label + 1)) {
      BitSet touched = new BitSet();
      for (Block block : open) if (block.labels.get(label)) touched.or(block.labels);
      double cost = volume(touched);
      if (cost >= lowest) continue;
      lowest = cost;
      best.clear();
      best.set(label);
    }
    return best;
  }

  /** Removes the smallest block that carries the label, or of all if there is none. */
  private static @Nullable Block takeSmallest(List<Block> open, BitSet label) {
    int best = -1;
    for (int k = 0; k < open.size(); k++) {
      if (!label.isEmpty() && !open.get(k).labels.intersects(label)) continue;
      if (best < 0 || open.get(k).size < open.get(best).size) best = k;
    }
    return best < 0 ? null : open.remove(best);
  }

  /** Plans the product of two blocks, summed over every label that nothing else needs. */
  private Block multiply(@Nullable Block left, @Nullable Block right, List<Block> rest, int slot) {
    BitSet all = new BitSet();
    if (left != null) all.or(left.labels);
    if (right != null) all.or(right.labels);
    BitSet needed = (BitSet) kept.clone();
    for (Block block : rest) needed.or(block.labels);
    boolean last = rest.isEmpty();
    if (last) all.or(kept);
    needed.and(all);
    int count = last ? Shapes.count(shape) : count(needed);
    int[] strides = last ? keptStrides : compactStrides(needed);
    loops.add(loop(left, right, strides, all, needed, count));
    boolean structural = (left == null || left.structural) && (right == null || right.structural);
    return new Block(slot, needed, strides, count, structural);
  }

  private int count(BitSet labels) {
    int[] sizes = new int[labels.cardinality()];
    int axis = 0;
    for (int k = labels.nextSetBit(0); k >= 0; k = labels.nextSetBit(k + 1)) {
      sizes[axis++] = extents[k];
    }
    return Shapes.count(sizes);
  }

  private int[] compactStrides(BitSet labels) {
    List<Integer> axes = new ArrayList<>();
    for (int k = labels.nextSetBit(0); k >= 0; k = labels.nextSetBit(k + 1)) axes.add(k);
    return strides(axes, new BitSet());
  }

  /** A loop over all labels, the summed ones inside. */
  private StridedLoop loop(
      @Nullable Block left,
      @Nullable Block right,
      int[] strides,
      BitSet all,
      BitSet needed,
      int count) {
    BitSet summed = (BitSet) all.clone();
    summed.andNot(needed);
    int[] order = new int[all.cardinality()];
    int next = 0;
    for (int k = needed.nextSetBit(0); k >= 0; k = needed.nextSetBit(k + 1)) order[next++] = k;
    for (int k = summed.nextSetBit(0); k >= 0; k = summed.nextSetBit(k + 1)) order[next++] = k;
    return new StridedLoop(
        left != null && left.structural,
        left == null ? StridedLoop.ONES : left.slot,
        right == null ? StridedLoop.ONES : right.slot,
        pick(extents, order),
        left == null ? new int[next] : pick(left.strides, order),
        right == null ? new int[next] : pick(right.strides, order),
        pick(strides, order),
        count);
  }

  private static int[] pick(int[] values, int[] positions) {
    int[] picked = new int[positions.length];
    for (int k = 0; k < picked.length; k++) picked[k] = values[positions[k]];
    return picked;
  }

  private double volume(BitSet labels) {
    double volume = 1;
    for (int k = labels.nextSetBit(0); k >= 0; k = labels.nextSetBit(k + 1)) volume *= extents[k];
    return volume;
  }

  /** How many multiplications one evaluation takes. */
  double cost() {
    double cost = 0;
    for (StridedLoop loop : loops) cost += loop.cost();
    return cost;
  }

  /**
   * The value of the product.
   *
   * @param operands the value of each factor; those of Fuse factors are not read
   */
  NumericArray value(@Nullable NumericArray[] operands) {
    int factors = product.factors().size();
    double[] @Nullable [] slots = new double[factors + loops.size()][];
    for (int f = 0; f < factors; f++) {
      NumericArray operand = operands[f];
      slots[f] = fixed[f];
      if (operand != null && slots[f] == null) {
        slots[f] = power(operand.data(), product.factors().get(f).exponent());
      }
    }
    double[] result = {};
    for (int k = 0; k < loops.size(); k++) {
      result = loops.get(k).run(slots);
      slots[factors + k] = result;
    }
    if (coefficient != 1) for (int k = 0; k < result.length; k++) result[k] *= coefficient;
    return NumericArray.of(shape, result);
  }

  private static double[] power(double[] base, Rational exponent) {
    if (exponent.isOne()) return base;
    double[] power = new double[base.length];
    boolean whole = exponent.isInt();
    int times = whole ? exponent.intValue() : 0;
    double real = exponent.doubleValue();
    for (int k = 0; k < base.length; k++) {
      power[k] =
          whole ? ReferenceValues.power(base[k], times) : ReferenceValues.power(base[k], real);
    }
    return power;
  }
}
