package nabla.verify.exact;

import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/** Arithmetic of dual numbers, entry by entry. */
record DualArithmetic(PrimeField field) {
  Dual plus(Dual a, Dual b) {
    return combination(a, 1, b, 1, a.bound().plus(b.bound()));
  }

  Dual minus(Dual a, Dual b) {
    return combination(a, 1, b, field.negate(1), a.bound().plus(b.bound()));
  }

  private Dual combination(Dual a, long s, Dual b, long t, Bound bound) {
    long[] value = new long[a.count()];
    for (int k = 0; k < value.length; k++) {
      value[k] = field.plus(field.times(s, a.value()[k]), field.times(t, b.value()[k]));
    }
    long[] tangent = null;
    if (a.tangent() != null || b.tangent() != null) {
      tangent = new long[value.length];
      for (int k = 0; k < value.length; k++) {
        tangent[k] = field.plus(field.times(s, a.tangent(k)), field.times(t, b.tangent(k)));
      }
    }
    return new Dual(a.shape(), value, tangent, bound);
  }

  Dual scale(Dual a, Rational factor) {
    if (factor.isOne()) return a;
    long s = field.of(factor);
    Bound bound = a.bound().times(Bound.of(factor));
    return combination(a, s, a, 0, bound);
  }

  Dual plus(Dual a, long number) {
    return plus(a, constant(a.shape(), number));
  }

  Dual constant(int[] shape, long number) {
    Rational exact = Rational.of(number);
    return Dual.constant(shape, field.of(number), Bound.of(exact));
  }

  Dual times(Dual a, Dual b) {
    long[] value = new long[a.count()];
    for (int k = 0; k < value.length; k++) value[k] = field.times(a.value()[k], b.value()[k]);
    long[] tangent = null;
    if (a.tangent() != null || b.tangent() != null) {
      tangent = new long[value.length];
      for (int k = 0; k < value.length; k++) {
        long left = field.times(a.tangent(k), b.value()[k]);
        tangent[k] = field.plus(left, field.times(a.value()[k], b.tangent(k)));
      }
    }
    return new Dual(a.shape(), value, tangent, a.bound().times(b.bound()));
  }

  /** 1/(a + bε) = 1/a - b/a² ε. */
  Dual reciprocal(Dual a) {
    long[] value = new long[a.count()];
    for (int k = 0; k < value.length; k++) value[k] = field.inverse(a.value()[k]);
    long[] tangent = null;
    if (a.tangent() != null) {
      tangent = new long[value.length];
      for (int k = 0; k < value.length; k++) {
        long square = field.times(value[k], value[k]);
        tangent[k] = field.negate(field.times(a.tangent(k), square));
      }
    }
    return new Dual(a.shape(), value, tangent, a.bound().reciprocal(a.count()));
  }

  /** A whole power. */
  Dual power(Dual a, int exponent) {
    Dual base = exponent < 0 ? reciprocal(a) : a;
    int e = Math.abs(exponent);
    if (e == 1) return base;
    long[] value = new long[a.count()];
    long[] tangent = base.tangent() == null ? null : new long[value.length];
    for (int k = 0; k < value.length; k++) {
      long below = field.power(base.value()[k], e - 1);
      value[k] = field.times(below, base.value()[k]);
      if (tangent != null) {
        tangent[k] = field.times(field.times(field.of(e), below), base.tangent(k));
      }
    }
    return new Dual(a.shape(), value, tangent, base.bound().power(e));
  }

  /**
   * A function of each entry.
   *
   * @param value its values, which do not move yet
   * @param slope its slopes, of which only the values count; null if the argument does not move
   */
  Dual chain(Dual value, @Nullable Dual slope, Dual argument) {
    if (slope == null || argument.tangent() == null) return value;
    long[] tangent = new long[value.count()];
    for (int k = 0; k < tangent.length; k++) {
      tangent[k] = field.times(slope.value()[k], argument.tangent(k));
    }
    Bound bound = Bound.chain(value.bound(), slope.bound(), argument.bound());
    return new Dual(value.shape(), value.value(), tangent, bound);
  }

  /** The same values, at rest. */
  static Dual still(Dual a) {
    return new Dual(a.shape(), a.value(), null, a.bound());
  }
}
