package nabla.optimize.convexity;

import nabla.tensor.Rational;

/**
 * What is known of every entry of a tensor as a function of the variables that move.
 *
 * @param constant whether it does not depend on them
 * @param affine whether it is affine
 * @param range where its values are
 * @param convex the least {@link Order} of which it is convex; an order other than 1 is claimed of
 *     nonnegative functions only
 * @param concave the largest order of which it is concave, likewise
 * @param why the rule that says so
 */
record Behaviour(
    boolean constant, boolean affine, Range range, Rational convex, Rational concave, String why) {

  static Behaviour constant(Range range) {
    boolean sign = range.isNonnegative();
    return new Behaviour(
        true,
        true,
        range,
        sign ? Order.MINUS_INFINITE : Rational.ONE,
        sign ? Order.INFINITE : Rational.ONE,
        "does not depend on what moves");
  }

  static Behaviour affine(Range range, String why) {
    return new Behaviour(false, true, range, Rational.ONE, Rational.ONE, why);
  }

  static Behaviour of(Range range, Rational convex, Rational concave, String why) {
    return new Behaviour(false, false, range, convex, concave, why);
  }

  static Behaviour unknown(Range range, String why) {
    return of(range, Order.INFINITE, Order.MINUS_INFINITE, why);
  }

  static Behaviour convex(Range range, Rational order, String why) {
    return of(range, order, Order.MINUS_INFINITE, why);
  }

  static Behaviour concave(Range range, Rational order, String why) {
    return of(range, Order.INFINITE, order, why);
  }

  boolean isConvex() {
    return convex.compareTo(Rational.ONE) <= 0;
  }

  boolean isConcave() {
    return concave.compareTo(Rational.ONE) >= 0;
  }

  boolean isKnown() {
    return !convex.equals(Order.INFINITE) || !concave.equals(Order.MINUS_INFINITE);
  }

  /**
   * The same with values in a smaller range; more is known of a function that has no sign change.
   */
  Behaviour within(Range narrower) {
    Range both = range.and(narrower);
    if (constant) return constant(both);
    return new Behaviour(constant, affine, both, convex, concave, why);
  }

  /** What two proofs say together. */
  Behaviour and(Behaviour other) {
    boolean better =
        other.convex.compareTo(convex) < 0 || other.concave.compareTo(concave) > 0 || !isKnown();
    return new Behaviour(
        constant || other.constant,
        affine || other.affine,
        range.and(other.range),
        Order.least(convex, other.convex),
        Order.most(concave, other.concave),
        better ? other.why : why);
  }

  Behaviour negate() {
    return new Behaviour(
        constant,
        affine,
        range.negate(),
        isConcave() ? Rational.ONE : Order.INFINITE,
        isConvex() ? Rational.ONE : Order.MINUS_INFINITE,
        why);
  }

  Behaviour because(String other) {
    return new Behaviour(constant, affine, range, convex, concave, other);
  }

  /** In the terms of the field. */
  String words() {
    if (constant) return "constant";
    if (affine) return "affine";
    if (isConvex()) return convexWords();
    if (isConcave()) {
      return concave.compareTo(Rational.ONE) > 0
          ? "concave, and its power " + concave + " too"
          : "concave";
    }
    if (concave.isZero()) return "log-concave";
    if (!convex.equals(Order.INFINITE)) return "convex to the power " + convex;
    if (!concave.equals(Order.MINUS_INFINITE)) return "concave to the power " + concave;
    return "unknown";
  }

  private String convexWords() {
    if (convex.equals(Rational.ONE)) return "convex";
    if (convex.isZero()) return "log-convex";
    return convex.signum() > 0
        ? "convex, and its power " + convex + " too"
        : "convex, and its power " + convex + " concave";
  }
}
