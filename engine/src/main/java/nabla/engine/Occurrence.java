package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A product within another one: equal factors whose sums are inside. */
final class Occurrence {
  /** Products of equal factors have more ways to try than are worth it. */
  private static final int MOST_STEPS = 500;

  private final Einsum pattern;
  private final Einsum product;
  private final BitSet taken = new BitSet();
  private LabelMap labels;
  private int steps;

  private Occurrence(Einsum pattern, Einsum product) {
    this.pattern = pattern;
    this.product = product;
    this.labels = LabelMap.empty(pattern.sizes().size(), product.sizes().size());
  }

  /** The first one, or null. */
  static @Nullable Occurrence of(Einsum pattern, Einsum product) {
    if (pattern.factors().size() > product.factors().size()) return null;
    Occurrence occurrence = new Occurrence(pattern, product);
    return occurrence.finds(0) ? occurrence : null;
  }

  private boolean finds(int factor) {
    if (factor == pattern.factors().size()) return isClosed();
    LabelMap before = labels;
    for (int f = 0; f < product.factors().size(); f++) {
      if (taken.get(f)) continue;
      Factor own = pattern.factors().get(factor);
      for (LabelMap after : before.with(own, product.factors().get(f))) {
        if (steps++ > MOST_STEPS) return false;
        labels = after;
        taken.set(f);
        if (finds(factor + 1)) return true;
        taken.clear(f);
      }
    }
    return false;
  }

  /** Whether nothing else has the labels that the pattern sums over. */
  private boolean isClosed() {
    BitSet others = Parts.needed(product, taken);
    for (int l = 0; l < pattern.sizes().size(); l++) {
      boolean summed = !pattern.output().contains(l);
      if (summed && (!labels.has(l) || others.get(labels.image(l)))) return false;
    }
    return pattern.output().stream().allMatch(labels::has);
  }

  /** The product with a tensor that is this multiple of the factors found. */
  Tensor replacedBy(Tensor part, Rational multiple) {
    List<Factor> factors = new ArrayList<>(Parts.without(product.factors(), taken));
    factors.add(new Factor(part, Rational.ONE, labels.images(pattern.output())));
    return Parts.product(product.sizes(), factors)
        .times(product.coefficient().times(multiple.inverse()))
        .to(product.output());
  }
}
