package nabla.optimize.convexity;

import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Elementwise;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;

/**
 * The products {@code x*log(x)} and {@code x*log(x/y)}, which are convex for positive x and y:
 * entropy and relative entropy (Boyd, Convex Optimization, 3.1.5 and 3.2.6).
 */
final class Entropy {
  private Entropy() {}

  static Behaviour of(
      Analysis analysis, Einsum product, List<Factor> moving, Range weights, Range range) {
    Behaviour unknown = Behaviour.unknown(range, "a product of factors of unknown sign");
    boolean repeats = product.output().stream().distinct().count() < product.rank();
    if (moving.size() != 2 || repeats) return unknown;
    for (int k = 0; k < 2; k++) {
      Factor x = moving.get(k);
      Factor log = moving.get(1 - k);
      if (!x.isPlain() || !log.isPlain() || !isLogarithm(log.tensor())) continue;
      if (!analysis.of(x.tensor()).affine() || !x.labels().equals(log.labels())) continue;
      String why = why(analysis, x.tensor(), log.tensor().operands().getFirst());
      if (why.isEmpty()) continue;
      Behaviour convex = Behaviour.convex(range, Rational.ONE, why);
      if (weights.isNonnegative()) return convex;
      if (weights.isNonpositive()) return Behaviour.concave(range, Rational.ONE, why);
    }
    return unknown;
  }

  private static boolean isLogarithm(Tensor tensor) {
    return tensor instanceof Elementwise e && e.operator().name().equals("log");
  }

  private static String why(Analysis analysis, Tensor x, Tensor inside) {
    if (inside.equals(x)) return "x*log(x) is convex";
    if (!(inside instanceof Einsum e) || e.contracts() || e.coefficient().signum() <= 0) return "";
    boolean straight = true;
    boolean found = false;
    boolean relative = false;
    Range rest = Range.closed(1, 1);
    for (Factor f : e.factors()) {
      Behaviour b = analysis.of(f.tensor());
      straight &= f.labels().isEmpty() || f.labels().equals(e.output());
      if (f.tensor().equals(x) && f.isPlain()) {
        found = true;
      } else if (b.constant()) {
        rest = rest.times(Products.power(b, f.exponent()).range());
      } else {
        boolean divides = f.exponent().equals(Rational.MINUS_ONE) && b.isConcave();
        if (relative || !divides) return "";
        if (!b.range().isNonnegative() && !analysis.of(x).range().isNonnegative()) return "";
        relative = true;
      }
    }
    if (!straight || !found || !rest.isPositive()) return "";
    return relative ? "x*log(x/y) is convex in x and y" : "x*log(c*x) is convex";
  }
}
