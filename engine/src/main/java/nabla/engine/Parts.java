package nabla.engine;

import java.util.BitSet;
import java.util.List;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Size;

/** Parts of a product, over the labels that the whole has. */
final class Parts {
  private Parts() {}

  /** The product of some factors; labels that none of them carries are not meant. */
  static Product product(List<Size> sizes, List<Factor> factors) {
    Product product = new Product();
    for (Size size : sizes) product.label(size);
    BitSet carried = labels(factors);
    for (int l = 0; l < sizes.size(); l++) if (!carried.get(l)) product.forget(l);
    for (Factor f : factors) product.factor(f.tensor(), f.exponent(), f.labels());
    return product;
  }

  static BitSet labels(List<Factor> factors) {
    BitSet labels = new BitSet();
    for (Factor f : factors) f.labels().forEach(labels::set);
    return labels;
  }

  static boolean contains(BitSet all, BitSet some) {
    BitSet rest = (BitSet) some.clone();
    rest.andNot(all);
    return rest.isEmpty();
  }
}
