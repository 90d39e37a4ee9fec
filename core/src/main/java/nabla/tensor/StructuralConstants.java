package nabla.tensor;

import java.util.List;

/**
 * Eliminates products of 0/1 tensors inside one contraction, so that entries, vec, kron and
 * reshapes simplify without rules of their own:
 *
 * <ul>
 *   <li>unit(a)[i] * unit(b)[i] is unit(a)[i] if a = b, else 0;
 *   <li>Fuse[k,i,j] * Fuse[k,p,q] is Fuse[k,i,j] δ[i,p] δ[j,q] (equal row sizes);
 *   <li>Fuse[k,i,j] * Fuse[l,i,j] is Fuse[k,i,j] δ[k,l];
 *   <li>Fuse[k,i,j] summed over k, or over i and j, which nothing else carries, is 1.
 * </ul>
 */
final class StructuralConstants {
  private StructuralConstants() {}

  /** Performs one elimination on {@code factors}, telling {@code product} of merged labels. */
  static boolean eliminate(List<Einsum.Factor> factors, List<Integer> output, Product product) {
    for (int a = 0; a < factors.size(); a++) {
      if (!(factors.get(a).tensor() instanceof Fuse)) continue;
      List<Integer> labels = factors.get(a).labels();
      for (List<Integer> side : List.of(labels.subList(0, 1), labels.subList(1, 3))) {
        if (!side.stream().allMatch(l -> isSummedOnce(l, factors, output))) continue;
        side.forEach(product::forget);
        factors.remove(a);
        return true;
      }
    }
    for (int a = 0; a < factors.size(); a++) {
      for (int b = a + 1; b < factors.size(); b++) {
        if (pair(factors.get(a), factors.get(b), product)) {
          factors.remove(b);
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one axis of one factor carries the label, and the output does not. */
  private static boolean isSummedOnce(
      int label, List<Einsum.Factor> factors, List<Integer> output) {
    long uses = factors.stream().flatMap(f -> f.labels().stream()).filter(l -> l == label).count();
    return uses == 1 && !output.contains(label);
  }

  private static boolean pair(Einsum.Factor a, Einsum.Factor b, Product product) {
    if (a.tensor() instanceof Unit u && b.tensor() instanceof Unit v) {
      if (!a.labels().equals(b.labels())) return false;
      if (u.index() != v.index()) product.vanish();
      return true;
    }
    if (a.tensor() instanceof Fuse f && b.tensor() instanceof Fuse g && f.equals(g)) {
      boolean samePosition = a.labels().get(0).equals(b.labels().get(0));
      boolean sameEntry =
          a.labels().get(1).equals(b.labels().get(1))
              && a.labels().get(2).equals(b.labels().get(2));
      if (!samePosition && !sameEntry) return false;
      for (int axis = 0; axis < 3; axis++) {
        product.unify(a.labels().get(axis), b.labels().get(axis));
      }
      return true;
    }
    return false;
  }
}
