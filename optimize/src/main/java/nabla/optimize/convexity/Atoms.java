package nabla.optimize.convexity;

import java.util.List;
import nabla.tensor.Elementwise;
import nabla.tensor.Rational;

/**
 * Functions of one number: where they are convex, and which way they go. The composition with g is
 * convex if the function is convex and g affine, or convex and increasing and g convex, or convex
 * and decreasing and g concave (Boyd, Convex Optimization, 3.2.4).
 */
final class Atoms {
  private static final Rational ONE = Rational.ONE;
  private static final Range UP_TO_ONE = Range.closed(-1, 1);

  private Atoms() {}

  static Behaviour elementwise(Elementwise node, List<Behaviour> operands) {
    String name = node.operator().name();
    if (name.equals("power")) return power(operands.get(0), operands.get(1));
    Behaviour x = operands.getFirst();
    Behaviour found =
        switch (name) {
          case "exp" ->
              increasing(x, Range.POSITIVE, Rational.ZERO, none(), "an exponential")
                  .and(increasing(x, Range.POSITIVE, none(), Rational.ZERO, "an exponential"));
          case "expm1" ->
              increasing(
                  x,
                  x.range().isNonnegative()
                      ? x.range().isPositive() ? Range.POSITIVE : Range.NONNEGATIVE
                      : new Range(-1, Double.POSITIVE_INFINITY, true, false),
                  ONE,
                  none(),
                  "an exponential");
          case "log" -> logarithm(x);
          case "log1p" -> log1p(x);
          case "softplus" -> softplus(x);
          case "sigmoid" -> sigmoid(x);
          case "tanh", "erf" ->
              bent(
                  x,
                  sign(x, Range.open(-1, 1)),
                  "convex for negative and concave for positive numbers");
          case "arctan" ->
              bent(
                  x,
                  sign(x, Range.closed(-1.6, 1.6)),
                  "convex for negative and concave for positive numbers");
          case "sinh" ->
              Behaviour.of(
                  sign(x, Range.ALL),
                  x.range().isNonnegative() && x.isConvex() ? ONE : Order.INFINITE,
                  x.range().isNonpositive() && x.isConcave() ? ONE : Order.MINUS_INFINITE,
                  "a hyperbolic sine, convex for positive and concave for negative numbers");
          case "cosh" ->
              even(
                  x,
                  new Range(1, Double.POSITIVE_INFINITY, false, false),
                  Rational.ZERO,
                  "a hyperbolic cosine, which is log-convex");
          case "erfc" -> complementaryError(x);
          case "relu" ->
              increasing(
                  x,
                  x.range().isPositive() ? Range.POSITIVE : Range.NONNEGATIVE,
                  ONE,
                  none(),
                  "the larger of 0 and such a function");
          case "abs" ->
              even(
                  x,
                  x.range().isPositive() || x.range().isNegative()
                      ? Range.POSITIVE
                      : Range.NONNEGATIVE,
                  ONE,
                  "an absolute value");
          case "sin", "cos" -> Behaviour.unknown(UP_TO_ONE, "a function that swings");
          case "sign" -> Behaviour.unknown(UP_TO_ONE, "a step");
          case "step" -> Behaviour.unknown(Range.closed(0, 1), "a step");
          case "gammaln" ->
              x.affine() && x.range().isPositive()
                  ? Behaviour.convex(Range.ALL, ONE, "gammaln is convex for positive numbers")
                  : Behaviour.unknown(Range.ALL, "gammaln of what may be negative");
          default -> Behaviour.unknown(Range.ALL, "no rule for " + name);
        };
    return found;
  }

  private static Rational none() {
    return Order.INFINITE;
  }

  /**
   * An increasing function on all numbers.
   *
   * @param convex its order of convexity, or none
   * @param concave its order of concavity, or none
   */
  private static Behaviour increasing(
      Behaviour x, Range range, Rational convex, Rational concave, String why) {
    boolean up = x.isConvex() && !convex.equals(none());
    boolean down = x.isConcave() && !concave.equals(none());
    String of =
        why + " of " + (x.affine() ? "an affine" : up ? "a convex" : "a concave") + " function";
    return Behaviour.of(
        range, up ? convex : Order.INFINITE, down ? concave : Order.MINUS_INFINITE, of);
  }

  private static Behaviour logarithm(Behaviour x) {
    Range range =
        x.range().low() > 1 || (x.range().low() == 1 && x.range().aboveLow())
            ? Range.POSITIVE
            : x.range().low() == 1
                ? Range.NONNEGATIVE
                : x.range().high() <= 1 ? Range.NONNEGATIVE.negate() : Range.ALL;
    boolean convex = x.range().isNonnegative() && x.convex().signum() <= 0;
    boolean concave = x.isConcave() || (x.range().isNonnegative() && x.concave().signum() >= 0);
    String of =
        "a logarithm of "
            + (convex && !concave
                ? "a log-convex function"
                : concave && !convex && !x.isConcave()
                    ? "a log-concave function"
                    : x.affine() ? "an affine function" : "such a function");
    return Behaviour.of(
        range, convex ? ONE : Order.INFINITE, concave ? ONE : Order.MINUS_INFINITE, of);
  }

