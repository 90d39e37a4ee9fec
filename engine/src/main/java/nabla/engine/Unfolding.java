package nabla.engine;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** Contractions of contractions as one product: {@code A*(B*C)} as that of A, B and C. */
final class Unfolding {
  /** Products of more factors are not formed. */
  private static final int MOST_FACTORS = 100;

  /**
   * A contraction as one product.
   *
   * @param inner the contractions that are in it
   */
  record Unfolded(Einsum product, Set<Tensor> inner) {}

  private final Set<Tensor> inner = new HashSet<>();

  Unfolding(List<Einsum> contractions, Uses uses) {
    for (Einsum e : contractions) {
      for (Factor f : e.factors()) {
        if (isContraction(f) && uses.isOnce(f.tensor())) inner.add(f.tensor());
      }
    }
  }

  private static boolean isContraction(Factor f) {
    return f.isPlain() && f.tensor() instanceof Einsum e && e.contracts();
  }

  /** Whether only another contraction needs a value. */
  boolean isInner(Tensor tensor) {
    return inner.contains(tensor);
  }

  /** With all that only it needs, unless that is too much. */
  Unfolded of(Einsum contraction) {
    Einsum product = of(contraction, this::isInner);
    Set<Tensor> taken = new LinkedHashSet<>();
    if (!product.equals(contraction)) take(contraction, taken);
    return new Unfolded(product, taken);
  }

  private void take(Einsum contraction, Set<Tensor> taken) {
    for (Factor f : contraction.factors()) {
      if (isInner(f.tensor()) && taken.add(f.tensor())) take((Einsum) f.tensor(), taken);
    }
  }

  /** With the contractions in it that are wanted, unless these are too many factors. */
  static Einsum of(Einsum contraction, Predicate<Tensor> wanted) {
    if (count(contraction, wanted) > MOST_FACTORS) return contraction;
    return unfolded(contraction, wanted) instanceof Einsum e && e.contracts() ? e : contraction;
  }

  private static int count(Einsum contraction, Predicate<Tensor> wanted) {
    int count = 0;
    for (Factor f : contraction.factors()) {
      boolean open = isContraction(f) && wanted.test(f.tensor());
      count += open ? count((Einsum) f.tensor(), wanted) : 1;
      if (count > MOST_FACTORS) break;
    }
    return count;
  }

  private static Tensor unfolded(Einsum contraction, Predicate<Tensor> wanted) {
    Product product = new Product().times(contraction.coefficient());
    for (Size size : contraction.sizes()) product.label(size);
    for (Factor f : contraction.factors()) {
      boolean open = isContraction(f) && wanted.test(f.tensor());
      if (open) product.dissolved(unfolded((Einsum) f.tensor(), wanted), f.labels());
      else product.factor(f.tensor(), f.exponent(), f.labels());
    }
    return product.to(contraction.output());
  }
}
