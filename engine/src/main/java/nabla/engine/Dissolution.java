package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Brings derivatives into the form in which they are evaluated: what is an outer product moves out
 * of every contraction, so that nothing is computed with more axes than it needs, and unit tensors
 * move to the outermost products, where they are structure and no numbers (Laue, Mitterreiter and
 * Giesen, AAAI 2020: compressed higher derivatives). Contractions stay nodes of their own, shared
 * by all that use them.
 *
 * <p>After it each product is either a contraction, of factors that hang together by summed labels,
 * with every output label once; or a product without sums, of contractions and other tensors, which
 * may have unit tensors.
 */
final class Dissolution {
  /** Sums of more terms are not multiplied out. */
  private static final int MOST_TERMS = 8;

  private final Map<Tensor, Tensor> dissolved = new HashMap<>();

  /** The same values; what several tensors share stays shared if one instance sees them all. */
  Tensor of(Tensor root) {
    return Tensors.rewrite(root, dissolved, this::dissolve);
  }

  private Tensor dissolve(Tensor node) {
    return switch (node) {
      case Einsum product -> product(product);
      case Sum sum when sum.terms().size() > 1 -> CommonFactors.of(sum);
      default -> node;
    };
  }

  private Tensor product(Einsum product) {
    Tensor open = open(product);
    if (open != null) return open;
    Tensor distributed = distributed(product);
    if (distributed != null) return distributed;
    Product flat = new Product().times(product.coefficient());
    for (Size size : product.sizes()) flat.label(size);
    for (Factor f : product.factors()) multiply(flat, f);
    if (!(flat.to(product.output()) instanceof Einsum value)) return flat.to(product.output());
    distributed = distributed(value);
    return distributed != null ? distributed : apart(value);
  }

  /** The sum that a product is if it is worth it to multiply out a factor, or null. */
  private @Nullable Tensor distributed(Einsum product) {
    for (int f = 0; f < product.factors().size(); f++) {
      Factor factor = product.factors().get(f);
      if (!factor.isPlain() || !(factor.tensor() instanceof Sum sum)) continue;
      boolean saves = hasUnitTensors(sum) || (product.contracts() && hasOuterProducts(sum));
      if (saves) return distributed(product, f, sum);
    }
    return null;
  }

  /** A number times a sum, or a sum with its axes in another order, is a sum of such terms. */
  private @Nullable Tensor open(Einsum product) {
    if (product.factors().size() != 1 || product.contracts()) return null;
    Factor only = product.factors().getFirst();
    boolean turned =
        only.isPlain()
            && only.tensor() instanceof Sum
            && only.labels().size() == product.rank()
            && !isRepeated(only.labels());
    return turned ? distributed(product, 0, (Sum) only.tensor()) : null;
  }

  /**
   * Takes over the factors of a product without sums, which is no work of its own, and of one with
   * a unit tensor: its sums are over one factor each, and would be done for every zero.
   */
  private static void multiply(Product product, Factor f) {
    boolean outer =
        f.isPlain()
            && f.tensor() instanceof Einsum inner
            && (!inner.contracts() || isRepeated(inner.output()));
    if (outer) product.dissolved(f.tensor(), f.labels());
    else product.factor(f.tensor(), f.exponent(), f.labels());
  }

  private static boolean hasUnitTensors(Sum sum) {
    return sum.terms().size() <= MOST_TERMS
        && sum.terms().stream()
            .anyMatch(t -> t.tensor() instanceof Einsum e && isRepeated(e.output()));
  }

  /** A matrix plus u*v' times another one is cheaper as two products. */
  private static boolean hasOuterProducts(Sum sum) {
    return sum.rank() > 1
        && sum.terms().size() <= MOST_TERMS
        && sum.terms().stream().anyMatch(t -> isOuterProduct(t.tensor()));
  }

