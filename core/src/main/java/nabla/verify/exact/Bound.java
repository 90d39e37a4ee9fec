package nabla.verify.exact;

import nabla.tensor.Rational;

/**
 * A bound on an array of dual numbers as functions of what was drawn: all values are N/D and all
 * tangents are M/D² with the same D.
 *
 * @param n bounds every N
 * @param d bounds D
 * @param m bounds every M
 */
record Bound(Height n, Height d, Height m) {
  static final Bound ONE = new Bound(Height.ONE, Height.ONE, Height.ONE);

  /** An indeterminate that does not move. */
  static final Bound FREE = new Bound(Height.FREE, Height.ONE, Height.ONE);

  static Bound of(Rational number) {
    return new Bound(Height.numerator(number), Height.denominator(number), Height.ONE);
  }

  boolean isConstant() {
    return n.degree() == 0 && d.degree() == 0;
  }

  Bound times(Bound other) {
    Height left = m.times(other.n).times(other.d);
    Height right = other.m.times(n).times(d);
    return new Bound(n.times(other.n), d.times(other.d), left.plus(right));
  }

  Bound plus(Bound other) {
    return new Bound(
        n.times(other.d).plus(other.n.times(d)),
        d.times(other.d),
        m.times(other.d.power(2)).plus(other.m.times(d.power(2))));
  }

  /** The sum of so many entries. */
  Bound sum(double count) {
    return new Bound(n.sum(count), d, m.sum(count));
  }

  /** A whole power that is positive. */
  Bound power(double e) {
    Height rest = n.times(d).power(e - 1);
    return new Bound(n.power(e), d.power(e), rest.times(m).sum(e));
  }

  /** The reciprocals of so many entries. */
  Bound reciprocal(double count) {
    return new Bound(
        d.times(n.power(count - 1)), n.power(count), m.times(n.power(2 * (count - 1))));
  }

  /**
   * An atom s with s^b = u at each of so many entries, of the degree that u has. It moves by s
   * u'/(b u), of which N D is the denominator.
   */
  Bound root(double count, double b) {
    Height s = n.times(d).sum(2);
    Height all = n.power(count);
    return new Bound(
        s.times(d).times(all),
        d.times(all),
        s.times(m).times(d).times(n.power(2 * count - 1)).sum(b));
  }

  /** A function of an argument: its value, its slope and the argument have denominators. */
  static Bound chain(Bound value, Bound slope, Bound argument) {
    return new Bound(
        value.n.times(slope.d).times(argument.d),
        value.d.times(slope.d).times(argument.d),
        slope.n.times(argument.m).times(value.d.power(2)).times(slope.d));
  }

  /** The inverse of a matrix of this size. */
  Bound inverse(double size) {
    Height minor = n.power(size - 1).sum(factorial(size - 1));
    return new Bound(
        d.times(minor),
        n.power(size).sum(factorial(size)),
        minor.power(2).times(m).sum(size * size));
  }

  /** The determinant of a matrix of this size; times d, its cofactors. */
  Bound determinant(double size) {
    Height sum = n.power(size).sum(factorial(size));
    Height moved = n.times(d).power(size - 1).times(m).sum(size * factorial(size));
    return new Bound(sum, d.power(size), moved);
  }

  private static double factorial(double n) {
    double product = 1;
    for (double k = 2; k <= n; k++) product *= k;
    return product;
  }
}
