package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@code X'*diag(s)*X} with s ≥ 0 as the product of {@code sqrt(s).*X} with itself, which takes
 * half the work.
 */
final class ScaledSquare {
  private ScaledSquare() {}

  /** Σ_k A[k,i] w[k] A[k,j] as the square of a scaled matrix; null if it is not of this form. */
  static @Nullable Tensor of(Einsum product) {
    if (product.rank() != 2 || product.output().get(0).equals(product.output().get(1))) return null;
    int i = product.output().get(0);
    int j = product.output().get(1);
    List<Factor> weights = new ArrayList<>();
    List<Factor> left = new ArrayList<>();
    List<Factor> right = new ArrayList<>();
    for (Factor f : product.factors()) {
      boolean first = f.labels().contains(i);
      boolean second = f.labels().contains(j);
      if (first && second) return null;
      (first ? left : second ? right : weights).add(f);
    }
    List<Factor> mirrored =
        left.stream()
            .map(f -> new Factor(f.tensor(), f.exponent(), Parts.replaced(f.labels(), i, j)))
            .toList();
    boolean same = right.size() == left.size() && right.containsAll(mirrored);
    if (!same || weights.isEmpty() || !weights.stream().allMatch(Signs::isNonnegative)) return null;
    return scaledSquare(product, left, weights, i, j);
  }

  private static @Nullable Tensor scaledSquare(
      Einsum product, List<Factor> left, List<Factor> weights, int i, int j) {
    BitSet own = Parts.labels(left);
    if (!Parts.contains(own, Parts.labels(weights))) return null;
    List<Integer> axes = Parts.asInMemory(own, left);
    List<Factor> scaled = new ArrayList<>(left);
    for (Factor f : weights) {
      scaled.add(new Factor(f.tensor(), f.exponent().times(Rational.HALF), f.labels()));
    }
    Tensor half = Parts.product(product.sizes(), scaled).to(axes);
    List<Integer> mirrored = Parts.replaced(axes, i, j);
    Factor first = new Factor(half, Rational.ONE, axes);
    Factor second = new Factor(half, Rational.ONE, mirrored);
    return Parts.product(product.sizes(), List.of(first, second))
        .times(product.coefficient())
        .to(product.output());
  }
}
