package nabla.optimize.convexity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Property;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/** Which matrices are certainly positive definite or semidefinite, on the whole domain. */
final class Definiteness {
  /** In the order of what they say. */
  enum Kind {
    UNKNOWN,
    SEMIDEFINITE,
    DEFINITE
  }

  private final Analysis analysis;
  private final Map<Tensor, Kind> known = new HashMap<>();

  Definiteness(Analysis analysis) {
    this.analysis = analysis;
  }

  boolean isSemidefinite(Tensor matrix) {
    return of(matrix) != Kind.UNKNOWN;
  }

  boolean isDefinite(Tensor matrix) {
    return of(matrix) == Kind.DEFINITE;
  }

  private Kind of(Tensor matrix) {
    if (matrix.rank() != 2 || !matrix.shape().get(0).equals(matrix.shape().get(1))) {
      return Kind.UNKNOWN;
    }
    Kind done = known.get(matrix);
    if (done != null) return done;
    known.put(matrix, Kind.UNKNOWN);
    Kind found =
        switch (matrix) {
          case Variable v -> variable(v);
          case Sum sum -> sum(sum);
          case Einsum e -> product(e);
          case Apply a -> operation(a);
          default -> Kind.UNKNOWN;
        };
    known.put(matrix, found);
    return found;
  }

  private static Kind variable(Variable v) {
    if (v.is(Property.PD)) return Kind.DEFINITE;
    boolean diagonal = v.is(Property.DIAGONAL) && v.is(Property.NONNEGATIVE);
    return v.is(Property.PSD) || diagonal ? Kind.SEMIDEFINITE : Kind.UNKNOWN;
  }

  private Kind sum(Sum sum) {
    if (sum.isZero()) return Kind.SEMIDEFINITE;
    boolean definite = false;
    for (Sum.Term term : sum.terms()) {
      Kind kind = of(term.tensor());
      if (term.coefficient().signum() < 0 || kind == Kind.UNKNOWN) return Kind.UNKNOWN;
      definite |= kind == Kind.DEFINITE;
    }
    return definite ? Kind.DEFINITE : Kind.SEMIDEFINITE;
  }

  private Kind product(Einsum e) {
    if (e.coefficient().signum() < 0) return Kind.UNKNOWN;
    if (isPositiveMultiple(e)) return Kind.DEFINITE;
    return Mirror.ofMatrix(
            e, this::isSemidefinite, view -> view.weights().stream().allMatch(this::isNonnegative))
        ? Kind.SEMIDEFINITE
        : Kind.UNKNOWN;
  }

  /** Positive numbers times a definite matrix, or times a diagonal matrix of positive numbers. */
  private boolean isPositiveMultiple(Einsum e) {
    if (e.contracts()) return false;
    boolean diagonal = e.output().get(0).equals(e.output().get(1));
    boolean definite = diagonal;
    for (Einsum.Factor f : e.factors()) {
      if (f.tensor().rank() <= 1 && (f.tensor().rank() == 0 || diagonal)) {
        if (!Products.power(analysis.of(f.tensor()), f.exponent()).range().isPositive()) {
          return false;
        }
      } else if (!diagonal && !definite && f.isPlain() && isDefinite(f.tensor())) {
        definite = true;
      } else {
        return false;
      }
    }
    return definite;
  }

  boolean isNonnegative(Einsum.Factor weight) {
    List<Integer> labels = weight.labels();
    boolean diagonal = labels.size() == 2 && labels.get(0).equals(labels.get(1));
    if (diagonal && isSemidefinite(weight.tensor())) return true;
    return Products.power(analysis.of(weight.tensor()), weight.exponent()).range().isNonnegative();
  }

  private Kind operation(Apply a) {
    Tensor x = a.operands().getFirst();
    return switch (a.operator().name()) {
      case "inv" -> isSemidefinite(x) ? Kind.DEFINITE : Kind.UNKNOWN;
      case "expm" -> x.isSymmetric() ? Kind.DEFINITE : Kind.UNKNOWN;
      default -> Kind.UNKNOWN;
    };
  }
}