  /** Whether every axis belongs to a factor, but to none do all. */
  private static boolean isOuterProduct(Tensor term) {
    if (!(term instanceof Einsum e) || e.contracts() || isRepeated(e.output())) return false;
    return e.output().stream().allMatch(l -> isCarried(l, e.factors()))
        && e.factors().stream().allMatch(f -> f.labels().size() < e.rank());
  }

  private static boolean isRepeated(List<Integer> labels) {
    return labels.stream().distinct().count() < labels.size();
  }

  /** Multiplies out a sum: a unit tensor in one term saves its contraction. */
  private Tensor distributed(Einsum product, int position, Sum sum) {
    List<Sum.Term> terms = new ArrayList<>();
    for (Sum.Term term : sum.terms()) {
      Product replaced = new Product().times(product.coefficient());
      for (Size size : product.sizes()) replaced.label(size);
      for (int f = 0; f < product.factors().size(); f++) {
        Factor factor = product.factors().get(f);
        multiply(
            replaced,
            f == position ? new Factor(term.tensor(), Rational.ONE, factor.labels()) : factor);
      }
      Tensor value = replaced.to(product.output());
      Tensor open = value instanceof Einsum e ? product(e) : value;
      terms.add(new Sum.Term(term.coefficient(), open));
    }
    Tensor all = Sum.of(terms, product.shape());
    return all instanceof Sum s && s.terms().size() > 1 ? CommonFactors.of(s) : all;
  }

  /** Splits a product into its contractions and what is multiplied with them. */
  private static Tensor apart(Einsum product) {
    Map<Integer, List<Factor>> groups = groups(product);
    List<Factor> outside = groups.getOrDefault(OUTSIDE, List.of());
    boolean plain = product.coefficient().isOne() && !isRepeated(product.output());
    boolean carried = product.output().stream().allMatch(l -> isCarried(l, product.factors()));
    if (groups.size() == 1 && (!product.contracts() || (outside.isEmpty() && plain && carried))) {
      return product;
    }
    List<Factor> factors = new ArrayList<>(outside);
    groups.remove(OUTSIDE);
    for (List<Factor> group : groups.values()) {
      List<Integer> open = open(group, product.output());
      Tensor contraction = Parts.product(product.sizes(), group).to(open);
      factors.add(new Factor(contraction, Rational.ONE, open));
    }
    return Parts.product(product.sizes(), factors)
        .times(product.coefficient())
        .to(product.output());
  }

  static final int OUTSIDE = -1;

  /** The factors by the contraction that they take part in; outside of all are those in none. */
  static Map<Integer, List<Factor>> groups(Einsum product) {
    int[] parent = new int[product.sizes().size()];
    for (int l = 0; l < parent.length; l++) parent[l] = l;
    for (Factor f : product.factors()) {
      List<Integer> summed = summed(f, product.output());
      for (int label : summed) parent[root(parent, label)] = root(parent, summed.getFirst());
    }
    Map<Integer, List<Factor>> groups = new LinkedHashMap<>();
    for (Factor f : product.factors()) {
      List<Integer> summed = summed(f, product.output());
      int group = summed.isEmpty() ? OUTSIDE : root(parent, summed.getFirst());
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(f);
    }
    return groups;
  }

  private static int root(int[] parent, int label) {
    int root = label;
    while (parent[root] != root) root = parent[root];
    return root;
  }

  private static List<Integer> summed(Factor f, List<Integer> output) {
    return f.labels().stream().filter(l -> !output.contains(l)).toList();
  }

  private static boolean isCarried(int label, List<Factor> factors) {
    return factors.stream().anyMatch(f -> f.labels().contains(label));
  }

  /** The labels of a group that are not summed, in the order of their numbers. */
  static List<Integer> open(List<Factor> group, List<Integer> output) {
    TreeSet<Integer> open = new TreeSet<>();
    for (Factor f : group) for (int l : f.labels()) if (output.contains(l)) open.add(l);
    return List.copyOf(open);
  }
}
