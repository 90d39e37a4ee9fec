package nabla.simplify;

import java.util.List;
import java.util.Set;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** One of a matrix and its transpose stands for both inside functions that do not mind. */
final class OrientationRules {
  /** f(X') = f(X)' */
  private static final Set<String> EQUIVARIANT =
      Set.of("inv", "adj", "softmax", "argmax", "argmin");

  /** f(X') = f(X) */
  private static final Set<String> INVARIANT = Set.of("det", "logdet", "lse", "max", "min", "prod");

  static final List<Rule> RULES =
      List.of(
          new Rule(
              "transpose outside",
              "f(X') -> f(X)', f elementwise, inv, adj",
              OrientationRules::outside),
          new Rule(
              "transpose is idle",
              "det(X') -> det(X), and lse, max, min, prod",
              OrientationRules::idle),
          new Rule("skew", "S' -> -S, x'*S*x -> 0, S skew", OrientationRules::skew));

  private OrientationRules() {}

  /** Whether the transpose is the one of the two that is kept, told by the smaller digest. */
  private static boolean prefersTranspose(Tensor matrix) {
    return matrix.rank() == 2
        && !matrix.isSymmetric()
        && Tensors.transpose(matrix).digest().compareTo(matrix.digest()) < 0;
  }

  private static @Nullable Tensor outside(Tensor node) {
    if (node.rank() != 2) return null;
    return switch (node) {
      case Elementwise f -> {
        Tensor leading =
            f.operands().stream().filter(o -> !o.isSymmetric()).findFirst().orElse(null);
        if (leading == null || !prefersTranspose(leading)) yield null;
        yield Tensors.transpose(f.mapOperands(Tensors::transpose));
      }
      case Apply a
          when EQUIVARIANT.contains(a.operator().name())
              && prefersTranspose(a.operands().getFirst()) ->
          Tensors.transpose(
              new Apply(
                  a.operator(),
                  List.of(Tensors.transpose(a.operands().getFirst())),
                  a.shape().reversed()));
      default -> null;
    };
  }

  private static @Nullable Tensor idle(Tensor node) {
    return node instanceof Apply a
            && INVARIANT.contains(a.operator().name())
            && prefersTranspose(a.operands().getFirst())
        ? new Apply(a.operator(), List.of(Tensors.transpose(a.operands().getFirst())), a.shape())
        : null;
  }

  private static boolean isSmaller(Tensor turned, Einsum e) {
    return turned instanceof Einsum t
        && t.withoutCoefficient().digest().compareTo(e.withoutCoefficient().digest()) < 0;
  }

  /** Turns one skew factor over if that gives the smaller digest; equal digests mean zero. */
  private static @Nullable Tensor skew(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      boolean turns = f.isPlain() && f.tensor() instanceof Variable v && v.is(Property.SKEW);
      if (!turns) continue;
      Product product = Factors.without(e, k).factor(f.tensor(), f.labels().reversed());
      Tensor turned = product.to(e.output());
      if (turned.equals(e)) return nabla.tensor.Sum.zero(e.shape());
      // Signs left out: the digest of -A' may be smaller than that of A and greater than that of
      // -A.
      if (isSmaller(turned, e)) return Tensors.negate(turned);
    }
    return null;
  }
}
