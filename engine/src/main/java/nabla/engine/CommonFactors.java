package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a sum what all its terms are multiplied with, if the rest has fewer axes then:
 * {@code x[k]*A[i,j] - x[k]*B[i,j]} is {@code x[k]*(A - B)[i,j]}, and an outer product again.
 */
final class CommonFactors {
  /** A factor of a term: the tensor, and which axis of the sum each of its axes is. */
  private record Part(Tensor tensor, Rational exponent, List<Integer> axes) {}

  /** A term: a coefficient and its parts. */
  private record Term(Rational coefficient, List<Part> parts) {}

  private final Sum sum;

  private CommonFactors(Sum sum) {
    this.sum = sum;
  }

  /** The same value. */
  static Tensor of(Sum sum) {
    return new CommonFactors(sum).factored();
  }

  private Tensor factored() {
    List<Term> terms = new ArrayList<>();
    for (Sum.Term t : sum.terms()) {
      Term term = term(t);
      if (term == null) return sum;
      terms.add(term);
    }
    List<Part> common = new ArrayList<>();
    for (Part part : terms.getFirst().parts()) {
      if (terms.stream().allMatch(t -> t.parts().contains(part))) common.add(part);
    }
    TreeSet<Integer> left = new TreeSet<>();
    for (Term t : terms) {
      for (Part p : t.parts()) if (!common.contains(p)) left.addAll(p.axes());
    }
    if (common.isEmpty() || left.size() == sum.rank()) return sum;
    return product(common, rest(terms, common, List.copyOf(left)), List.copyOf(left));
  }

  /** The parts of a term, a contraction as a whole; null if it has unit tensors. */
  private static @Nullable Term term(Sum.Term term) {
    Einsum e = Einsum.view(term.tensor());
    if (e.contracts()) {
      List<Integer> axes = IntStream.range(0, e.rank()).boxed().toList();
      return new Term(term.coefficient(), List.of(new Part(term.tensor(), Rational.ONE, axes)));
    }
    boolean repeats = e.output().stream().distinct().count() < e.rank();
    if (repeats) return null;
    List<Part> parts = new ArrayList<>();
    for (Einsum.Factor f : e.factors()) {
      List<Integer> axes = f.labels().stream().map(e.output()::indexOf).toList();
      parts.add(new Part(f.tensor(), f.exponent(), axes));
    }
    return new Term(term.coefficient().times(e.coefficient()), parts);
  }

  private Tensor rest(List<Term> terms, List<Part> common, List<Integer> axes) {
    List<Size> shape = axes.stream().map(sum.shape()::get).toList();
    List<Sum.Term> rest = new ArrayList<>();
    for (Term t : terms) {
      Product product = new Product();
      List<Integer> labels = product.labels(shape);
      for (Part p : t.parts()) {
        if (common.contains(p)) continue;
        List<Integer> own = p.axes().stream().map(a -> labels.get(axes.indexOf(a))).toList();
        product.factor(p.tensor(), p.exponent(), own);
      }
      rest.add(new Sum.Term(t.coefficient(), product.to(labels)));
    }
    return Sum.of(rest, shape);
  }

  private Tensor product(List<Part> common, Tensor rest, List<Integer> axes) {
    Product product = new Product();
    List<Integer> labels = product.labels(sum.shape());
    for (Part p : common) {
      product.factor(p.tensor(), p.exponent(), p.axes().stream().map(labels::get).toList());
    }
    product.factor(rest, axes.stream().map(labels::get).toList());
    return product.to(labels);
  }
}
