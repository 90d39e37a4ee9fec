package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An outer product of a tensor with itself, {@code B[j,k] B[j,l]}, which stays the same when k and
 * l change places.
 *
 * @param half {@code B[j,k]}
 * @param first the label k
 * @param second the label l
 */
record OuterSquare(Factor half, int first, int second) {
  /** The factor of a product that is one; null if it is something else. */
  static @Nullable OuterSquare of(Factor factor) {
    if (!factor.isPlain() || !(factor.tensor() instanceof Einsum e) || e.contracts()) return null;
    if (!e.coefficient().isOne() || e.factors().size() != 2 || !Parts.areDistinct(e.output()))
      return null;
    OuterSquare own = of(e.factors().get(0), e.factors().get(1));
    if (own == null || e.rank() != own.half.labels().size() + 1) return null;
    List<Integer> labels = new ArrayList<>();
    for (int l : own.half.labels()) labels.add(outside(factor, e, l));
    return new OuterSquare(
        new Factor(own.half.tensor(), own.half.exponent(), labels),
        outside(factor, e, own.first),
        outside(factor, e, own.second));
  }

  private static int outside(Factor factor, Einsum product, int label) {
    return factor.labels().get(product.output().indexOf(label));
  }

  /** Two factors that one label of each tells apart; null if anything else does. */
  static @Nullable OuterSquare of(Factor a, Factor b) {
    boolean same = a.tensor().equals(b.tensor()) && a.exponent().equals(b.exponent());
    if (!same || a.tensor() instanceof Structural || !Parts.areDistinct(a.labels())) return null;
    List<Integer> own = new ArrayList<>(a.labels());
    own.removeAll(b.labels());
    if (own.size() != 1 || a.labels().size() < 2) return null;
    int axis = a.labels().indexOf(own.getFirst());
    int other = b.labels().get(axis);
    List<Integer> exchanged = Parts.replaced(a.labels(), own.getFirst(), other);
    boolean outer = exchanged.equals(b.labels()) && !a.labels().contains(other);
    return outer ? new OuterSquare(a, own.getFirst(), other) : null;
  }

  /** The pairs of axes that may change places in a contraction with such factors. */
  static List<List<Integer>> mirrored(Tensor tensor) {
    if (!(tensor instanceof Einsum e) || !e.contracts()) return List.of();
    List<List<Integer>> mirrored = new ArrayList<>();
    for (Factor f : e.factors()) {
      OuterSquare square = of(f);
      if (square == null) continue;
      List<Integer> pair = List.of(square.first, square.second);
      boolean alone =
          e.factors().stream()
              .noneMatch(o -> !o.equals(f) && o.labels().stream().anyMatch(pair::contains));
      if (alone && e.output().containsAll(pair)) {
        mirrored.add(pair.stream().map(e.output()::indexOf).toList());
      }
    }
    return mirrored;
  }

  /** The labels that both have. */
  List<Integer> shared() {
    return half.labels().stream().filter(l -> l != first).toList();
  }
}
