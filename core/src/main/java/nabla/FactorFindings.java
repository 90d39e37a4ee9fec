package nabla;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Structural;
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
    Set<Object> factors = new LinkedHashSet<>();
    factors.add(product.coefficient());
    factors.add(product.sizes().size());
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
    if (terms.isEmpty() || claimedTerms.isEmpty()) return Optional.empty();
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
    List<Einsum> whole = List.of(Einsum.view(comparison.shortest(more)));
    for (List<Einsum> form : List.of(whole, products)) {
      for (Tensor factor : outer(form, more.shape())) {
        Rational number = comparison.factor(more, times(less, factor));
        if (number != null) return comparison.text(Tensors.scale(number, factor));
      }
      // An entry of a factor is no factor that one could name.
      if (form.stream().anyMatch(FactorFindings::readsEntries)) continue;
      for (Einsum.Factor f : form.getFirst().factors()) {
        String found = surplus(f, form, less);
        if (found != null) return found;
      }
    }
    return null;
  }

  /** The same for a factor that every product has. */
  private @Nullable String surplus(Einsum.Factor factor, List<Einsum> products, Tensor less) {
    Rational one = Rational.of(factor.exponent().signum());
    for (Rational dropped : new LinkedHashSet<>(List.of(factor.exponent(), one))) {
      for (boolean joined : List.of(false, true)) {
        List<Tensor> rests = new ArrayList<>();
        for (Einsum product : products) {
          Tensor rest = without(product, factor, dropped, joined);
          if (rest != null) rests.add(rest);
        }
        if (rests.size() < products.size()) continue;
        Rational number = comparison.factor(Tensors.add(rests.toArray(Tensor[]::new)), less);
        if (number == null) continue;
        return comparison.text(Tensors.scale(number, Tensors.power(factor.tensor(), dropped)));
      }
    }
    return null;
  }

  private static boolean readsEntries(Einsum product) {
    return product.factors().stream().anyMatch(f -> f.tensor() instanceof Structural);
  }

  private static Tensor times(Tensor tensor, Tensor factor) {
    Tensor all = factor.rank() == 0 ? Tensors.broadcast(factor, tensor.shape()) : factor;
    return Tensors.hadamard(tensor, all);
  }

  /**
   * The scalars among the factors and those of the whole shape, also to other powers; what is
   * divided by may be divided by once too often.
   */
  private static Set<Tensor> outer(List<Einsum> products, List<Size> shape) {
    Set<Tensor> found = new LinkedHashSet<>();
    for (Einsum product : products) {
      for (Einsum.Factor f : product.factors()) {
        boolean whole = f.tensor().shape().equals(shape) && f.labels().equals(product.output());
        if (f.tensor().rank() > 0 && !whole) continue;
        found.add(Tensors.power(f.tensor(), f.exponent()));
        found.add(Tensors.power(f.tensor(), Rational.of(f.exponent().signum())));
        found.add(Tensors.power(f.tensor(), f.exponent().times(Rational.TWO)));
        boolean below = f.exponent().signum() < 0 && f.tensor().rank() == 0;
        if (below) found.add(Tensors.power(f.tensor(), f.exponent().negate()));
      }
    }
    return found.stream().limit(MOST_FACTORS).collect(LinkedHashSet::new, Set::add, Set::addAll);
  }

  /**
   * The product without a power of a factor; null if it has no such factor.
   *
   * @param joined whether what the factor connects is one then, as without a matrix in a chain
   */
  private static @Nullable Tensor without(
      Einsum product, Einsum.Factor factor, Rational dropped, boolean joined) {
    int position = position(product, factor);
    if (position < 0) return null;
    Einsum.Factor own = product.factors().get(position);
    Rational left = own.exponent().minus(dropped);
    List<Integer> labels = own.labels();
    if (joined && !(left.isZero() && labels.size() == 2 && sameSize(product, labels))) return null;
    Product rest = new Product().times(product.coefficient());
    for (Size size : product.sizes()) rest.label(size);
    for (int k = 0; k < product.factors().size(); k++) {
      Einsum.Factor f = product.factors().get(k);
      Rational exponent = k == position ? left : f.exponent();
      if (!exponent.isZero()) rest.factor(f.tensor(), exponent, f.labels());
    }
    if (joined) rest.unify(labels.get(0), labels.get(1));
    return rest.to(product.output());
  }

  private static int position(Einsum product, Einsum.Factor factor) {
    for (int k = 0; k < product.factors().size(); k++) {
      if (alike(product.factors().get(k), factor)) return k;
    }
    return -1;
  }

  private static boolean sameSize(Einsum product, List<Integer> labels) {
    List<Size> sizes = product.sizes();
    return sizes.get(labels.get(0)).equals(sizes.get(labels.get(1)));
  }
}
