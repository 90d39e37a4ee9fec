package nabla.optimize.convexity;

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

  /** One or two linear numbers and the monomial that their product is multiplied by. */
  private record Monomial(Map<Tensor, Rational> linear, Map<Tensor, Rational> weight) {}

  /** The square of a linear number times a monomial. */
  private record Square(Tensor linear, Map<Tensor, Rational> weight) {}

  /** Whether all terms together are certainly nonnegative. */
  boolean complete(List<Sum.Term> terms) {
    Map<Square, Rational> squares = new LinkedHashMap<>();
    Map<Monomial, Rational> cross = new LinkedHashMap<>();
    for (Sum.Term term : terms) {
      Monomial m = monomial(term.tensor());
      if (m == null) return false;
      if (m.linear().size() == 2) {
        cross.merge(m, coefficient(term), Rational::plus);
      } else {
        Tensor p = m.linear().keySet().iterator().next();
        squares.merge(new Square(p, m.weight()), coefficient(term), Rational::plus);
      }
    }
    List<Square> order = List.copyOf(squares.keySet());
    Rational[][] matrix = new Rational[order.size()][order.size()];
    for (int i = 0; i < matrix.length; i++) {
      java.util.Arrays.fill(matrix[i], Rational.ZERO);
      matrix[i][i] = squares.getOrDefault(order.get(i), Rational.ZERO);
    }
    for (Map.Entry<Monomial, Rational> e : cross.entrySet()) {
      if (!place(e.getKey(), e.getValue().times(Rational.HALF), order, matrix)) return false;
    }
    return isSemidefinite(matrix);
  }

  /** Puts half a coefficient where the mean of two weights is that of the product. */
  private static boolean place(
      Monomial product, Rational half, List<Square> order, Rational[][] matrix) {
    List<Tensor> pair = List.copyOf(product.linear().keySet());
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        Square p = order.get(i);
        Square q = order.get(j);
        boolean own = p.linear().equals(pair.get(0)) && q.linear().equals(pair.get(1));
        if (!own || !mean(p.weight(), q.weight()).equals(product.weight())) continue;
        matrix[i][j] = matrix[i][j].plus(half);
        matrix[j][i] = matrix[i][j];
        return true;
      }
    }
    return false;
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
    return own.size() == 1
        && own.getFirst().isPlain()
        && own.getFirst().tensor() instanceof Variable;
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
