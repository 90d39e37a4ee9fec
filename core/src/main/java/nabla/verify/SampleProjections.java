package nabla.verify;

import nabla.tensor.Property;
import nabla.tensor.Variable;

/** Matrices with P*P = P, of rank 0, 1, n - 1 or n unless other properties leave fewer. */
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
            || variable.is(Property.ORTHOGONAL)
            || variable.is(Property.TOEPLITZ);
    boolean triangular = variable.is(Property.LOWER) || variable.is(Property.UPPER);
    boolean diagonal = SampleMatrices.isDiagonal(variable) || triangular;
    boolean symmetric = SampleMatrices.isSymmetric(variable);
    boolean whole = variable.is(Property.INTEGER);
    if (variable.is(Property.SKEW)) return;
    if (regular || diagonal || (symmetric && whole)) {
      for (int i = 0; i < n; i++) p[i * n + i] = regular || entries.uniform(-1, 1) > 0 ? 1 : 0;
      return;
    }
    boolean positive = variable.is(Property.POSITIVE) || variable.is(Property.NONNEGATIVE);
    double rank = positive ? 0 : entries.uniform(-1, 1);
    if (Math.abs(rank) > 1 - EXTREMES) {
      for (int i = 0; i < n; i++) p[i * n + i] = rank > 0 ? 1 : 0;
      return;
    }
    if (whole) oblique(p, n, entries);
    else outer(p, n, symmetric, positive, entries);
    if (!whole && !positive && n > 1 && entries.uniform(-1, 1) > 0) complement(p, n);
  }

  /** A column u with u_1 = 1 and zeros: of whole numbers if u is. */
  private static void oblique(double[] p, int n, SampleEntries entries) {
    for (int i = 0; i < n; i++) p[i * n] = i == 0 ? 1 : entries.next();
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
