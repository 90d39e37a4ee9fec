package nabla.verify.exact;

import java.util.List;
import java.util.Map;
import nabla.tensor.Rational;
import nabla.verify.exact.Atoms.Known;

/**
 * exp, sine and cosine of sums of monomials, by their laws for sums, and what is rational in them.
 */
final class Exponentials {
  private static final int BITS_OF_DENOMINATORS = 20;
  private static final int BITS_OF_STEPS = 40;

  private final PrimeField field;
  private final DualArithmetic arithmetic;
  private final Atoms atoms;
  private final long fineness;

  /**
   * @param fineness what exponents are counted in: the denominator of all of them
   */
  Exponentials(PrimeField field, Atoms atoms, long fineness) {
    this.field = field;
    this.arithmetic = new DualArithmetic(field);
    this.atoms = atoms;
    this.fineness = fineness;
  }

  /** exp of what has these forms and moves as {@code u}. */
  Dual exponential(Forms form, Dual u) {
    long[] value = new long[form.entries().size()];
    Height denominators = Height.ONE;
    Height largest = Height.ONE;
    for (int k = 0; k < value.length; k++) {
      value[k] = exponential(form, k);
      Bound bound = exponentialBound(form.entries().get(k));
      denominators = denominators.times(bound.d());
      largest = largest.plus(bound.n());
    }
    form.tell(atoms);
    Bound bound = new Bound(largest.times(denominators), denominators, Height.ONE);
    Dual e = new Dual(u.shape(), value, null, bound);
    return arithmetic.chain(e, e, u);
  }

  long exponential(Forms form, int entry) {
    long product = 1;
    for (Map.Entry<Long, Rational> term : form.entries().get(entry).entrySet()) {
      Rational c = term.getValue();
      Known known = atoms.exponential(term.getKey());
      if (known != null) {
        long factor =
            c.isInt() ? field.power(known.value(), c.intValue()) : atoms.root(known.value(), c);
        product = field.times(product, factor);
      } else {
        long atom = atoms.of("exp", List.of(term.getKey()));
        product = field.times(product, field.power(atom, steps(c)));
      }
    }
    return product;
  }

  private Bound exponentialBound(Map<Long, Rational> form) {
    Height n = Height.ONE;
    Height d = Height.ONE;
    for (Map.Entry<Long, Rational> term : form.entrySet()) {
      Known known = atoms.exponential(term.getKey());
      Height over = known == null ? Height.FREE : known.bound().n().times(known.bound().d());
      Height under = known == null ? Height.ONE : over;
      double exponent = Math.abs(term.getValue().doubleValue()) * (known == null ? fineness : 1);
      boolean positive = term.getValue().signum() > 0;
      n = n.times((positive ? over : under).power(exponent));
      d = d.times((positive ? under : over).power(exponent));
    }
    return new Bound(n, d, Height.ONE);
  }

  /** An exponent in steps. */
  long steps(Rational c) {
    Rational steps = c.times(Rational.of(fineness));
    if (!steps.isInteger()) {
      if (c.denominator().bitLength() > BITS_OF_DENOMINATORS) {
        throw Obstacle.noModel("a factor inside exp or a circular function is " + c.abs());
      }
      throw Obstacle.exponent(c.denominator().longValueExact());
    }
    if (steps.numerator().bitLength() > BITS_OF_STEPS) {
      throw Obstacle.noModel("a factor inside exp or a circular function is " + c.abs());
    }
    return steps.numerator().longValueExact();
  }

  /**
   * Sine or cosine. Each monomial has a point on the circle, ((1-t²)/(1+t²), 2t/(1+t²)); those of a
   * sum are turned by one another.
   */
  Dual circular(Forms form, Dual u, boolean sine) {
    long[] cosines = new long[u.count()];
    long[] sines = new long[u.count()];
    double turns = 0;
    for (int k = 0; k < cosines.length; k++) {
      long[] point = {1, 0};
      for (Map.Entry<Long, Rational> term : form.entries().get(k).entrySet()) {
        long steps = steps(term.getValue());
        point = turned(point, turned(circle(term.getKey()), steps));
        turns += Math.abs(steps);
      }
      cosines[k] = point[0];
      sines[k] = point[1];
    }
    form.tell(atoms);
    Height degree = new Height(2 * turns, 2 * turns);
    Bound bound = new Bound(degree, degree, Height.ONE);
    Dual cosine = new Dual(u.shape(), cosines, null, bound);
    Dual sin = new Dual(u.shape(), sines, null, bound);
    if (sine) return arithmetic.chain(sin, cosine, u);
    return arithmetic.chain(cosine, arithmetic.scale(sin, Rational.MINUS_ONE), u);
  }

  private long[] circle(long key) {
    long t = atoms.of("angle", List.of(key));
    long square = field.times(t, t);
    long factor = field.inverse(field.plus(1, square));
    long cosine = field.times(field.minus(1, square), factor);
    return new long[] {cosine, field.times(field.plus(t, t), factor)};
  }

  private long[] turned(long[] a, long[] b) {
    long cosine = field.minus(field.times(a[0], b[0]), field.times(a[1], b[1]));
    return new long[] {cosine, field.plus(field.times(a[0], b[1]), field.times(a[1], b[0]))};
  }

  private long[] turned(long[] point, long times) {
    long[] square = times < 0 ? new long[] {point[0], field.negate(point[1])} : point;
    long[] power = {1, 0};
    for (long k = Math.abs(times); k > 0; k >>= 1) {
      if ((k & 1) == 1) power = turned(power, square);
      square = turned(square, square);
    }
    return power;
  }

  Dual hyperbolic(String name, Forms form, Dual u) {
    if (name.equals("tanh")) {
      Dual square = exponential(form.times(Rational.TWO), arithmetic.scale(u, Rational.TWO));
      Dual under = arithmetic.reciprocal(arithmetic.plus(square, 1));
      return arithmetic.times(arithmetic.plus(square, -1), under);
    }
    Dual e = exponential(form, u);
    Dual other = arithmetic.reciprocal(e);
    boolean odd = name.equals("sinh");
    Dual both = odd ? arithmetic.minus(e, other) : arithmetic.plus(e, other);
    return arithmetic.scale(both, Rational.HALF);
  }
}
