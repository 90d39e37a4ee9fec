package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;

/** What is known of a product, from what is known of its factors. */
final class Products {
  private final Analysis analysis;
  private final Einsum product;
  private final List<Factor> moving = new ArrayList<>();
  private Range weights;

  Products(Analysis analysis, Einsum product) {
    this.analysis = analysis;
    this.product = product;
    this.weights = Range.of(product.coefficient());
    for (Factor f : product.factors()) {
      Behaviour b = factor(f);
      if (analysis.of(f.tensor()).constant()) weights = weights.times(b.range());
      else moving.add(f);
    }
  }

  private Behaviour factor(Factor f) {
    return power(analysis.of(f.tensor()), f.exponent());
  }

  Behaviour behaviour() {
    Range range = range();
    if (moving.isEmpty()) return Behaviour.constant(range);
    if (isAffine()) return Behaviour.affine(range, "linear in what moves");
    Behaviour found = composed(range);
    if (isQuadratic()) {
      found =
          found.and(
              Behaviour.convex(
                  range.and(Range.NONNEGATIVE),
                  Rational.HALF,
                  "a sum of squares of affine functions"));
    } else if (product.coefficient().signum() < 0 && isNegativeQuadratic()) {
      found =
          found.and(
              Behaviour.concave(range, Rational.ONE, "minus a sum of squares of affine functions"));
    }
    if (isMatrixFractional()) {
      String why = "x'*inv(X)*x is convex in x and positive definite X";
      boolean up = product.coefficient().signum() > 0;
      found =
          found.and(
              up
                  ? Behaviour.convex(range, Rational.ONE, why)
                  : Behaviour.concave(range, Rational.ONE, why));
    }
    return found.and(Entropy.of(analysis, product, moving, weights, range));
  }

  private boolean isAffine() {
    return moving.size() == 1
        && moving.getFirst().isPlain()
        && analysis.of(moving.getFirst().tensor()).affine();
  }

  private Range range() {
    Range range = Range.of(product.coefficient());
    for (Factor f : product.factors()) range = range.times(factor(f).range());
    if (product.contracts()) range = range.summed();
    if (product.output().stream().distinct().count() < product.rank()) range = range.withZero();
    if (range.isNonnegative() || range.isNonpositive()) return range;
    boolean squares =
        Mirror.ofEntries(
            product,
            analysis.definiteness()::isSemidefinite,
            view -> view.weights().stream().allMatch(analysis.definiteness()::isNonnegative));
    if (!squares) return range;
    return range.and(
        product.coefficient().signum() > 0 ? Range.NONNEGATIVE : Range.NONNEGATIVE.negate());
  }

  /** A product of nonnegative functions, times a constant that has a sign. */
  private Behaviour composed(Range range) {
    boolean down = weights.isNonpositive() && !weights.isNonnegative();
    if (!down && !weights.isNonnegative()) {
      return Behaviour.unknown(range, "a product with a factor of unknown sign");
    }
    List<Rational> convex = new ArrayList<>();
    List<Rational> concave = new ArrayList<>();
    for (Factor f : moving) {
      Behaviour b = factor(f);
      if (moving.size() > 1 && !b.range().isNonnegative()) {
        return Behaviour.unknown(range, "a product of factors of unknown sign");
      }
      convex.add(b.convex());
      concave.add(b.concave());
    }
    boolean one = moving.size() == 1;
    Behaviour found =
        folded(
            down ? range.negate() : range,
            one ? convex.getFirst() : Order.ofConvexProduct(convex),
            one ? concave.getFirst() : Order.ofConcaveProduct(concave),
            one ? why(moving.getFirst()) : "a product of nonnegative functions");
    return down ? found.negate() : found;
  }

  private String why(Factor f) {
    if (!f.isPlain()) return factor(f).why();
    return product.contracts() ? "a sum of such functions, weighted" : "such a function, weighted";
  }

  /** Sums keep the order of convex functions up to 1, of concave ones from 1 on (Minkowski). */
  private Behaviour folded(Range range, Rational convex, Rational concave, String why) {
    boolean zeros = product.output().stream().distinct().count() < product.rank();
    if (product.contracts() || zeros) {
      if (convex.compareTo(Rational.ONE) > 0) convex = Order.INFINITE;
      if (concave.compareTo(Rational.ONE) < 0) concave = Order.MINUS_INFINITE;
    }
    if (zeros) {
      if (!convex.equals(Order.INFINITE)) convex = Rational.ONE;
      if (!concave.equals(Order.MINUS_INFINITE)) concave = Rational.ONE;
    }
    return Behaviour.of(range, convex, concave, why);
  }

  private boolean isQuadratic() {
    return product.coefficient().signum() > 0 && isNegativeQuadratic();
  }

  /** Whether it is a sum of squares of affine functions, but for the sign of its coefficient. */
  private boolean isNegativeQuadratic() {
    return Mirror.ofEntries(
        product,
        m -> isFixed(m) && analysis.definiteness().isSemidefinite(m),
        view ->
            view.weights().stream()
                    .allMatch(w -> isFixed(w.tensor()) && analysis.definiteness().isNonnegative(w))
                && isAffine(view.half()));
  }

