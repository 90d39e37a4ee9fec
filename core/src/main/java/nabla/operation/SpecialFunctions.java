package nabla.operation;

/**
 * The error function and the gamma family in double precision, to a few units in the last place.
 *
 * <p>Sources: erfc by the corrected trapezoidal rule (Matta and Reichel, Math. Comp. 25, 1971); erf
 * by Abramowitz and Stegun 7.1.6; gammaln by its Taylor series at 2 (6.1.33) and Stirling's series
 * (6.1.41); digamma by 6.3.18; polygamma of order m as (-1)^(m+1) m! ζ(m+1, x), with the Hurwitz
 * zeta function summed by Euler and Maclaurin.
 */
final class SpecialFunctions {
  private static final double EULER = 0.5772156649015329;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  /** From here on the asymptotic series reach full precision. */
  private static final double ASYMPTOTIC = 10;

  /** The Bernoulli numbers B2, B4, … B20. */
  private static final double[] BERNOULLI = {
    1.0 / 6,
    -1.0 / 30,
    1.0 / 42,
    -1.0 / 30,
    5.0 / 66,
    -691.0 / 2730,
    7.0 / 6,
    -3617.0 / 510,
    43867.0 / 798,
    -174611.0 / 330
  };

  /** ζ(k) - 1 at index k. */
  private static final double[] ZETA_TAIL = new double[31];

  static {
    for (int k = 2; k < ZETA_TAIL.length; k++) ZETA_TAIL[k] = hurwitz(k, 2);
  }

  private SpecialFunctions() {}

  static double erf(double x) {
    if (Double.isNaN(x)) return x;
    double size = Math.abs(x);
    return size < 1.5 ? erfSeries(x) : Math.copySign(1 - erfcTail(size), x);
  }

  /** 1 - erf(x), with full relative precision in the tail. */
  static double erfc(double x) {
    if (Double.isNaN(x)) return x;
    if (x < 0.5) return 1 - erf(x);
    return erfcTail(x);
  }

  /** 2/sqrt(π) exp(-x²) Σ 2^n x^(2n+1) / (2n+1)!!, whose terms have one sign. */
  private static double erfSeries(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * bell(x) * sum;
  }

  /** The trapezoidal rule of step 1/2 for x >= 0.5; its error is below exp(-4π²). */
  private static double erfcTail(double x) {
    if (x > 30) return 0;
    double sum = 1 / (x * x);
    for (int n = 1; n <= 13; n++) {
      double square = 0.25 * n * n;
      sum += 2 * Math.exp(-square) / (square + x * x);
    }
    double pole = x < 2 * Math.PI ? 2 / Math.expm1(4 * Math.PI * x) : 0;
    return x * bell(x) * sum / (2 * Math.PI) - pole;
  }

  /** exp(-x²) without the error of a rounded square. */
  private static double bell(double x) {
    double square = x * x;
    return Math.exp(-square) * (1 - Math.fma(x, x, -square));
  }

  /** The logarithm of the gamma function for x > 0, else NaN. */
  static double gammaln(double x) {
    if (!(x > 0)) return Double.NaN;
    if (x >= ASYMPTOTIC) return stirling(x);
    if (x < 0.5) return gammaln(1 + x) - Math.log(x);
    if (x < 1.5) return gammalnAround2(x - 1) - Math.log1p(x - 1);
    double product = 1;
    while (x >= 2.5) product *= --x;
    return Math.log(product) + gammalnAround2(x - 2);
  }

  /** log Γ(2 + z) = (1-γ)z + Σ (ζ(k)-1) (-z)^k/k for |z| <= 1/2, exact at its zero. */
  private static double gammalnAround2(double z) {
    double sum = (1 - EULER) * z;
    double power = -z;
    for (int k = 2; k < ZETA_TAIL.length; k++) {
      power *= -z;
      sum += ZETA_TAIL[k] * power / k;
    }
    return sum;
  }

  private static double stirling(double x) {
    if (x == Double.POSITIVE_INFINITY) return x;
    double sum = (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI;
    double power = 1 / x;
    for (int k = 1; k <= BERNOULLI.length; k++) {
      sum += BERNOULLI[k - 1] * power / (2.0 * k * (2 * k - 1));
      power /= x * x;
    }
    return sum;
  }

  /**
   * Derivative number {@code order + 1} of gammaln for x > 0, else NaN.
   *
   * @param order 0 is digamma, 1 trigamma
   */
  static double polygamma(int order, double x) {
    if (!(x > 0)) return Double.NaN;
    if (order == 0) return digamma(x);
    double factorial = 1;
    for (int k = 2; k <= order; k++) factorial *= k;
    double magnitude = factorial * hurwitz(order + 1, x);
    return order % 2 == 0 ? -magnitude : magnitude;
  }

  private static double digamma(double x) {
    if (x == Double.POSITIVE_INFINITY) return x;
    double below = 0;
    for (; x < ASYMPTOTIC; x++) below -= 1 / x;
    double sum = Math.log(x) - 0.5 / x;
    double power = 1 / (x * x);
    for (int k = 1; k <= BERNOULLI.length; k++) {
      sum -= BERNOULLI[k - 1] * power / (2 * k);
      power /= x * x;
    }
    return sum + below;
  }

  /** ζ(s, x) = Σ (x + n)^-s over n >= 0, for whole s >= 2 and x > 0. */
  private static double hurwitz(int s, double x) {
    if (x == Double.POSITIVE_INFINITY) return 0;
    double below = 0;
    for (; x < ASYMPTOTIC + s; x++) below += Math.pow(x, -s);
    double power = Math.pow(x, -s);
    double sum = power * x / (s - 1) + power / 2;
    double factor = s / 2.0;
    for (int k = 1; k <= BERNOULLI.length; k++) {
      power /= x;
      sum += BERNOULLI[k - 1] * factor * power;
      factor *= (s + 2 * k - 1.0) * (s + 2 * k) / ((2 * k + 1.0) * (2 * k + 2));
      power /= x;
    }
    return below + sum;
  }
}
