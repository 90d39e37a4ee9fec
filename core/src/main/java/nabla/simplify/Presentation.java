package nabla.simplify;

import static nabla.operation.Exponential.EXP;

import java.util.Set;
import nabla.operation.Elementary;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The last step before a tensor is shown: {@code exp(x)^c} is written {@code exp(c*x)} again, and
 * diagonal matrices are added up inside diag.
 */
final class Presentation {
  private final Set<Tensor> written;

  /**
   * @param written the parts of the expression that the user wrote, in normal form
   */
  Presentation(Set<Tensor> written) {
    this.written = written;
  }

  Tensor of(Tensor tensor) {
    return Tensors.rewrite(tensor, node -> DiagonalTerms.join(foldPowers(turnOver(node))));
  }

  /** {@code sign(y - x)} is {@code -sign(x - y)} if the user wrote {@code x - y}. */
  private Tensor turnOver(Tensor node) {
    if (!(node instanceof Elementwise e && e.operator() instanceof Elementary f)) return node;
    if (f.parity() == Elementary.Parity.NONE) return node;
    if (!(e.operands().getFirst() instanceof Sum sum) || written.contains(sum)) return node;
    Tensor negated = Tensors.negate(sum);
    if (!written.contains(negated)) return node;
    Tensor turned = f.at(negated);
    return f.parity() == Elementary.Parity.ODD ? Tensors.negate(turned) : turned;
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
