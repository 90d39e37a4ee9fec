package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Fuse;
import nabla.tensor.Rational;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The search for the tree of products of two that computes a contraction and costs least: among all
 * trees for up to ten factors, one step at a time beyond. A step is charged for its
 * multiplications, at the speed that a matrix product or a plain loop has, and for the numbers that
 * it writes.
 */
final class ContractionSearch {
  private static final int MOST_FACTORS = 10;

  /** Multiplications in a nanosecond: of a matrix product, and of a loop that memory feeds. */
  private static final double PRODUCT_SPEED = 40;

  private static final double LOOP_SPEED = 2;

  /**
   * A product of two, or a factor if there are none.
   *
   * @param own the factors below it
   * @param kept their labels that something else needs
   */
  private record Tree(BitSet own, BitSet kept, @Nullable Tree left, @Nullable Tree right) {}

  private final Einsum product;
  private final List<Factor> factors;
  private final double[] extents;
  private final Tree tree;
  private double cost;

  /** Searches; the product has a factor at least. */
  ContractionSearch(Einsum product, Map<String, Integer> sizes) {
    this.product = product;
    this.factors = product.factors();
    this.extents = product.sizes().stream().mapToDouble(s -> s.value(sizes)).toArray();
    this.tree = factors.size() <= MOST_FACTORS ? exact() : greedy();
  }

  /** How long the products of the tree take, in nanoseconds. */
  double cost() {
    return cost;
  }

  /** The same value as a tree of products. */
  Tensor tensor() {
    if (tree.left == null || tree.right == null) return product;
    return Parts.product(product.sizes(), List.of(term(tree.left), term(tree.right)))
        .times(product.coefficient())
        .to(product.output());
  }

  private Factor term(Tree part) {
    if (part.left == null || part.right == null) return factors.get(part.own.nextSetBit(0));
    List<Factor> pair = List.of(term(part.left), term(part.right));
    List<Integer> open = Parts.asInMemory(part.kept, pair);
    return new Factor(Parts.product(product.sizes(), pair).to(open), Rational.ONE, open);
  }

  /** The best tree over every subset of the factors. */
  private Tree exact() {
    int all = (1 << factors.size()) - 1;
    double[] costs = new double[all + 1];
    Tree[] trees = new Tree[all + 1];
    for (int set = 1; set <= all; set++) {
      BitSet own = BitSet.valueOf(new long[] {set});
      BitSet kept = kept(own);
      trees[set] = new Tree(own, kept, null, null);
      if (Integer.bitCount(set) == 1) continue;
      costs[set] = Double.POSITIVE_INFINITY;
      int lowest = Integer.lowestOneBit(set);
      for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
        if ((part & lowest) == 0) continue;
        Tree left = trees[part];
        Tree right = trees[set ^ part];
        double here = costs[part] + costs[set ^ part] + cost(left.kept, right.kept, kept);
        if (here >= costs[set]) continue;
        costs[set] = here;
        trees[set] = new Tree(own, kept, left, right);
      }
    }
    cost = costs[all];
    return trees[all];
  }

  /** The cheapest pair first. */
  private Tree greedy() {
    List<Tree> open = new ArrayList<>();
    for (int f = 0; f < factors.size(); f++) {
      BitSet own = new BitSet();
      own.set(f);
      open.add(new Tree(own, kept(own), null, null));
    }
    while (open.size() > 1) {
      double best = Double.POSITIVE_INFINITY;
      Tree pair = null;
      for (int a = 0; a < open.size(); a++) {
        for (int b = a + 1; b < open.size(); b++) {
          Tree left = open.get(a);
          Tree right = open.get(b);
          BitSet own = (BitSet) left.own.clone();
          own.or(right.own);
          BitSet kept = kept(own);
          double gain = volume(kept) - volume(left.kept) - volume(right.kept);
          double here = cost(left.kept, right.kept, kept) + gain / LOOP_SPEED;
          if (pair != null && here >= best) continue;
          best = here;
          pair = new Tree(own, kept, left, right);
        }
      }
      Tree found = Objects.requireNonNull(pair);
      Tree left = Objects.requireNonNull(found.left);
      Tree right = Objects.requireNonNull(found.right);
      cost += cost(left.kept, right.kept, found.kept);
      open.set(open.indexOf(left), found);
      open.remove(right);
    }
    return open.getFirst();
  }

  /** The labels of a subset that something outside of it needs. */
  private BitSet kept(BitSet set) {
    BitSet kept = Parts.labels(Parts.at(factors, set));
    kept.and(Parts.needed(product, set));
    return kept;
  }

  /** How long a product of two takes, in nanoseconds. */
  private double cost(BitSet left, BitSet right, BitSet kept) {
    BitSet all = (BitSet) left.clone();
    all.or(right);
    BitSet shared = (BitSet) left.clone();
    shared.and(right);
    boolean batched = shared.intersects(kept);
    boolean summed = !Parts.contains(kept, shared);
    boolean matrices = !Parts.contains(shared, left) && !Parts.contains(shared, right);
    boolean product = summed && matrices && !batched;
    return volume(all) / (product ? PRODUCT_SPEED : LOOP_SPEED) + volume(kept) / LOOP_SPEED;
  }

  /** The number of points; a position that is fused of two others goes with them. */
  private double volume(BitSet labels) {
    double volume = 1;
    for (int l = labels.nextSetBit(0); l >= 0; l = labels.nextSetBit(l + 1)) {
      if (!isFused(l, labels)) volume *= extents[l];
    }
    return volume;
  }

  private boolean isFused(int label, BitSet labels) {
    for (Factor f : factors) {
      if (!(f.tensor() instanceof Structural)) continue;
      List<Integer> own = f.labels();
      boolean fused = f.tensor() instanceof Fuse && own.get(0) == label;
      if (fused && labels.get(own.get(1)) && labels.get(own.get(2))) return true;
    }
    return false;
  }
}
