package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/**
 * Two parts of a product that are equal but for their labels.
 *
 * @param first the places of the factors of the one
 * @param second those of the other
 * @param labels for each label of the one that of the other
 */
record Twins(Einsum product, BitSet first, BitSet second, LabelMap labels) {

  /** Those that grow from pairs of equal factors, of each such row the largest first. */
  static List<Twins> of(Einsum product) {
    int count = product.sizes().size();
    LabelMap none = LabelMap.empty(count, count);
    Twins empty = new Twins(product, new BitSet(), new BitSet(), none);
    List<Twins> twins = new ArrayList<>();
    for (int a = 0; a < product.factors().size(); a++) {
      for (int b = a + 1; b < product.factors().size(); b++) {
        if (isPaired(twins, a, b)) continue;
        for (Twins pair : empty.with(a, b)) twins.addAll(pair.row());
      }
    }
    return twins;
  }

  private static boolean isPaired(List<Twins> twins, int a, int b) {
    return twins.stream()
        .anyMatch(t -> (t.first.get(a) && t.second.get(b)) || (t.first.get(b) && t.second.get(a)));
  }

  private List<Twins> with(int a, int b) {
    List<Twins> pairs = new ArrayList<>();
    for (LabelMap map : labels.with(product.factors().get(a), product.factors().get(b))) {
      BitSet one = (BitSet) first.clone();
      BitSet other = (BitSet) second.clone();
      one.set(a);
      other.set(b);
      pairs.add(new Twins(product, one, other, map));
    }
    return pairs;
  }

  private List<Twins> row() {
    List<Twins> row = new ArrayList<>();
    for (Twins now = grown(); now != null; now = now.grown()) row.addFirst(now);
    return row;
  }

  /** With one more factor in each; null if no two that hang on to them are equal. */
  private @Nullable Twins grown() {
    for (int a = 0; a < product.factors().size(); a++) {
      if (isTaken(a) || !hangsOn(product.factors().get(a))) continue;
      for (int b = 0; b < product.factors().size(); b++) {
        if (a == b || isTaken(b)) continue;
        List<Twins> grown = with(a, b);
        if (!grown.isEmpty()) return grown.getFirst();
      }
    }
    return null;
  }

  private boolean isTaken(int place) {
    return first.get(place) || second.get(place);
  }

  private boolean hangsOn(Factor factor) {
    return factor.labels().stream().anyMatch(labels::has);
  }

  /**
   * The product with one tensor for both; null if that is no product, or something needs what one
   * sums over.
   */
  SharedProducts.@Nullable Form form() {
    BitSet kept = Parts.kept(product, first);
    BitSet images = new BitSet();
    kept.stream().forEach(l -> images.set(labels.image(l)));
    if (!images.equals(Parts.kept(product, second))) return null;
    List<Factor> own = Parts.at(product.factors(), first);
    List<Integer> axes = Parts.asInMemory(kept, own);
    if (!(Parts.product(product.sizes(), own).to(axes) instanceof Einsum part)) return null;
    BitSet both = (BitSet) first.clone();
    both.or(second);
    List<Factor> factors = new ArrayList<>(Parts.without(product.factors(), both));
    factors.add(new Factor(part, Rational.ONE, axes));
    factors.add(new Factor(part, Rational.ONE, labels.images(axes)));
    return new SharedProducts.Form(
        Parts.product(product.sizes(), factors).times(product.coefficient()).to(product.output()),
        part,
        false);
  }
}
