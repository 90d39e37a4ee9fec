package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies sums out, {@code A*(x - b) -> A*x - A*b}, so that terms can meet and cancel. Operands
 * of functions stay as they were written.
 */
final class Expansion {
  private static final int MOST_TERMS = 120;

  private Expansion() {}

  /** The sum of products, or null if it would be too long. */
  static @Nullable Tensor of(Tensor tensor) {
    List<Sum.Term> done = new ArrayList<>();
    List<Sum.Term> open = new ArrayList<>(List.of(new Sum.Term(Rational.ONE, tensor)));
    while (!open.isEmpty()) {
      if (open.size() + done.size() > MOST_TERMS) return null;
      Sum.Term term = open.removeLast();
      switch (term.tensor()) {
        case Sum sum -> open.addAll(scaled(sum, term.coefficient()));
        case Einsum e when sumFactor(e) >= 0 -> distribute(e, sumFactor(e), term, open);
        default -> done.add(term);
      }
    }
    return Sum.of(done, tensor.shape());
  }

  private static List<Sum.Term> scaled(Sum sum, Rational coefficient) {
    return sum.terms().stream()
        .map(t -> new Sum.Term(t.coefficient().times(coefficient), t.tensor()))
        .toList();
  }

  /** The position of the first sum to the power 1 or 2, or -1. */
  private static int sumFactor(Einsum e) {
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      boolean small = f.isPlain() || f.exponent().equals(Rational.TWO);
      if (small && f.tensor() instanceof Sum) return k;
    }
    return -1;
  }

  private static void distribute(Einsum e, int position, Sum.Term term, List<Sum.Term> open) {
    Einsum.Factor f = e.factors().get(position);
    for (Sum.Term t : ((Sum) f.tensor()).terms()) {
      Product product = new Product().flattening().times(e.coefficient());
      for (var size : e.sizes()) product.label(size);
      for (int k = 0; k < e.factors().size(); k++) {
        if (k != position) Factors.add(product, e.factors().get(k));
      }
      Factors.add(product, f, f.exponent().minus(Rational.ONE));
      product.factor(t.tensor(), f.labels());
      open.add(new Sum.Term(term.coefficient().times(t.coefficient()), product.to(e.output())));
    }
  }
}
