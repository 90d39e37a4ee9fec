package nabla.simplify;

import java.util.List;
import nabla.operation.Operation.Transposition;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** One of a matrix and its transpose stands for both inside functions that do not mind. */
final class OrientationRules {
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
   * Whether the transpose is the one of the two that is kept: what is no product, else the smaller
   * digest. The sign is left out of it, because rules that take a sign out of a function would
   * otherwise turn the operand over for ever.
   */
  private static boolean prefersTranspose(Tensor matrix) {
    if (matrix.rank() != 2 || matrix.isSymmetric()) return false;
    // The rule for skew factors would turn it back.
    if (Tensors.variables(matrix).stream().anyMatch(v -> v.is(Property.SKEW))) return false;
    Tensor straight = unsigned(matrix);
    Tensor turned = unsigned(Tensors.transpose(matrix));
    boolean same = straight instanceof Einsum == turned instanceof Einsum;
    return same ? turned.digest().compareTo(straight.digest()) < 0 : straight instanceof Einsum;
  }

  private static Tensor unsigned(Tensor tensor) {
    if (tensor instanceof Einsum e) return e.withoutCoefficient();
    if (!(tensor instanceof Sum sum)) return tensor;
    Tensor negative = sum.times(Rational.MINUS_ONE);
    return negative.digest().compareTo(sum.digest()) < 0 ? negative : sum;
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
          when Primitive.of(a.operator()).transposition() == Transposition.FOLLOWS
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
            && Primitive.of(a.operator()).transposition() == Transposition.IDLE
            && prefersTranspose(a.operands().getFirst())
        ? new Apply(a.operator(), List.of(Tensors.transpose(a.operands().getFirst())), a.shape())
        : null;
  }

  /**
   * Turns one skew factor over if that gives the smaller digest; equal ones mean zero. Coefficients
   * are left out of it: the sign that comes with the turn must not lead back.
   */
  private static @Nullable Tensor skew(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    Tensor own = e.withoutCoefficient();
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      boolean turns = f.isPlain() && f.tensor() instanceof Variable v && v.is(Property.SKEW);
      if (!turns) continue;
      Product product = Factors.without(e, k).factor(f.tensor(), f.labels().reversed());
      Tensor turned = product.to(e.output());
      if (turned.equals(e)) return Sum.zero(e.shape());
      Tensor other = turned instanceof Einsum t ? t.withoutCoefficient() : turned;
      if (other.digest().compareTo(own.digest()) < 0) return Tensors.negate(turned);
    }
    return null;
  }
}
