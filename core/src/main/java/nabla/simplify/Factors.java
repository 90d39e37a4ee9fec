package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import nabla.operation.Elementary;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** Taking a product apart and putting it together again with some factors exchanged. */
final class Factors {
  private Factors() {}

  /** A product over the labels of another one, to which factors can be added before it is built. */
  static Product like(Einsum e) {
    Product product = new Product().times(e.coefficient());
    for (Size size : e.sizes()) product.label(size);
    return product;
  }

  /** {@link #like} with all factors but those at the given positions. */
  static Product without(Einsum e, int... positions) {
    Product product = like(e);
    for (int k = 0; k < e.factors().size(); k++) {
      if (!contains(positions, k)) add(product, e.factors().get(k));
    }
    return product;
  }

  static Product add(Product product, Einsum.Factor f) {
    return product.factor(f.tensor(), f.exponent(), f.labels());
  }

  /** The factor with another exponent; exponent 0 adds nothing. */
  static Product add(Product product, Einsum.Factor f, Rational exponent) {
    return product.factor(f.tensor(), exponent, f.labels());
  }

  private static boolean contains(int[] positions, int k) {
    for (int p : positions) if (p == k) return true;
    return false;
  }

  /** The operand if the tensor is this function of one operand, else null. */
  static @Nullable Tensor argument(Tensor tensor, Operator function) {
    return tensor instanceof Elementwise e && e.operator().equals(function)
        ? e.operands().getFirst()
        : null;
  }

  static boolean is(Tensor tensor, Elementary function) {
    return argument(tensor, function) != null;
  }

  /** The positions of the factors that a predicate holds of. */
  static List<Integer> positions(Einsum e, Predicate<Einsum.Factor> predicate) {
    List<Integer> found = new ArrayList<>();
    for (int k = 0; k < e.factors().size(); k++) {
      if (predicate.test(e.factors().get(k))) found.add(k);
    }
    return found;
  }

  /** How often a label stands in the factors and in the output. */
  static int uses(Einsum e, int label) {
    int uses = 0;
    for (Einsum.Factor f : e.factors()) for (int l : f.labels()) if (l == label) uses++;
    for (int l : e.output()) if (l == label) uses++;
    return uses;
  }

  static boolean isOutput(Einsum e, int label) {
    return e.output().contains(label);
  }

  /**
   * The factors of a product of square matrices in order from the first output label to the second,
   * or null if it is no such product.
   */
  static @Nullable List<Einsum.Factor> squareChain(Einsum e) {
    List<Einsum.Factor> open = new ArrayList<>();
    for (Einsum.Factor f : e.factors()) if (!f.labels().isEmpty()) open.add(f);
    List<Einsum.Factor> chain = new ArrayList<>();
    if (e.rank() != 2) return null;
    int at = e.output().get(0);
    while (!open.isEmpty()) {
      Einsum.Factor next = null;
      for (Einsum.Factor f : open) if (f.labels().contains(at)) next = next == null ? f : null;
      if (next == null || !isSquareLink(e, next)) return null;
      open.remove(next);
      chain.add(next);
      at = next.labels().get(next.labels().get(0) == at ? 1 : 0);
      if (uses(e, at) != 2) return null;
    }
    return at == e.output().get(1) && !e.output().get(0).equals(e.output().get(1)) ? chain : null;
  }

  private static boolean isSquareLink(Einsum e, Einsum.Factor f) {
    return f.isPlain()
        && f.labels().size() == 2
        && !f.labels().get(0).equals(f.labels().get(1))
        && e.sizes().get(f.labels().get(0)).equals(e.sizes().get(f.labels().get(1)));
  }

  /** The same chain as matrices, each turned as it stands in the product, or null. */
  static @Nullable List<Tensor> chain(Einsum e) {
    List<Einsum.Factor> factors = squareChain(e);
    if (factors == null) return null;
    List<Tensor> chain = new ArrayList<>();
    int at = e.output().get(0);
    for (Einsum.Factor f : factors) {
      boolean forward = f.labels().get(0) == at;
      chain.add(forward ? f.tensor() : Tensors.transpose(f.tensor()));
      at = f.labels().get(forward ? 1 : 0);
    }
    return chain;
  }
}
