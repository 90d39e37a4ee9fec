package nabla.verify;

import nabla.tensor.Property;
import nabla.tensor.Variable;

/** Matrices with P*P = P, of any rank or of 0, 1, n - 1 and n, unless properties leave fewer. */
final class SampleProjections {
  /** So near to being orthogonal vectors define a projection with very large entries. */
  private static final double LEAST_COSINE = 0.3;

  /** The share of the identity and of 0. */
  private static final double EXTREMES = 0.25;

  private SampleProjections() {}

  static void fill(double[] p, int n, Variable variable, SampleEntries entries) {
    boolean regular =
        variable.is(Property.INVERTIBLE)
            || variable.is(Property.PD)
            || variable.is(Property.ORTHOGONAL);
    boolean positive = variable.is(Property.POSITIVE) || variable.is(Property.NONNEGATIVE);
    boolean diagonal = SampleMatrices.isDiagonal(variable);
    boolean triangular = variable.is(Property.LOWER) || variable.is(Property.UPPER);
    boolean symmetric = SampleMatrices.isSymmetric(variable);
    boolean whole = variable.is(Property.INTEGER);
    if (variable.is(Property.SKEW)) return;
    if (regular) {
      identity(p, n);
    } else if (variable.is(Property.TOEPLITZ)) {
      toeplitz(p, n, diagonal || triangular || whole, symmetric, positive, entries);
    } else if (diagonal || (symmetric && whole)) {
      zerosAndOnes(p, n, entries);
    } else if (triangular) {
      boolean upper = variable.is(Property.UPPER);
      if (!whole && !positive) triangular(p, n, upper, entries);
      else if (entries.uniform(-1, 1) > 0) zerosAndOnes(p, n, entries);
      else oblique(p, n, upper, entries);
    } else {
      full(p, n, symmetric, positive, whole, entries);
    }
  }

  private static void identity(double[] p, int n) {
    for (int i = 0; i < n; i++) p[i * n + i] = 1;
  }

  private static void zerosAndOnes(double[] p, int n, SampleEntries entries) {
    for (int i = 0; i < n; i++) p[i * n + i] = entries.uniform(-1, 1) > 0 ? 1 : 0;
  }

  private static void full(
      double[] p,
      int n,
      boolean symmetric,
      boolean positive,
      boolean whole,
      SampleEntries entries) {
    double rank = positive ? 0 : entries.uniform(-1, 1);
    if (Math.abs(rank) > 1 - EXTREMES) {
      if (rank > 0) identity(p, n);
      return;
    }
    if (whole) oblique(p, n, /* upper= */ false, entries);
    else outer(p, n, symmetric, positive, entries);
    if (!whole && !positive && n > 1 && entries.uniform(-1, 1) > 0) complement(p, n);
  }

  /**
   * @param extreme whether there are only the identity and 0
   */
  private static void toeplitz(
      double[] p,
      int n,
      boolean extreme,
      boolean symmetric,
      boolean positive,
      SampleEntries entries) {
    if (!extreme) {
      waves(p, n, symmetric ? 1 : entries.uniform(0.7, 1.4), positive, entries);
    } else if (positive || entries.uniform(-1, 1) > 0) {
      identity(p, n);
    }
  }

  /** L*D*inv(L), with D of zeros and ones and L of ones on its diagonal; or its transpose. */
  private static void triangular(double[] p, int n, boolean upper, SampleEntries entries) {
    double[] left = new double[n * n];
    boolean[] kept = new boolean[n];
    for (int i = 0; i < n; i++) {
      kept[i] = entries.uniform(-1, 1) > 0;
      for (int j = 0; j < i; j++) left[i * n + j] = entries.uniform(-1, 1);
    }
    for (int j = 0; j < n; j++) {
      double[] column = new double[n]; // of inv(L), then of D*inv(L)
      column[j] = 1;
      for (int i = j + 1; i < n; i++) {
        for (int k = j; k < i; k++) column[i] -= left[i * n + k] * column[k];
      }
      for (int i = j; i < n; i++) {
        double sum = kept[i] ? column[i] : 0;
        for (int k = j; k < i; k++) sum += kept[k] ? left[i * n + k] * column[k] : 0;
        p[upper ? j * n + i : i * n + j] = sum;
      }
    }
  }

  /**
   * One number along each diagonal: waves, each of which may be there or not, all with a whole
   * number of periods or all with half a period more, and which grow from row to row as they fall
   * from column to column. Only the first, a constant, is positive.
   */
  private static void waves(
      double[] p, int n, double growth, boolean positive, SampleEntries entries) {
    double half = !positive && entries.uniform(-1, 1) > 0 ? 0.5 : 0;
    for (double f = half; 2 * f <= n; f++) {
      boolean there = positive ? f == 0 : entries.uniform(-1, 1) > 0;
      if (!there) continue;
      double size = (f == 0 || 2 * f == n ? 1.0 : 2.0) / n;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double wave = Math.cos(2 * Math.PI * f * (i - j) / n);
          p[i * n + j] += size * wave * Math.pow(growth, i - j);
        }
      }
    }
  }

  /** A first column, or row, u with u_1 = 1 and zeros: of whole numbers if u is, or positive. */
  private static void oblique(double[] p, int n, boolean upper, SampleEntries entries) {
    for (int i = 0; i < n; i++) p[upper ? i : i * n] = i == 0 ? 1 : entries.next();
  }

  /** u*v'/(v'*u). */
  private static void outer(
      double[] p, int n, boolean symmetric, boolean positive, SampleEntries entries) {
    double[] u = unit(n, positive, entries);
    double[] v = symmetric ? u : unit(n, positive, entries);
    double dot = dot(u, v);
    if (dot < 0) for (int i = 0; i < n; i++) v[i] = -v[i];
    if (Math.abs(dot) < LEAST_COSINE) for (int i = 0; i < n; i++) v[i] += u[i];
    double scale = dot(u, v);
    for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) p[i * n + j] = u[i] * v[j] / scale;
  }

  private static double[] unit(int n, boolean positive, SampleEntries entries) {
    double[] u = new double[n];
    for (int i = 0; i < n; i++) u[i] = positive ? entries.uniform(0.5, 2) : entries.normal();
    double norm = Math.sqrt(dot(u, u));
    for (int i = 0; i < n; i++) u[i] /= norm;
    return u;
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) sum += u[i] * v[i];
    return sum;
  }

  private static void complement(double[] p, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) p[i * n + j] = (i == j ? 1 : 0) - p[i * n + j];
    }
  }
}