  private static Behaviour log1p(Behaviour x) {
    Range range =
        x.range().isPositive()
            ? Range.POSITIVE
            : x.range().isNonnegative() ? Range.NONNEGATIVE : Range.ALL;
    return x.isConcave()
        ? Behaviour.concave(range, ONE, "log(1 + x) of a concave function")
        : Behaviour.unknown(range, "log(1 + x) of what is not concave");
  }

  /** Convex; and log-concave, as the integral of the log-concave sigmoid is. */
  private static Behaviour softplus(Behaviour x) {
    return increasing(x, Range.POSITIVE, ONE, none(), "softplus")
        .and(increasing(x, Range.POSITIVE, none(), Rational.ZERO, "softplus"));
  }

  private static Behaviour sigmoid(Behaviour x) {
    Behaviour concave =
        increasing(x, Range.open(0, 1), none(), Rational.ZERO, "a sigmoid, which is log-concave,");
    if (x.range().isNonnegative() && x.isConcave()) {
      return Behaviour.concave(Range.open(0, 1), ONE, "a sigmoid is concave for positive numbers");
    }
    if (x.range().isNonpositive() && x.isConvex()) {
      return concave.and(
          Behaviour.convex(Range.open(0, 1), ONE, "a sigmoid is convex for negative numbers"));
    }
    return concave;
  }

  /** An increasing odd function that is convex below 0 and concave above. */
  private static Behaviour bent(Behaviour x, Range range, String why) {
    boolean concave = x.range().isNonnegative() && x.isConcave();
    boolean convex = x.range().isNonpositive() && x.isConvex();
    return Behaviour.of(
        range, convex ? ONE : Order.INFINITE, concave ? ONE : Order.MINUS_INFINITE, why);
  }

  /** The range of an odd increasing function. */
  private static Range sign(Behaviour x, Range whole) {
    Range range = whole;
    if (x.range().isNonnegative()) range = range.and(Range.NONNEGATIVE);
    if (x.range().isPositive()) range = range.and(Range.POSITIVE);
    if (x.range().isNonpositive()) range = range.and(Range.NONNEGATIVE.negate());
    return x.range().isNegative() ? range.and(Range.POSITIVE.negate()) : range;
  }

  /** An even convex function. */
  private static Behaviour even(Behaviour x, Range range, Rational order, String why) {
    boolean right = x.range().isNonnegative() && x.isConvex();
    boolean left = x.range().isNonpositive() && x.isConcave();
    boolean absolute = why.startsWith("an absolute");
    if (absolute && x.range().isNonnegative()) return x.because("is nonnegative already");
    if (absolute && x.range().isNonpositive()) return x.negate().because("is nonpositive, negated");
    return x.affine() || right || left
        ? Behaviour.convex(range, order, why)
        : Behaviour.unknown(range, why + " of what has both signs");
  }

  private static Behaviour complementaryError(Behaviour x) {
    Range range = Range.open(0, 2);
    Behaviour log =
        x.isConvex()
            ? Behaviour.concave(range, Rational.ZERO, "erfc is log-concave and decreasing")
            : Behaviour.unknown(range, "erfc");
    return x.range().isNonnegative() && x.isConcave()
        ? log.and(Behaviour.convex(range, ONE, "erfc is convex for positive numbers"))
        : log;
  }

  private static Behaviour power(Behaviour base, Behaviour exponent) {
    if (exponent.constant() && base.range().isNonnegative()) {
      Range p = exponent.range();
      Range range = base.range().isPositive() ? Range.POSITIVE : Range.NONNEGATIVE;
      String why = "a power of a nonnegative function";
      if (p.low() >= 1 && base.isConvex()) return Behaviour.convex(range, ONE, why);
      if (p.low() >= 0 && p.high() <= 1 && base.isConcave()) {
        return Behaviour.concave(range, ONE, why);
      }
      if (p.isNonpositive() && base.range().isPositive() && base.concave().signum() >= 0) {
        return Behaviour.convex(range, Rational.ZERO, "a negative power of a positive function");
      }
      return Behaviour.unknown(range, why);
    }
    if (base.constant() && base.range().isPositive() && exponent.affine()) {
      String why = "an exponential of an affine function";
      return Behaviour.of(Range.POSITIVE, Rational.ZERO, Rational.ZERO, why);
    }
    return Behaviour.unknown(Range.ALL, "a power of what may be negative");
  }
}
