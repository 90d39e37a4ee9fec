package nabla.engine;

import java.util.List;
import java.util.Map;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Structural;
import org.jspecify.annotations.Nullable;

/**
 * A contraction {@code Σ A[k,i]*inv(S)[i,j]*A[k,j]}, which is {@code tr(A*inv(S)*A')}, or {@code
 * x'*inv(S)*x} for a vector. With S = U'*U it is the sum of the squares of A*inv(U), half the work
 * of a solution.
 *
 * @param other the factor A with the first axis of the inverse
 */
record QuadraticForm(Factor inverse, Factor other) {
  private static final int FACTORS = 3;

  /** The form, or null if a contraction is none. */
  static @Nullable QuadraticForm of(Einsum product) {
    List<Factor> factors = product.factors();
    if (product.rank() != 0 || factors.size() != FACTORS) return null;
    for (Factor f : factors) {
      if (!f.isPlain() || !Uses.isInverse(f.tensor())) continue;
      List<Factor> others = factors.stream().filter(o -> !o.equals(f)).toList();
      if (others.size() != FACTORS - 1) return null;
      Factor first = others.get(0);
      Factor second = others.get(1);
      if (isMirrored(f, first, second)) return new QuadraticForm(f, first);
      if (isMirrored(f, second, first)) return new QuadraticForm(f, second);
    }
    return null;
  }

  private static boolean isMirrored(Factor inverse, Factor first, Factor second) {
    int i = inverse.labels().get(0);
    int j = inverse.labels().get(1);
    List<Integer> labels = first.labels();
    boolean apart = i != j && !labels.contains(j) && labels.indexOf(i) == labels.lastIndexOf(i);
    List<Integer> turned = Parts.replaced(labels, i, j);
    return apart
        && labels.contains(i)
        && !(first.tensor() instanceof Structural)
        && second.tensor().equals(first.tensor())
        && second.exponent().equals(first.exponent())
        && second.labels().equals(turned);
  }

  /**
   * Whether it is better computed as a form than from the inverse: always if the matrix is known to
   * be symmetric; if it may turn out not to be, only as long as a whole solution is not much work.
   */
  boolean isWorthwhile(Einsum product, Map<String, Integer> sizes) {
    if (inverse.tensor().operands().getFirst().isSymmetric()) return true;
    double order = product.sizes().get(inverse.labels().getFirst()).value(sizes);
    double points = 1;
    for (int l : other.labels()) points *= product.sizes().get(l).value(sizes);
    return points <= 2 * order * order;
  }
}
