package nabla.generated;

/**
 * What became of an expression.
 *
 * @param claim which claim does not hold; for {@link Kind#RIGHT} nothing
 */
record Finding(Kind kind, String claim, String details) {
  static final Finding RIGHT = new Finding(Kind.RIGHT, "", "");

  enum Kind {
    RIGHT,
    /** Nothing was found wrong, but no point was good enough for finite differences. */
    NOT_CHECKED,
    /** A well-typed expression was not accepted. */
    REFUSED,
    /** Off by little or not finite: rounding, or wrong if it is so at other points, too. */
    IMPRECISE,
    WRONG
  }

  static Finding wrong(String claim, String details) {
    return new Finding(Kind.WRONG, claim, details);
  }

  /** Whether another expression fails for what seems the same reason. */
  boolean isLike(Finding other) {
    return kind == other.kind && claim.equals(other.claim);
  }
}