  private boolean isFixed(Tensor tensor) {
    return analysis.of(tensor).constant();
  }

  /** At most one factor moves, and that is affine. */
  private boolean isAffine(List<Factor> half) {
    List<Factor> own = half.stream().filter(f -> !isFixed(f.tensor())).toList();
    return own.isEmpty()
        || (own.size() == 1
            && own.getFirst().isPlain()
            && analysis.of(own.getFirst().tensor()).affine());
  }

  /** L'*inv(T)*L, where L and T are affine and T is positive definite (Boyd, 3.1.7). */
  private boolean isMatrixFractional() {
    return Mirror.ofEntries(
            product,
            m -> (isFixed(m) || isInverse(m)) && analysis.definiteness().isSemidefinite(m),
            view ->
                view.middles().stream().filter(f -> isInverse(f.tensor())).count() == 1
                    && view.weights().stream()
                        .allMatch(
                            w -> isFixed(w.tensor()) && analysis.definiteness().isNonnegative(w))
                    && isAffine(view.half()))
        || isTraceOfInverse();
  }

  /** A single inverse, of which only the diagonal counts, with nonnegative weights. */
  private boolean isTraceOfInverse() {
    if (moving.size() != 1) return false;
    Factor f = moving.getFirst();
    boolean diagonal = f.labels().size() == 2 && f.labels().get(0).equals(f.labels().get(1));
    boolean weighted =
        product.factors().stream()
            .filter(w -> !w.equals(f))
            .allMatch(analysis.definiteness()::isNonnegative);
    return diagonal
        && f.isPlain()
        && isInverse(f.tensor())
        && weighted
        && analysis.definiteness().isSemidefinite(f.tensor());
  }

  private boolean isInverse(Tensor tensor) {
    return tensor instanceof Apply a
        && a.operator().name().equals("inv")
        && !isFixed(a)
        && analysis.of(a.operands().getFirst()).affine();
  }

  /**
   * The power of a function, with an exponent that is not 0. What is not a whole power has a value
   * where its base is not negative only, and a negative power where it is not 0; if the rest of the
   * domain is not certainly convex, nothing is known.
   */
  static Behaviour power(Behaviour b, Rational exponent) {
    if (exponent.isOne()) return b;
    boolean even = exponent.isInteger() && !exponent.numerator().testBit(0);
    if (b.constant()) return Behaviour.constant(power(b.range(), exponent, even));
    Behaviour base = b;
    if (even && !b.range().isNonnegative()) {
      if (b.affine() && exponent.signum() > 0) {
        String why = "an even power of an affine function";
        return Behaviour.convex(Range.NONNEGATIVE, exponent.inverse(), why);
      }
      if (b.range().isNonpositive()) base = b.negate();
    }
    if (exponent.isInteger() && !even && base.range().isNegative()) {
      return power(base.negate(), exponent).negate();
    }
    Range range = power(base.range(), exponent, even);
    boolean limits = !exponent.isInteger() && !base.range().isNonnegative();
    boolean divides = exponent.signum() < 0 && !base.range().isPositive();
    if (limits) {
      if (!base.isConcave()) return Behaviour.unknown(range, "a root of what may be negative");
      base =
          Behaviour.of(
              Range.NONNEGATIVE, base.affine() ? Rational.ONE : Order.INFINITE, base.concave(), "");
    } else if (!base.range().isNonnegative()) {
      return Behaviour.unknown(range, "a power of what may be negative");
    }
    if (divides && base.concave().equals(Order.MINUS_INFINITE)) {
      return Behaviour.unknown(range, "divided by what may be 0");
    }
    boolean up = exponent.signum() > 0;
    return Behaviour.of(
        up ? Range.NONNEGATIVE.and(range) : Range.POSITIVE.and(range),
        Order.ofPower(up ? base.convex() : base.concave(), exponent),
        Order.ofPower(up ? base.concave() : base.convex(), exponent),
        "the power " + exponent + " of " + (b.affine() ? "an affine function" : "such a function"));
  }

  private static Range power(Range base, Rational exponent, boolean even) {
    if (exponent.signum() < 0) {
      if (base.isNonnegative()) return Range.POSITIVE;
      if (even) return Range.POSITIVE;
      return base.isNonpositive() && exponent.isInteger()
          ? Range.POSITIVE.negate()
          : exponent.isInteger() ? Range.ALL : Range.POSITIVE;
    }
    if (!exponent.isInteger() || even || base.isNonnegative()) {
      boolean apart = base.isPositive() || base.isNegative();
      if (base.isNonnegative() && base.low() >= 1)
        return new Range(1, Double.POSITIVE_INFINITY, false, false);
      return apart ? Range.POSITIVE : Range.NONNEGATIVE;
    }
    if (base.isNegative()) return Range.POSITIVE.negate();
    return base.isNonpositive() ? Range.NONNEGATIVE.negate() : Range.ALL;
  }
}
