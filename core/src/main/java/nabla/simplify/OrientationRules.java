package nabla.simplify;

import java.util.List;
import java.util.Set;
import nabla.tensor.Apply;
import nabla.tensor.Digest;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Sum;
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

  /**
   * Whether the transpose is the one of the two that is kept, told by the smaller digest. The sign
   * takes no part: where another rule takes it out, the choice must stay the same. Nor is a
   * transpose preferred that the rule for skew factors would turn back.
   */
  private static boolean prefersTranspose(Tensor matrix) {
    return matrix.rank() == 2
        && !matrix.isSymmetric()
        && unsigned(Tensors.transpose(matrix)).compareTo(unsigned(matrix)) < 0
        && Tensors.variables(matrix).stream().noneMatch(v -> v.is(Property.SKEW));
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

  /**
   * Turns one skew factor over if that gives the smaller digest; equal digests mean zero. The sign
   * must not take part in the comparison, or two orientations could each prefer the other.
   */
  private static @Nullable Tensor skew(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      boolean turns = f.isPlain() && f.tensor() instanceof Variable v && v.is(Property.SKEW);
      if (!turns) continue;
      Product product = Factors.without(e, k).factor(f.tensor(), f.labels().reversed());
      Tensor turned = product.to(e.output());
      if (turned.equals(e)) return Sum.zero(e.shape());
      if (unsigned(turned).compareTo(unsigned(e)) < 0) return Tensors.negate(turned);
    }
    return null;
  }

  /** The digest of a tensor or of its negative, the same for both. */
  private static Digest unsigned(Tensor tensor) {
    return switch (tensor) {
      case Einsum e -> e.withoutCoefficient().digest();
      case Sum s -> s.times(s.content().inverse()).digest();
      default -> tensor.digest();
    };
  }
}
