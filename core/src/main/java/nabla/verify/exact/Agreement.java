package nabla.verify.exact;

import org.jspecify.annotations.Nullable;

/**
 * That two sides had the same values at a point.
 *
 * @param difference bounds the polynomials that were 0
 * @param denominators bounds those that were not, by which was divided
 */
record Agreement(Height difference, Height denominators) {
  static final Agreement NOTHING = new Agreement(Height.ONE, Height.ONE);

  /** Of N/D and P/Q. */
  static Agreement of(Height n, Height d, Height p, Height q) {
    return new Agreement(n.times(q).plus(p.times(d)), d.times(q));
  }

  @Nullable Agreement unless(boolean differ) {
    return differ ? null : this;
  }

  Agreement and(Agreement other) {
    return new Agreement(difference.plus(other.difference), denominators.times(other.denominators));
  }
}
