package nabla;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** Looks for one factor in which a claim differs from what is right, or for a wrong order. */
final class FactorFindings {
  /** So many factors are tried; each costs two comparisons at most. */
  private static final int MOST_FACTORS = 12;

  private final Comparison comparison;
  private final Tensor right;
  private final Tensor claimed;
  private final List<Einsum> terms;
  private final List<Einsum> claimedTerms;

  FactorFindings(Comparison comparison, Tensor right, Tensor claimed) {
    this.comparison = comparison;
    this.right = right;
    this.claimed = claimed;
    terms = products(right);
    claimedTerms = products(claimed);
  }

  private List<Einsum> products(Tensor tensor) {
    return TermFindings.terms(comparison, tensor).stream().map(Einsum::view).toList();
  }

  /** The same factors, multiplied otherwise. */
  Optional<Finding> order() {
    List<Set<Object>> unmatched = new ArrayList<>();
    for (Einsum term : terms) unmatched.add(factors(term));
    for (Einsum term : claimedTerms) if (!unmatched.remove(factors(term))) return Optional.empty();
    return unmatched.isEmpty()
        ? Finding.of(
            Verdict.Kind.FACTOR_ORDER,
            "the factors are right, but not their order or their transposes")
        : Optional.empty();
  }

  /** What a product is made of, whatever the order. */
  private static Set<Object> factors(Einsum product) {
    Set<Object> factors = new LinkedHashSet<>(List.of(product.coefficient().abs()));
    int k = 0;
    for (Einsum.Factor f : product.factors()) {
      long same = product.factors().subList(0, k++).stream().filter(g -> alike(f, g)).count();
      factors.add(List.of(f.tensor(), f.exponent(), same));
    }
    return factors;
  }

  private static boolean alike(Einsum.Factor f, Einsum.Factor g) {
    return f.tensor().equals(g.tensor()) && f.exponent().equals(g.exponent());
  }

  /** A factor that is missing, or that is too many; with a number, if one goes with it. */
  Optional<Finding> oneMoreOrLess() {
    String missing = surplus(right, terms, claimed);
    if (missing != null) {
      return Finding.of(Verdict.Kind.FACTOR_MISSING, "the factor " + missing + " is missing");
    }
    String extra = surplus(claimed, claimedTerms, right);
    return extra == null
        ? Optional.empty()
        : Finding.of(Verdict.Kind.FACTOR_TOO_MANY, "the factor " + extra + " is too many");
  }

  /** The factor by which one tensor is more than another, written out; null if there is none. */
  private @Nullable String surplus(Tensor more, List<Einsum> products, Tensor less) {
    for (Tensor factor : outer(products, more.shape())) {
      Rational number = comparison.factor(more, times(less, factor));
      if (number != null) return comparison.text(Tensors.scale(number, factor));
    }
    if (products.size() > 1) return null;
    Einsum product = products.getFirst();
    for (int k = 0; k < product.factors().size(); k++) {
      for (Tensor rest : without(product, k)) {
        Rational number = comparison.factor(rest, less);
        if (number == null) continue;
        Einsum.Factor f = product.factors().get(k);
        Tensor factor = Tensors.power(f.tensor(), f.exponent());
        return comparison.text(Tensors.scale(number, factor));
      }
    }
    return null;
  }

  private static Tensor times(Tensor tensor, Tensor factor) {
    Tensor all = factor.rank() == 0 ? Tensors.broadcast(factor, tensor.shape()) : factor;
    return Tensors.hadamard(tensor, all);
  }

  /** The scalars among the factors and those of the whole shape, also to the power 1 or -1. */
  private static Set<Tensor> outer(List<Einsum> products, List<Size> shape) {
    Set<Tensor> found = new LinkedHashSet<>();
    for (Einsum product : products) {
      for (Einsum.Factor f : product.factors()) {
        boolean whole = f.tensor().shape().equals(shape) && f.labels().equals(product.output());
        if (f.tensor().rank() > 0 && !whole) continue;
        found.add(Tensors.power(f.tensor(), f.exponent()));
        Rational one = Rational.of(f.exponent().signum());
        found.add(Tensors.power(f.tensor(), one));
      }
    }
    return found.stream().limit(MOST_FACTORS).collect(LinkedHashSet::new, Set::add, Set::addAll);
  }

  /** The product without a factor; without a matrix, what it connects is the same or is summed. */
  private static List<Tensor> without(Einsum product, int position) {
    List<Integer> labels = product.factors().get(position).labels();
    List<Tensor> rests = new ArrayList<>();
    rests.add(others(product, position).to(product.output()));
    if (labels.size() == 2 && sameSize(product, labels)) {
      Product joined = others(product, position).unify(labels.get(0), labels.get(1));
      rests.add(joined.to(product.output()));
    }
    return rests;
  }

  private static boolean sameSize(Einsum product, List<Integer> labels) {
    List<Size> sizes = product.sizes();
    return sizes.get(labels.get(0)).equals(sizes.get(labels.get(1)));
  }

  private static Product others(Einsum product, int position) {
    Product others = new Product().times(product.coefficient());
    for (Size size : product.sizes()) others.label(size);
    IntStream.range(0, product.factors().size())
        .filter(k -> k != position)
        .mapToObj(product.factors()::get)
        .forEach(f -> others.factor(f.tensor(), f.exponent(), f.labels()));
    return others;
  }
}
