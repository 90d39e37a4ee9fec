package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.tensor.Einsum;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * Completes squares: Σ c[i,j] p[i] p[j] of numbers p[i] that are linear in a direction, each with
 * the root of a positive monomial, is not negative if the matrix c of rational numbers is positive
 * semidefinite.
 */
final class Squares {
  private final Analysis signs;
  private final Set<Variable> directions;

  Squares(Analysis signs, Set<Variable> directions) {
    this.signs = signs;
    this.directions = directions;
  }

  /** A linear number and the monomial that its square is multiplied by. */
  private record Monomial(Map<Tensor, Rational> linear, Map<Tensor, Rational> weight) {}

  /** Whether all terms together are certainly nonnegative. */
  boolean complete(List<Sum.Term> terms) {
    Map<Tensor, Map<Tensor, Rational>> weights = new LinkedHashMap<>();
    Map<Tensor, Rational> diagonal = new HashMap<>();
    List<Sum.Term> cross = new ArrayList<>();
    for (Sum.Term term : terms) {
      Monomial m = monomial(term.tensor());
      if (m == null) return false;
      if (m.linear().size() == 2) {
        cross.add(term);
        continue;
      }
      Tensor p = m.linear().keySet().iterator().next();
      if (weights.putIfAbsent(p, m.weight()) != null) return false;
      diagonal.put(p, coefficient(term));
    }
    List<Tensor> numbers = List.copyOf(weights.keySet());
    Rational[][] matrix = new Rational[numbers.size()][numbers.size()];
    for (Rational[] row : matrix) java.util.Arrays.fill(row, Rational.ZERO);
    for (int k = 0; k < matrix.length; k++) {
      matrix[k][k] = java.util.Objects.requireNonNull(diagonal.get(numbers.get(k)));
    }
    for (Sum.Term term : cross) {
      Monomial m = java.util.Objects.requireNonNull(monomial(term.tensor()));
      List<Integer> at = m.linear().keySet().stream().map(numbers::indexOf).toList();
      if (at.contains(-1)) return false;
      Map<Tensor, Rational> mean = mean(weights.get(numbers.get(at.get(0))), weights.get(numbers.get(at.get(1))));
      if (!mean.equals(m.weight())) return false;
      Rational half = coefficient(term).times(Rational.HALF);
      matrix[at.get(0)][at.get(1)] = matrix[at.get(0)][at.get(1)].plus(half);
      matrix[at.get(1)][at.get(0)] = matrix[at.get(0)][at.get(1)];
    }
    return isSemidefinite(matrix);
  }

  private static Rational coefficient(Sum.Term term) {
    return term.coefficient().times(Einsum.view(term.tensor()).coefficient());
  }

  /** A product of one or two numbers that are linear in the direction, and of positive numbers. */
  private @org.jspecify.annotations.Nullable Monomial monomial(Tensor tensor) {
    Map<Tensor, Rational> linear = new LinkedHashMap<>();
    Map<Tensor, Rational> weight = new HashMap<>();
    Rational degree = Rational.ZERO;
    for (Einsum.Factor f : Einsum.view(tensor).factors()) {
      if (f.tensor().rank() > 0) return null;
      if (isDirected(f.tensor())) {
        linear.put(f.tensor(), f.exponent());
        degree = degree.plus(f.exponent());
        if (!isLinear(f.tensor())) return null;
      } else {
        if (!signs.of(Analysis.flat(f.tensor())).range().isPositive()) return null;
        weight.put(f.tensor(), f.exponent());
      }
    }
    boolean whole =
        linear.values().stream().allMatch(e -> e.isInteger() && e.signum() > 0)
            && degree.equals(Rational.TWO);
    return whole ? new Monomial(linear, weight) : null;
  }

  private boolean isDirected(Tensor tensor) {
    return Tensors.variables(tensor).stream().anyMatch(directions::contains);
  }

  /** A direction, or a contraction of one with what does not depend on any. */
  private boolean isLinear(Tensor tensor) {
    if (tensor instanceof Variable) return true;
    if (!(tensor instanceof Einsum e)) return false;
    List<Einsum.Factor> own = e.factors().stream().filter(f -> isDirected(f.tensor())).toList();
    return own.size() == 1 && own.getFirst().isPlain() && own.getFirst().tensor() instanceof Variable;
  }

  private static Map<Tensor, Rational> mean(Map<Tensor, Rational> a, Map<Tensor, Rational> b) {
    Map<Tensor, Rational> mean = new HashMap<>(a);
    b.forEach((tensor, e) -> mean.merge(tensor, e, Rational::plus));
    mean.replaceAll((tensor, e) -> e.times(Rational.HALF));
    mean.values().removeIf(Rational::isZero);
    return mean;
  }

  /** By elimination without rounding. */
  private static boolean isSemidefinite(Rational[][] a) {
    for (int k = 0; k < a.length; k++) {
      if (a[k][k].signum() < 0) return false;
      for (int i = k + 1; i < a.length; i++) {
        if (a[k][k].isZero()) {
          if (!a[k][i].isZero()) return false;
          continue;
        }
        Rational factor = a[i][k].dividedBy(a[k][k]);
        for (int j = k; j < a.length; j++) a[i][j] = a[i][j].minus(factor.times(a[k][j]));
      }
    }
    return true;
  }
}
