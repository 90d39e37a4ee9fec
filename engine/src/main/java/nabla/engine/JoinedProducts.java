package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** Multiplies once instead of twice: {@code A'*B - A'*C} is {@code A'*(B - C)}. */
final class JoinedProducts {
  /** For so many points of a product a point of the sum may be stored. */
  private static final double WORTHWHILE = 4;

  private final Map<String, Integer> sizes;
  private final Uses uses;
  private final Map<Tensor, Tensor> joined = new HashMap<>();

  /** For all tensors that are going to be asked for: what is needed by itself is not joined. */
  JoinedProducts(List<Tensor> roots, Map<String, Integer> sizes) {
    this.sizes = sizes;
    this.uses = new Uses(roots);
  }

  /** The same value. */
  Tensor of(Tensor root) {
    for (Tensor node : Tensors.topological(root)) {
      if (joined.containsKey(node)) continue;
      Tensor source = node instanceof Sum sum ? joined(sum) : node;
      joined.put(node, source.mapOperands(o -> Objects.requireNonNullElse(joined.get(o), o)));
    }
    return Objects.requireNonNull(joined.get(root));
  }

  private Tensor joined(Sum sum) {
    List<Sum.Term> terms = new ArrayList<>();
    for (Sum.Term term : sum.terms()) {
      if (!join(terms, term)) terms.add(term);
    }
    return terms.size() == sum.terms().size() ? sum : Sum.of(terms, sum.shape());
  }

  /** Puts a term and an earlier one in the place of that one, if they go together. */
  private boolean join(List<Sum.Term> terms, Sum.Term term) {
    if (!(term.tensor() instanceof Einsum second) || !isFree(second)) return false;
    for (int k = 0; k < terms.size(); k++) {
      if (!(terms.get(k).tensor() instanceof Einsum first) || !isFree(first)) continue;
      Rational ratio = term.coefficient().dividedBy(terms.get(k).coefficient());
      Tensor both = joined(first, second, ratio);
      if (both == null) continue;
      terms.set(k, primitive(terms.get(k).coefficient(), both));
      return true;
    }
    return false;
  }

  private static Sum.Term primitive(Rational coefficient, Tensor tensor) {
    return tensor instanceof Einsum e
        ? new Sum.Term(coefficient.times(e.coefficient()), e.withoutCoefficient())
        : new Sum.Term(coefficient, tensor);
  }

  /** What was joined is no tensor that anything else uses. */
  private boolean isFree(Einsum term) {
    return term.contracts() && term.rank() > 0 && !uses.isShared(term);
  }

  /** {@code first + ratio*second}, or null if too little of them is the same. */
  private @Nullable Tensor joined(Einsum first, Einsum second, Rational ratio) {
    LabelMap map = LabelMap.empty(first.sizes().size(), second.sizes().size());
    map = map.with(first.output(), second.output());
    if (map == null) return null;
    BitSet common = new BitSet();
    BitSet images = new BitSet();
    for (int a = 0; a < first.factors().size(); a++) {
      for (int b = 0; b < second.factors().size() && !common.get(a); b++) {
        if (images.get(b)) continue;
        List<LabelMap> maps = map.with(first.factors().get(a), second.factors().get(b));
        if (maps.isEmpty()) continue;
        map = maps.getFirst();
        common.set(a);
        images.set(b);
      }
    }
    List<Factor> own = Parts.without(first.factors(), common);
    List<Factor> other = new ArrayList<>();
    for (Factor f : Parts.without(second.factors(), images)) {
      if (!f.labels().stream().allMatch(map::isImage)) return null;
      other.add(new Factor(f.tensor(), f.exponent(), map.origins(f.labels())));
    }
    List<Factor> factors = new ArrayList<>(Parts.at(first.factors(), common));
    BitSet axes = Parts.labels(own);
    if (own.isEmpty() || !axes.equals(Parts.labels(other))) return null;
    if (!isSummed(factors, axes, first.output()) || !isWorthwhile(first, axes)) return null;
    if (Stream.concat(own.stream(), other.stream()).anyMatch(f -> Uses.isInverse(f.tensor()))) {
      return null;
    }
    List<Integer> order = Parts.asInMemory(axes, own);
    Tensor one = Parts.product(first.sizes(), own).to(order);
    Tensor two = Parts.product(first.sizes(), other).to(order);
    List<Sum.Term> terms = List.of(new Sum.Term(Rational.ONE, one), new Sum.Term(ratio, two));
    factors.add(new Factor(Sum.of(terms, one.shape()), Rational.ONE, order));
    return Parts.product(first.sizes(), factors).to(first.output());
  }

  /** Whether what differs is summed with what is common, and has no sums of its own. */
  private static boolean isSummed(List<Factor> common, BitSet axes, List<Integer> output) {
    BitSet kept = Parts.labels(common);
    BitSet summed = (BitSet) axes.clone();
    output.forEach(summed::clear);
    return !summed.isEmpty() && Parts.contains(kept, summed);
  }

  /** Whether the product has many more points than the sum. */
  private boolean isWorthwhile(Einsum product, BitSet axes) {
    double more = 1;
    for (int l = 0; l < product.sizes().size(); l++) {
      if (!axes.get(l)) more *= product.sizes().get(l).value(sizes);
    }
    return more >= WORTHWHILE;
  }
}
