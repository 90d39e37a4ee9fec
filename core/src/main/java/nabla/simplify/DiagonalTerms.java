package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;

/** The diagonal matrices among the terms of a sum become one: {@code diag(x) + diag(y)}. */
final class DiagonalTerms {
  private DiagonalTerms() {}

  static Tensor join(Tensor node) {
    if (!(node instanceof Sum sum) || sum.rank() != 2) return node;
    List<Sum.Term> diagonals = new ArrayList<>();
    List<Sum.Term> others = new ArrayList<>();
    for (Sum.Term term : sum.terms()) {
      if (isDiagonal(term.tensor())) diagonals.add(new Sum.Term(term.coefficient(), vector(term)));
      else others.add(term);
    }
    if (diagonals.size() < 2) return node;
    Product product = new Product();
    int i = product.label(sum.shape().getFirst());
    Tensor vector = Sum.of(diagonals, sum.shape().subList(0, 1));
    others.add(new Sum.Term(nabla.tensor.Rational.ONE, product.factor(vector, i).to(i, i)));
    return Sum.of(others, sum.shape());
  }

  /** Whether it is diag of a vector; multiples of the identity stay what they are. */
  private static boolean isDiagonal(Tensor tensor) {
    return tensor instanceof Einsum e
        && e.output().get(0).equals(e.output().get(1))
        && e.factors().stream().anyMatch(f -> f.labels().contains(e.output().get(0)));
  }

  private static Tensor vector(Sum.Term term) {
    Einsum e = (Einsum) term.tensor();
    Product product = Factors.like(e);
    for (Einsum.Factor f : e.factors()) Factors.add(product, f);
    return product.to(e.output().get(0));
  }
}
