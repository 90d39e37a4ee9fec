package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Fuse;
import nabla.tensor.Rational;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Turns every contraction of many factors into a tree of products of two, in the order that costs
 * least at given sizes: found exactly for up to ten factors, one step at a time beyond. A step is
 * charged for its multiplications, at the speed that a matrix product or a plain loop has, and for
 * the numbers that it writes.
 *
 * <p>{@code X'*diag(s)*X} with s ≥ 0 becomes the product of {@code sqrt(s).*X} with itself, which
 * takes half the work.
 */
final class ContractionOrder {
  private static final int MOST_FACTORS = 10;

  /** Multiplications in a nanosecond: of a matrix product, and of a loop that memory feeds. */
  private static final double PRODUCT_SPEED = 40;

  private static final double LOOP_SPEED = 2;

  private final Map<String, Integer> sizes;
  private final Map<Tensor, Tensor> ordered = new HashMap<>();

  ContractionOrder(Map<String, Integer> sizes) {
    this.sizes = sizes;
  }

  /** The same values; what several tensors share stays shared if one instance sees them all. */
  Tensor of(Tensor root) {
    for (Tensor node : Tensors.topological(root)) {
      if (ordered.containsKey(node)) continue;
      Tensor rebuilt = node.mapOperands(o -> Objects.requireNonNull(ordered.get(o)));
      ordered.put(node, rebuilt instanceof Einsum e ? order(e) : rebuilt);
    }
    return Objects.requireNonNull(ordered.get(root));
  }

  private Tensor order(Einsum product) {
    if (!product.contracts() || product.factors().size() < 3) return product;
    Tensor halved = symmetric(product);
    if (halved != null) return halved;
    Search search = new Search(product);
    return product.factors().size() <= MOST_FACTORS ? search.exact() : search.greedy();
  }

  /** Σ_k A[k,i] w[k] A[k,j] as the square of a scaled matrix; null if it is not of this form. */
  private static @Nullable Tensor symmetric(Einsum product) {
    if (product.rank() != 2 || product.output().get(0).equals(product.output().get(1))) return null;
    int i = product.output().get(0);
    int j = product.output().get(1);
    List<Factor> weights = new ArrayList<>();
    List<Factor> left = new ArrayList<>();
    List<Factor> right = new ArrayList<>();
    for (Factor f : product.factors()) {
      boolean first = f.labels().contains(i);
      boolean second = f.labels().contains(j);
      if (first && second) return null;
      (first ? left : second ? right : weights).add(f);
    }
    List<Factor> mirrored =
        left.stream().map(f -> new Factor(f.tensor(), f.exponent(), replaced(f, i, j))).toList();
    boolean same = right.size() == left.size() && right.containsAll(mirrored);
    if (!same || weights.isEmpty() || !weights.stream().allMatch(Signs::isNonnegative)) return null;
    return scaledSquare(product, left, weights, i, j);
  }

  private static List<Integer> replaced(Factor f, int label, int by) {
    return f.labels().stream().map(l -> l == label ? by : l).toList();
  }

  private static @Nullable Tensor scaledSquare(
      Einsum product, List<Factor> left, List<Factor> weights, int i, int j) {
    BitSet own = Parts.labels(left);
    if (!Parts.contains(own, Parts.labels(weights))) return null;
    List<Integer> axes = asInMemory(own, left);
    List<Factor> scaled = new ArrayList<>(left);
    for (Factor f : weights) {
      scaled.add(new Factor(f.tensor(), f.exponent().times(Rational.HALF), f.labels()));
    }
    Tensor half = Parts.product(product.sizes(), scaled).to(axes);
    List<Integer> mirrored = axes.stream().map(l -> l == i ? j : l).toList();
    Factor first = new Factor(half, Rational.ONE, axes);
    Factor second = new Factor(half, Rational.ONE, mirrored);
    return Parts.product(product.sizes(), List.of(first, second))
        .times(product.coefficient())
        .to(product.output());
  }

  /** Labels in the order of the axes of the factor with the most of them, then of the others. */
  private static List<Integer> asInMemory(BitSet labels, List<Factor> factors) {
    List<Factor> largest = new ArrayList<>(factors);
    largest.sort(Comparator.comparingInt(f -> -f.labels().size()));
    return largest.stream()
        .flatMap(f -> f.labels().stream())
        .filter(labels::get)
        .distinct()
        .toList();
  }

  /** The search for one product. */
  private final class Search {
    private final Einsum product;
    private final List<Factor> factors;
    private final double[] extents;
    private final BitSet output;

    Search(Einsum product) {
      this.product = product;
      this.factors = product.factors();
      this.extents = product.sizes().stream().mapToDouble(s -> s.value(sizes)).toArray();
      this.output = new BitSet();
      product.output().forEach(output::set);
    }

    /** The best tree over every subset of the factors. */
    Tensor exact() {
      int all = (1 << factors.size()) - 1;
      double[] cost = new double[all + 1];
      int[] split = new int[all + 1];
      BitSet[] kept = new BitSet[all + 1];
      for (int set = 1; set <= all; set++) {
        kept[set] = kept(set);
        if (Integer.bitCount(set) == 1) continue;
        cost[set] = Double.POSITIVE_INFINITY;
        int lowest = Integer.lowestOneBit(set);
        for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
          if ((part & lowest) == 0) continue;
          int rest = set ^ part;
          double own = cost[part] + cost[rest] + cost(part, rest, kept);
          if (own >= cost[set]) continue;
          cost[set] = own;
          split[set] = part;
        }
      }
      return last(term(split[all], split), term(all ^ split[all], split));
    }

    /** Outer products of a tensor with itself are made and multiplied by pairs. */
    private double cost(int left, int right, BitSet[] kept) {
      BitSet result = kept[left | right];
      double own = multiplications(kept[left], kept[right], result) * pairs(left) * pairs(right);
      return (own + volume(result) / LOOP_SPEED) * pairs(left | right);
    }

    /** What part of the numbers of an intermediate result the pairs are. */
    private double pairs(int set) {
      if (Integer.bitCount(set) != 2) return 1;
      Factor first = factors.get(Integer.numberOfTrailingZeros(set));
      Factor second = factors.get(Integer.numberOfTrailingZeros(set & (set - 1)));
      OuterSquare square = OuterSquare.of(first, second);
      if (square == null || !kept(set).equals(Parts.labels(List.of(first, second)))) return 1;
      double n = extents[square.first()];
      return Circle.isWorthIt(n) ? (n + 1) / (2 * n) : 1;
    }

    private Factor term(int set, int[] split) {
      if (Integer.bitCount(set) == 1) return factors.get(Integer.numberOfTrailingZeros(set));
      Factor left = term(split[set], split);
      Factor right = term(set ^ split[set], split);
      return pair(left, right, kept(set));
    }

    /** The labels of a subset that something outside of it needs. */
    private BitSet kept(int set) {
      BitSet own = new BitSet();
      BitSet others = (BitSet) output.clone();
      for (int f = 0; f < factors.size(); f++) {
        for (int l : factors.get(f).labels()) ((set >> f & 1) == 1 ? own : others).set(l);
      }
      own.and(others);
      return own;
    }

    /** The cheapest pair first, as long as there are more than two. */
    Tensor greedy() {
      List<Factor> open = new ArrayList<>(factors);
      while (open.size() > 2) {
        double best = Double.POSITIVE_INFINITY;
        int first = 0;
        int second = 1;
        for (int a = 0; a < open.size(); a++) {
          for (int b = a + 1; b < open.size(); b++) {
            BitSet kept = keptOf(open, a, b);
            BitSet left = Parts.labels(List.of(open.get(a)));
            BitSet right = Parts.labels(List.of(open.get(b)));
            double gain = volume(kept) - volume(left) - volume(right);
            double own = cost(left, right, kept) + gain / LOOP_SPEED;
            if (own >= best) continue;
            best = own;
            first = a;
            second = b;
          }
        }
        Factor pair = pair(open.get(first), open.get(second), keptOf(open, first, second));
        open.remove(second);
        open.set(first, pair);
      }
      return last(open.get(0), open.get(1));
    }

    private BitSet keptOf(List<Factor> open, int a, int b) {
      BitSet own = Parts.labels(List.of(open.get(a), open.get(b)));
      BitSet others = (BitSet) output.clone();
      for (int f = 0; f < open.size(); f++) {
        if (f != a && f != b) open.get(f).labels().forEach(others::set);
      }
      own.and(others);
      return own;
    }

    /** How long a product of two takes, in nanoseconds. */
    private double cost(BitSet left, BitSet right, BitSet kept) {
      return multiplications(left, right, kept) + volume(kept) / LOOP_SPEED;
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
      return volume(all) / (product ? PRODUCT_SPEED : LOOP_SPEED);
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

    private Factor pair(Factor left, Factor right, BitSet kept) {
      List<Integer> open = asInMemory(kept, List.of(left, right));
      Tensor pair = Parts.product(product.sizes(), List.of(left, right)).to(open);
      return new Factor(pair, Rational.ONE, open);
    }

    private Tensor last(Factor left, Factor right) {
      return Parts.product(product.sizes(), List.of(left, right))
          .times(product.coefficient())
          .to(product.output());
    }
  }
}
