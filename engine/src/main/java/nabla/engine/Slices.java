package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import nabla.tensor.Unit;

/**
 * Contractions with unit vectors: the entries that they pick are read off the other factors before
 * anything is multiplied. The other entries have no part in it, and would have if they are NaN,
 * which no 0 of a unit vector takes back.
 */
final class Slices {
  /** A slice has two factors, one of which is the unit vector. */
  private static final int SLICE = 2;

  private Slices() {}

  /** The same value with slices as factors, for one of the unit vectors. */
  static Tensor of(Einsum product) {
    if (product.factors().size() <= SLICE) return product;
    for (Factor f : product.factors()) {
      if (!(f.tensor() instanceof Unit) || product.output().contains(f.labels().getFirst())) {
        continue;
      }
      Tensor sliced = of(product, f);
      if (!sliced.equals(product)) return sliced;
    }
    return product;
  }

  private static Tensor of(Einsum product, Factor unit) {
    int label = unit.labels().getFirst();
    List<Factor> factors = new ArrayList<>();
    boolean found = false;
    for (Factor f : product.factors()) {
      if (f.equals(unit)) continue;
      boolean sliced = f.labels().contains(label);
      if (sliced && f.tensor() instanceof Structural) return product;
      factors.add(sliced ? slice(product, f, unit) : f);
      found |= sliced;
    }
    if (!found) return product;
    return Parts.product(product.sizes(), factors)
        .times(product.coefficient())
        .to(product.output());
  }

  private static Factor slice(Einsum product, Factor factor, Factor unit) {
    List<Integer> rest =
        factor.labels().stream().filter(l -> !unit.labels().contains(l)).distinct().toList();
    Factor base = new Factor(factor.tensor(), Rational.ONE, factor.labels());
    Tensor slice = Parts.product(product.sizes(), List.of(base, unit)).to(rest);
    return new Factor(slice, factor.exponent(), rest);
  }
}
