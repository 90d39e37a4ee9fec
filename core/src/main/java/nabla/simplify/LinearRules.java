package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** What is linear passes into sums where terms cancel there. */
final class LinearRules {
  static final List<Rule> RULES =
      List.of(
          new Rule(
              "total of a sum", "sum(x - m) -> sum(x) - sum(m), if shorter", LinearRules::total));

  private LinearRules() {}

  /** {@code sum(x - sum(x)/n*ones(n))} is 0. */
  private static @Nullable Tensor total(Tensor node) {
    if (!(node instanceof Einsum e) || e.factors().size() != 1) return null;
    Einsum.Factor f = e.factors().getFirst();
    if (!f.isPlain() || !(f.tensor() instanceof Sum sum) || !e.contracts()) return null;
    List<Sum.Term> terms = new ArrayList<>();
    for (Sum.Term term : sum.terms()) {
      Product product = Factors.like(e).flattening().factor(term.tensor(), f.labels());
      Tensor distributed = Normalizer.flatten(product.to(e.output()));
      if (!vanishes(distributed)) terms.add(new Sum.Term(term.coefficient(), distributed));
    }
    Tensor result = Sum.of(terms, e.shape());
    int left = result instanceof Sum s ? s.terms().size() : 1;
    return left < sum.terms().size() ? result : null;
  }

  /** Whether a factor is a total that cancels. */
  private static boolean vanishes(Tensor product) {
    return product.operands().stream()
        .filter(Einsum.class::isInstance)
        .map(LinearRules::total)
        .anyMatch(t -> t != null && Tensors.isZero(t));
  }
}
