package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

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

  /** The same value, with the coefficients of its factors before all of them. */
  static Tensor primitive(Einsum product) {
    if (product.factors().stream().noneMatch(Parts::isScaled)) return product;
    Product rebuilt = new Product().times(product.coefficient());
    for (Size size : product.sizes()) rebuilt.label(size);
    for (Factor f : product.factors()) {
      if (isScaled(f)) {
        Einsum scaled = (Einsum) f.tensor();
        rebuilt.times(scaled.coefficient()).factor(scaled.withoutCoefficient(), f.labels());
      } else {
        rebuilt.factor(f.tensor(), f.exponent(), f.labels());
      }
    }
    return rebuilt.to(product.output());
  }

  private static boolean isScaled(Factor f) {
    return f.isPlain() && f.tensor() instanceof Einsum e && !e.coefficient().isOne();
  }

  static BitSet labels(List<Factor> factors) {
    BitSet labels = new BitSet();
    for (Factor f : factors) f.labels().forEach(labels::set);
    return labels;
  }

  /** Labels with one in the place of another. */
  static List<Integer> replaced(List<Integer> labels, int label, int by) {
    return labels.stream().map(l -> l == label ? by : l).toList();
  }

  /** Whether no label comes twice. */
  static boolean areDistinct(List<Integer> labels) {
    return labels.stream().distinct().count() == labels.size();
  }

  static boolean contains(BitSet all, BitSet some) {
    BitSet rest = (BitSet) some.clone();
    rest.andNot(all);
    return rest.isEmpty();
  }

  /** Labels in the order of the axes of the factor with the most of them, then of the others. */
  static List<Integer> asInMemory(BitSet labels, List<Factor> factors) {
    List<Factor> largest = new ArrayList<>(factors);
    largest.sort(Comparator.comparingInt(f -> -f.labels().size()));
    return largest.stream()
        .flatMap(f -> f.labels().stream())
        .filter(labels::get)
        .distinct()
        .toList();
  }

  /** The factors at all places but some. */
  static List<Factor> without(List<Factor> factors, BitSet places) {
    return IntStream.range(0, factors.size())
        .filter(f -> !places.get(f))
        .mapToObj(factors::get)
        .toList();
  }

  /** The factors at some places. */
  static List<Factor> at(List<Factor> factors, BitSet places) {
    return places.stream().mapToObj(factors::get).toList();
  }

  /** The labels of the factors at some places that the output or another factor has, too. */
  static BitSet kept(Einsum product, BitSet places) {
    BitSet kept = labels(at(product.factors(), places));
    kept.and(needed(product, places));
    return kept;
  }

  /** The labels that the output or a factor at no such place has. */
  static BitSet needed(Einsum product, BitSet places) {
    BitSet labels = labels(without(product.factors(), places));
    product.output().forEach(labels::set);
    return labels;
  }
}
