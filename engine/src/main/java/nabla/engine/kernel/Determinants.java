package nabla.engine.kernel;

/** Determinants of the matrices that {@link LinearAlgebra} has factorized. */
public final class Determinants {
  /** Between it and its inverse, two factors make neither an infinity nor 0. */
  private static final double LARGE = 1e150;

  private Determinants() {}

  /** The logarithm of det(u'*u) for what {@link LinearAlgebra#cholesky} left. */
  public static double logOfCholesky(Matrix u) {
    return 2 * logOfDiagonal(u);
  }

  /**
   * The logarithm of |det(a)| for what {@link LinearAlgebra#lu} left of a: -∞ for a singular one.
   */
  public static double logOfLu(Matrix lu) {
    return logOfDiagonal(lu);
  }

  /** The sign of det(a), 0 for a singular one, for what {@link LinearAlgebra#lu} left of a. */
  public static double signOfLu(Matrix lu, Exchanges exchanges) {
    double sign = exchanges.sign();
    for (int i = 0; i < lu.rows(); i++) {
      sign *= Math.signum(lu.get(i, i));
    }
    return sign;
  }

  /** det(u'*u) for what {@link LinearAlgebra#cholesky} left. */
  public static double ofCholesky(Matrix u) {
    return productOfDiagonal(u, 2);
  }

  /** det(a) for what {@link LinearAlgebra#lu} left of a. */
  public static double ofLu(Matrix lu, Exchanges exchanges) {
    double product = productOfDiagonal(lu, 1);
    return product == 0 ? 0 : product * exchanges.sign();
  }

  /** The exponents are added up apart, so that nothing overflows on the way. */
  private static double productOfDiagonal(Matrix matrix, int power) {
    double product = 1;
    long exponent = 0;
    for (int i = 0; i < matrix.rows() * power; i++) {
      double factor = matrix.get(i / power, i / power);
      int own = Math.getExponent(factor);
      if (own > Double.MAX_EXPONENT || factor == 0) return product * factor;
      product *= Math.scalb(factor, -own);
      exponent += own;
      int carried = Math.getExponent(product);
      product = Math.scalb(product, -carried);
      exponent += carried;
    }
    return Math.scalb(product, Math.clamp(exponent, -10_000, 10_000));
  }

  /** Few logarithms, since one takes as long as many products. */
  private static double logOfDiagonal(Matrix matrix) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < matrix.rows(); i++) {
      double factor = Math.abs(matrix.get(i, i));
      if (isModerate(factor)) {
        product *= factor;
      } else {
        sum += Math.log(factor);
      }
      if (!isModerate(product)) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
  }

  private static boolean isModerate(double value) {
    return value < LARGE && value > 1 / LARGE;
  }
}
