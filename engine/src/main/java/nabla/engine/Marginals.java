package nabla.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * Sums over axes that only one factor has come before products: {@code Σ a[i]*b[j]} over i and j is
 * the product of two sums. Else each entry of the one would be multiplied by each of the other.
 */
final class Marginals {
  /** The operand itself, which has been summed up and is no part of the product around it. */
  enum Summed implements Operator {
    SUMMED
  }

  private final Map<Tensor, Tensor> rebuilt = new HashMap<>();

  /** The same value but for rounding. */
  Tensor of(Tensor root) {
    return Tensors.rewrite(
        root, rebuilt, node -> node instanceof Einsum e && e.contracts() ? summed(e) : node);
  }

  private static Tensor summed(Einsum product) {
    Product summed = new Product().times(product.coefficient());
    for (Size size : product.sizes()) summed.label(size);
    boolean any = false;
    for (int k = 0; k < product.factors().size(); k++) {
      Factor f = product.factors().get(k);
      Factor marginal = marginal(product, k);
      any |= !marginal.equals(f);
      for (int label : f.labels()) if (!marginal.labels().contains(label)) summed.forget(label);
      summed.factor(marginal.tensor(), marginal.exponent(), marginal.labels());
    }
    return any ? summed.to(product.output()) : product;
  }

  /** A factor over the axes that others need; as it is where the others have no more axes. */
  private static Factor marginal(Einsum product, int position) {
    Factor factor = product.factors().get(position);
    BitSet place = new BitSet();
    place.set(position);
    BitSet own = Parts.labels(List.of(factor));
    BitSet needed = Parts.needed(product, place);
    boolean summed = !Parts.contains(needed, own);
    boolean multiplied = !Parts.contains(own, needed);
    if (!summed || !multiplied || factor.tensor() instanceof Structural) return factor;
    List<Integer> kept = Parts.asInMemory(Parts.kept(product, place), List.of(factor));
    Tensor sum = Parts.product(product.sizes(), List.of(factor)).to(kept);
    Tensor marginal = new Apply(Summed.SUMMED, List.of(sum), sum.shape());
    return new Factor(marginal, Rational.ONE, kept);
  }
}
