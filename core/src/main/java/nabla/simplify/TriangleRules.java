package nabla.simplify;

import java.util.List;
import java.util.function.Predicate;
import nabla.operation.Cholesky;
import nabla.operation.Inverse;
import nabla.operation.Parts;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Tensor;
import nabla.tensor.Triangle;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** Triangular matrices. */
final class TriangleRules {
  static final List<Rule> RULES =
      List.of(
          new Rule(
              "triangles back to back",
              "L.*U -> diag(diag(L).*diag(U)), L lower and U upper",
              TriangleRules::opposite),
          new Rule("superfluous triangle", "tril(L) -> L, L lower", TriangleRules::superfluous),
          new Rule(
              "Cholesky factor",
              "chol(X)*chol(X)' -> X, inv(chol(X))'*inv(chol(X)) -> inv(X), of the symmetric part",
              TriangleRules::factor));

  private TriangleRules() {}

  private static boolean isLower(Tensor t) {
    return switch (t) {
      case Variable v -> v.is(Property.LOWER) || v.is(Property.DIAGONAL);
      case Triangle _ -> true;
      case Apply a ->
          a.operator() instanceof Cholesky
              || (a.operator() instanceof Inverse && isLower(a.operands().getFirst()));
      case Einsum e -> isTurned(e, TriangleRules::isUpper);
      default -> false;
    };
  }

  private static boolean isUpper(Tensor t) {
    return switch (t) {
      case Variable v -> v.is(Property.UPPER) || v.is(Property.DIAGONAL);
      case Apply a -> a.operator() instanceof Inverse && isUpper(a.operands().getFirst());
      case Einsum e -> isTurned(e, TriangleRules::isLower);
      default -> false;
    };
  }

  private static boolean isTurned(Einsum e, Predicate<Tensor> property) {
    Tensor matrix = turned(e);
    return matrix != null && property.test(matrix);
  }

  /** The matrix whose transpose this is, else null. */
  private static @Nullable Tensor turned(Einsum e) {
    if (e.factors().size() != 1 || e.rank() != 2) return null;
    Einsum.Factor f = e.factors().getFirst();
    return f.isPlain() && f.labels().equals(e.output().reversed()) ? f.tensor() : null;
  }

  /** Whether a factor vanishes where its index at {@code row} is smaller than that at column. */
  private static boolean isLower(Einsum.Factor f, int row, int column) {
    if (f.exponent().signum() < 0 || f.labels().size() != 2) return false;
    boolean straight = f.labels().equals(List.of(row, column));
    boolean turned = f.labels().equals(List.of(column, row));
    return (straight && isLower(f.tensor())) || (turned && isUpper(f.tensor()));
  }

  private static @Nullable Tensor opposite(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (Einsum.Factor f : e.factors()) {
      if (f.labels().size() != 2) continue;
      int i = f.labels().get(0);
      int j = f.labels().get(1);
      if (i == j || !e.sizes().get(i).equals(e.sizes().get(j))) continue;
      boolean below = e.factors().stream().anyMatch(g -> isLower(g, i, j));
      boolean above = e.factors().stream().anyMatch(g -> isLower(g, j, i));
      if (!below || !above) continue;
      Product product = Factors.like(e);
      for (Einsum.Factor g : e.factors()) Factors.add(product, g);
      return product.unify(i, j).to(e.output());
    }
    return null;
  }

  private static @Nullable Tensor superfluous(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (!(f.tensor() instanceof Triangle)) continue;
      int i = f.labels().get(0);
      int j = f.labels().get(1);
      boolean again = e.factors().stream().anyMatch(g -> !g.equals(f) && isLower(g, i, j));
      if (again) return Factors.without(e, k).to(e.output());
    }
    return null;
  }

  /** L[i,k] L[j,k], summed over k, and M[k,i] M[k,j] with M = inv(L). */
  private static @Nullable Tensor factor(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int a = 0; a < e.factors().size(); a++) {
      Einsum.Factor f = e.factors().get(a);
      Tensor gram = f.isPlain() ? gram(f.tensor()) : null;
      if (gram == null) continue;
      int joint = innerAxis(f.tensor());
      for (int b = a + 1; b < e.factors().size(); b++) {
        Einsum.Factor g = e.factors().get(b);
        int label = f.labels().get(joint);
        boolean meets =
            g.isPlain()
                && g.tensor().equals(f.tensor())
                && g.labels().get(joint) == label
                && Factors.uses(e, label) == 2
                && !Factors.isOutput(e, label);
        if (!meets) continue;
        return Factors.without(e, a, b)
            .forget(label)
            .factor(gram, f.labels().get(1 - joint), g.labels().get(1 - joint))
            .to(e.output());
      }
    }
    return null;
  }

  /** What a factor times its transpose is, else null. */
  private static @Nullable Tensor gram(Tensor t) {
    if (!(t instanceof Apply a)) return null;
    if (a.operator() instanceof Cholesky) return Parts.symmetric(a.operands().getFirst());
    Tensor x = a.operands().getFirst();
    Tensor l = x instanceof Einsum e ? turned(e) : x;
    boolean inverse = a.operator() instanceof Inverse;
    return inverse && l instanceof Apply factor && factor.operator() instanceof Cholesky
        ? Inverse.at(Parts.symmetric(factor.operands().getFirst()))
        : null;
  }

  /** The axis over which the product with its transpose sums: rows of inv(L), else columns. */
  private static int innerAxis(Tensor t) {
    Apply a = (Apply) t;
    return a.operator() instanceof Inverse && a.operands().getFirst() instanceof Apply ? 0 : 1;
  }
}
