package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Fuse;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The search for the tree of products of two that computes a contraction and costs least: among all
 * trees for up to ten factors, one step at a time beyond. A step is charged for its
 * multiplications, at the speed that a matrix product has, or a loop that reads a cache or memory,
 * and for the numbers that it writes.
 */
final class ContractionSearch {
  private static final int MOST_FACTORS = 10;

  /** Multiplications of a matrix product in a nanosecond. */
  private static final double PRODUCT_SPEED = 40;

  /** Those of a loop, or numbers that it writes, if a cache feeds it; and if memory does. */
  private static final double CACHE_SPEED = 6;

  private static final double MEMORY_SPEED = 2;

  /** Numbers that lie in a cache of the core. */
  private static final double CACHED = 1 << 17;

  /** A product of two, or a factor if there are none; with the labels that others need. */
  private record Tree(int factor, BitSet kept, @Nullable Tree left, @Nullable Tree right) {}

  private final Einsum product;
  private final List<Factor> factors;
  private final double[] extents;
  private final List<Factor> fused;
  private final Tree tree;
  private double cost;

  /** Searches; the product has a factor at least. */
  ContractionSearch(Einsum product, Map<String, Integer> sizes) {
    this.product = product;
    this.factors = product.factors();
    this.extents = product.sizes().stream().mapToDouble(s -> s.value(sizes)).toArray();
    this.fused = factors.stream().filter(f -> f.tensor() instanceof Fuse).toList();
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
    if (part.left == null || part.right == null) return factors.get(part.factor);
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
      BitSet places = BitSet.valueOf(new long[] {set});
      BitSet kept = Parts.kept(product, places);
      trees[set] = new Tree(places.nextSetBit(0), kept, null, null);
      if (Integer.bitCount(set) == 1) continue;
      costs[set] = Double.POSITIVE_INFINITY;
      int lowest = Integer.lowestOneBit(set);
      for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
        if ((part & lowest) == 0) continue;
        double parts = costs[part] + costs[set ^ part];
        if (parts >= costs[set]) continue;
        Tree left = trees[part];
        Tree right = trees[set ^ part];
        double here = parts + cost(left, right, kept);
        if (here >= costs[set]) continue;
        costs[set] = here;
        trees[set] = new Tree(-1, kept, left, right);
      }
    }
    cost = costs[all];
    return trees[all];
  }

  /** The cheapest pair first; two that have no label in common come last. */
  private Tree greedy() {
    List<Tree> open = new ArrayList<>();
    for (int f = 0; f < factors.size(); f++) {
      BitSet labels = Parts.labels(List.of(factors.get(f)));
      open.add(new Tree(f, labels, null, null));
    }
    while (open.size() > 1) {
      Tree pair = cheapest(open, true);
      if (pair == null) pair = Objects.requireNonNull(cheapest(open, false));
      Tree left = Objects.requireNonNull(pair.left);
      Tree right = Objects.requireNonNull(pair.right);
      cost += cost(left.kept, right.kept, pair.kept);
      open.set(open.indexOf(left), pair);
      open.remove(right);
    }
    return open.getFirst();
  }

  private @Nullable Tree cheapest(List<Tree> open, boolean adjacent) {
    int[] carriers = carriers(open);
    double best = Double.POSITIVE_INFINITY;
    Tree pair = null;
    for (int a = 0; a < open.size(); a++) {
      for (int b = a + 1; b < open.size(); b++) {
        BitSet left = open.get(a).kept;
        BitSet right = open.get(b).kept;
        if (adjacent && !left.intersects(right)) continue;
        BitSet kept = (BitSet) left.clone();
        kept.or(right);
        for (int l = kept.nextSetBit(0); l >= 0; l = kept.nextSetBit(l + 1)) {
          int own = (left.get(l) ? 1 : 0) + (right.get(l) ? 1 : 0);
          if (carriers[l] == own) kept.clear(l);
        }
        double gain = volume(kept) - volume(left) - volume(right);
        double here = cost(left, right, kept) + gain * loopTime(volume(kept));
        if (pair != null && here >= best) continue;
        best = here;
        pair = new Tree(-1, kept, open.get(a), open.get(b));
      }
    }
    return pair;
  }

  /** How many need each label; the output is one of them. */
  private int[] carriers(List<Tree> open) {
    int[] carriers = new int[extents.length];
    for (int l : new HashSet<>(product.output())) carriers[l]++;
    for (Tree t : open) t.kept.stream().forEach(l -> carriers[l]++);
    return carriers;
  }

  /** Outer products of a tensor with itself are made and multiplied by pairs. */
  private double cost(Tree left, Tree right, BitSet kept) {
    double own = multiplications(left.kept, right.kept, kept) * pairs(left) * pairs(right);
    return (own + writing(kept)) * pairs(left, right, kept);
  }

  private double pairs(Tree tree) {
    return tree.left == null || tree.right == null ? 1 : pairs(tree.left, tree.right, tree.kept);
  }

  /** What part of the numbers of an intermediate result the pairs are. */
  private double pairs(Tree left, Tree right, BitSet kept) {
    if (left.left != null || right.left != null) return 1;
    Factor first = factors.get(left.factor);
    Factor second = factors.get(right.factor);
    OuterSquare square = OuterSquare.of(first, second);
    if (square == null || !kept.equals(Parts.labels(List.of(first, second)))) return 1;
    double n = extents[square.first()];
    return Circle.isWorthIt(n) ? (n + 1) / (2 * n) : 1;
  }

  /** How long a product of two takes, in nanoseconds. */
  private double cost(BitSet left, BitSet right, BitSet kept) {
    return multiplications(left, right, kept) + writing(kept);
  }

  private double writing(BitSet kept) {
    double numbers = volume(kept);
    return numbers * loopTime(numbers);
  }

  /** How long a loop takes for a number, in nanoseconds, if it touches so many. */
  private static double loopTime(double numbers) {
    return 1 / (numbers <= CACHED ? CACHE_SPEED : MEMORY_SPEED);
  }

  private double multiplications(BitSet left, BitSet right, BitSet kept) {
    BitSet all = (BitSet) left.clone();
    all.or(right);
    BitSet shared = (BitSet) left.clone();
    shared.and(right);
    boolean batched = shared.intersects(kept);
    boolean summed = !Parts.contains(kept, shared);
    boolean matrices = !Parts.contains(shared, left) && !Parts.contains(shared, right);
    boolean product = summed && matrices && !batched;
    double touched = volume(left) + volume(right) + volume(kept);
    return volume(all) * (product ? 1 / PRODUCT_SPEED : loopTime(touched));
  }

  /** The number of points; a position that is fused of two others goes with them. */
  private double volume(BitSet labels) {
    double volume = 1;
    for (int l = labels.nextSetBit(0); l >= 0; l = labels.nextSetBit(l + 1)) {
      if (fused.isEmpty() || !isFused(l, labels)) volume *= extents[l];
    }
    return volume;
  }

  private boolean isFused(int label, BitSet labels) {
    return fused.stream()
        .anyMatch(f -> f.labels().getFirst() == label && f.labels().stream().allMatch(labels::get));
  }
}
