package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Products of many axes in two steps: {@code A[i,j]*u[k]*v[l]} with the axes i, k, j, l is {@code
 * T[i,j,l]*u[k]}, where T has few entries in comparison, and for each i and k the axes j and l are
 * one long row of T times a number.
 */
final class OuterProduct {
  /** An axis must be so long for what lies behind it to be used again often enough. */
  private static final int SHORTEST = 4;

  private OuterProduct() {}

  /** The same value, or null if it is as good as it stands. */
  static @Nullable Tensor of(Einsum product, int[] extents) {
    if (product.contracts() || product.rank() < 3 || product.factors().size() < 3) return null;
    if (!Parts.areDistinct(product.output())) return null;
    if (product.factors().stream().anyMatch(f -> f.tensor() instanceof Structural)) return null;
    Tensor joined = joined(product);
    if (joined != null) return joined;
    for (int axis = product.rank() - 3; axis >= 0; axis--) {
      if (extents[axis] < SHORTEST) continue;
      Tensor split = split(product, axis);
      if (split != null) return split;
    }
    return null;
  }

  /** What has axes in common is multiplied first. */
  private static @Nullable Tensor joined(Einsum product) {
    List<List<Factor>> groups = groups(product.factors());
    if (groups.size() == 1 || groups.size() == product.factors().size()) return null;
    List<Factor> factors = new ArrayList<>();
    for (List<Factor> group : groups) factors.add(joined(product, group));
    return Parts.product(product.sizes(), factors)
        .times(product.coefficient())
        .to(product.output());
  }

  private static Factor joined(Einsum product, List<Factor> group) {
    if (group.size() == 1) return group.getFirst();
    BitSet labels = Parts.labels(group);
    List<Integer> axes = product.output().stream().filter(labels::get).toList();
    Tensor joined = Parts.product(product.sizes(), group).to(axes);
    return new Factor(joined, Rational.ONE, axes);
  }

  private static List<List<Factor>> groups(List<Factor> factors) {
    List<List<Factor>> groups = new ArrayList<>();
    for (Factor f : factors) {
      List<Factor> group = new ArrayList<>(List.of(f));
      BitSet own = Parts.labels(group);
      for (List<Factor> g : List.copyOf(groups)) {
        if (!Parts.labels(g).intersects(own)) continue;
        groups.remove(g);
        group.addAll(g);
      }
      groups.add(group);
    }
    return groups;
  }

  /** What lacks an axis is multiplied first, if the axis has only factors of its own. */
  private static @Nullable Tensor split(Einsum product, int axis) {
    int label = product.output().get(axis);
    List<Factor> own = new ArrayList<>();
    List<Factor> others = new ArrayList<>();
    for (Factor f : product.factors()) (f.labels().contains(label) ? own : others).add(f);
    if (others.size() < 2 || own.stream().anyMatch(f -> f.labels().size() > 1)) return null;
    List<Integer> axes = new ArrayList<>(product.output());
    axes.remove(/* index */ axis);
    Tensor rest = Parts.product(product.sizes(), others).times(product.coefficient()).to(axes);
    own.add(new Factor(rest, Rational.ONE, axes));
    return Parts.product(product.sizes(), own).to(product.output());
  }
}
