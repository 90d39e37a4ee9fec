package nabla.optimize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * A linear map of matrices as a sum of terms: {@code X -> Σ c*M*X*N}, read off the tensor D with
 * {@code Y[i,j] = Σ D[i,j,k,l]*X[k,l]}. In a term one part of the product connects i with k, which
 * is M, and another one j with l, which is N.
 */
record LinearMap(List<Term> terms) {
  /** Numbers are in the coefficient as far as they divide all of a factor. */
  record Term(Rational coefficient, Tensor left, Tensor right) {
    static Term of(Rational coefficient, Tensor left, Tensor right) {
      Rational l = content(left);
      Rational r = content(right);
      return new Term(
          coefficient.times(l).times(r),
          Tensors.scale(l.inverse(), left),
          Tensors.scale(r.inverse(), right));
    }

    static Rational content(Tensor tensor) {
      Rational content =
          tensor instanceof Sum sum ? sum.content() : Einsum.view(tensor).coefficient();
      return content.abs();
    }
  }

  /** Nothing if some term has no such parts. */
  static Optional<LinearMap> of(Tensor map) {
    List<Sum.Term> all =
        map instanceof Sum sum ? sum.terms() : List.of(new Sum.Term(Rational.ONE, map));
    List<Term> left = new ArrayList<>();
    List<Term> right = new ArrayList<>();
    for (Sum.Term t : all) {
      Term term = split(Einsum.view(t.tensor()), t.coefficient(), Side.LEFT);
      if (term == null) return Optional.empty();
      left.add(term);
      right.add(
          Objects.requireNonNull(split(Einsum.view(t.tensor()), t.coefficient(), Side.RIGHT)));
    }
    return Stream.of(merged(left, Side.LEFT), merged(left, Side.RIGHT), merged(right, Side.RIGHT))
        .min(Comparator.comparingInt(List::size))
        .map(LinearMap::new);
  }

  private enum Side {
    LEFT,
    RIGHT
  }

  /**
   * @param numbersTo where those of a multiple of X go
   */
  private static @Nullable Term split(Einsum product, Rational outside, Side numbersTo) {
    Components components = new Components(product);
    List<Integer> out = product.output();
    int i = components.of(out.get(0));
    int j = components.of(out.get(1));
    boolean apart = i == components.of(out.get(2)) && j == components.of(out.get(3)) && i != j;
    if (!apart) return null;
    List<Einsum.Factor> left = new ArrayList<>();
    List<Einsum.Factor> right = new ArrayList<>();
    List<Einsum.Factor> numbers = new ArrayList<>();
    for (Einsum.Factor f : product.factors()) {
      int component = f.labels().isEmpty() ? -1 : components.of(f.labels().getFirst());
      (component == i ? left : component == j ? right : numbers).add(f);
    }
    boolean toRight = left.isEmpty() && (!right.isEmpty() || numbersTo == Side.RIGHT);
    (toRight ? right : left).addAll(numbers);
    return Term.of(
        outside.times(product.coefficient()),
        part(product, left, out.get(0), out.get(2)),
        part(product, right, out.get(1), out.get(3)));
  }

  private static Tensor part(Einsum whole, List<Einsum.Factor> factors, int row, int column) {
    Product product = new Product();
    Map<Integer, Integer> labels = new HashMap<>();
    for (Einsum.Factor f : factors) {
      product.factor(
          f.tensor(),
          f.exponent(),
          f.labels().stream().map(l -> label(l, whole, product, labels)).toList());
    }
    return product.to(label(row, whole, product, labels), label(column, whole, product, labels));
  }

  private static int label(int label, Einsum whole, Product product, Map<Integer, Integer> labels) {
    return labels.computeIfAbsent(label, l -> product.label(whole.sizes().get(l)));
  }

  /** Terms with the same factor on the other side become one. */
  private static List<Term> merged(List<Term> terms, Side summed) {
    boolean left = summed == Side.LEFT;
    Map<Tensor, List<Sum.Term>> groups = new LinkedHashMap<>();
    for (Term t : terms) {
      groups
          .computeIfAbsent(left ? t.right() : t.left(), k -> new ArrayList<>())
          .add(new Sum.Term(t.coefficient(), left ? t.left() : t.right()));
    }
    List<Term> merged = new ArrayList<>();
    groups.forEach(
        (same, group) -> {
          Tensor sum = Sum.of(group, group.getFirst().tensor().shape());
          merged.add(left ? Term.of(Rational.ONE, sum, same) : Term.of(Rational.ONE, same, sum));
        });
    return merged;
  }

  /** Which labels hang together by factors. */
  private static final class Components {
    private final int[] parent;

    Components(Einsum product) {
      this.parent = new int[product.sizes().size()];
      for (int k = 0; k < parent.length; k++) parent[k] = k;
      for (Einsum.Factor f : product.factors()) {
        for (int label : f.labels()) parent[of(label)] = of(f.labels().getFirst());
      }
    }

    int of(int label) {
      int root = label;
      while (parent[root] != root) root = parent[root];
      return root;
    }
  }
}
