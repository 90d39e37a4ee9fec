package nabla.engine;

import java.util.List;
import java.util.Set;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Elementwise;

/**
 * Which factors are likely to be 0 at many positions of the axes that are summed: behind a relu.
 */
final class Zeros {
  private static final Set<String> HALF = Set.of("relu", "step");

  private Zeros() {}

  /**
   * @param inner the labels of those axes
   */
  static boolean isLikely(Factor factor, List<Integer> inner) {
    if (factor.exponent().signum() < 0) return false;
    return switch (factor.tensor()) {
      case Elementwise e ->
          HALF.contains(e.operator().name()) && inner.containsAll(factor.labels());
      case Einsum e when !e.contracts() ->
          e.factors().stream().anyMatch(f -> isLikely(outside(f, e, factor), inner));
      default -> false;
    };
  }

  private static Factor outside(Factor own, Einsum product, Factor factor) {
    List<Integer> labels =
        own.labels().stream().map(l -> factor.labels().get(product.output().indexOf(l))).toList();
    return new Factor(own.tensor(), own.exponent(), labels);
  }
}
