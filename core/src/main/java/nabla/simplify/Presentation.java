package nabla.simplify;

import static nabla.operation.Exponential.EXP;

import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The last step before a tensor is shown: {@code exp(x)^c} is written {@code exp(c*x)} again, and
 * diagonal matrices are added up inside diag.
 */
final class Presentation {
  private Presentation() {}

  static Tensor of(Tensor tensor) {
    return Tensors.rewrite(tensor, node -> DiagonalTerms.join(foldPowers(node)));
  }

  private static Tensor foldPowers(Tensor node) {
    if (!(node instanceof Einsum e)) return node;
    if (e.factors().stream().allMatch(f -> f.isPlain() || !Factors.is(f.tensor(), EXP)))
      return node;
    Product product = Factors.like(e);
    for (Einsum.Factor f : e.factors()) {
      Tensor x = f.isPlain() ? null : Factors.argument(f.tensor(), EXP);
      if (x == null) Factors.add(product, f);
      else product.factor(EXP.at(Tensors.scale(f.exponent(), x)), f.labels());
    }
    return product.to(e.output());
  }
}
