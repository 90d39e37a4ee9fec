package nabla.tensor;

import java.util.ArrayList;
import java.util.List;

/** A linear change of a tensor, made in each term of a sum by itself. */
public interface TermByTerm {
  /**
   * Changes a term.
   *
   * @param product has the term as a factor
   * @param labels those of the axes of the term
   */
  Tensor of(Product product, List<Integer> labels);

  /** The changed tensor; the terms of a sum stay visible. */
  static Tensor each(Tensor tensor, TermByTerm change) {
    if (!(tensor instanceof Sum s)) return change.term(tensor);
    if (s.isZero()) return Sum.zero(change.term(tensor).shape());
    List<Sum.Term> terms = new ArrayList<>();
    for (Sum.Term t : s.terms()) terms.add(new Sum.Term(t.coefficient(), change.term(t.tensor())));
    return Sum.of(terms, terms.getFirst().tensor().shape());
  }

  private Tensor term(Tensor term) {
    Product product = new Product();
    List<Integer> labels = product.labels(term.shape());
    return of(product.factor(term, Rational.ONE, labels), labels);
  }
}
