package nabla.optimize;

/**
 * What the eigenvalues of the Hessian say of a point.
 *
 * @param kind in one word
 * @param smallest the smallest eigenvalue, 0 if rounding alone makes it another number; NaN if it
 *     is not known, or if limits hold all entries
 * @param largest the largest eigenvalue, likewise
 */
public record Curvature(Kind kind, double smallest, double largest) {
  /** What a point with a gradient of zero is. */
  public enum Kind {
    /** All eigenvalues are positive; or some are zero, and the function rises all around. */
    STRICT_MINIMUM,
    /** Some are zero, or so small that no lower point is found: a minimum as far as they tell. */
    FLAT,
    /** Some are negative, some positive; or some are zero, and it rises and falls around. */
    SADDLE,
    /** None is positive, and some are negative. */
    MAXIMUM,
    /** There are no second derivatives, or too many variables. */
    UNKNOWN
  }

  static final Curvature UNKNOWN = new Curvature(Kind.UNKNOWN, Double.NaN, Double.NaN);

  /** Where limits hold all entries: every way leads up. */
  static final Curvature VERTEX = new Curvature(Kind.STRICT_MINIMUM, Double.NaN, Double.NaN);

  /** What is less than so much of the largest eigenvalue may come of rounding. */
  static final double ROUNDING = 1e-10;

  static Curvature of(double smallest, double largest) {
    if (Double.isNaN(smallest) || Double.isNaN(largest)) return UNKNOWN;
    double zero = ROUNDING * Math.max(Math.abs(smallest), Math.abs(largest));
    Kind kind;
    if (smallest > zero) kind = Kind.STRICT_MINIMUM;
    else if (smallest >= -zero) kind = Kind.FLAT;
    else kind = largest > zero ? Kind.SADDLE : Kind.MAXIMUM;
    return new Curvature(kind, cleared(smallest, zero), cleared(largest, zero));
  }

  /** The same where nothing that is bent downwards leads to a lower point. */
  Curvature flat() {
    return new Curvature(Kind.FLAT, smallest, largest);
  }

  /** The same kind where the eigenvalues are not known. */
  Curvature withoutEigenvalues() {
    return new Curvature(kind, Double.NaN, Double.NaN);
  }

  private static double cleared(double value, double zero) {
    return Math.abs(value) <= zero ? 0 : value;
  }

  /** Whether there is a direction in which the function falls. */
  boolean isDownward() {
    return kind == Kind.SADDLE || kind == Kind.MAXIMUM;
  }
}
