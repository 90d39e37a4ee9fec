package nabla.operation;

import nabla.tensor.NumericArray;

/**
 * The thin singular value decomposition of a small matrix by one-sided Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, section 8.6.3), in descending order.
 */
final class SingularValues {
  private static final int MOST_SWEEPS = 60;

  /** Values below this part of the largest one count as 0. */
  static final double NEGLIGIBLE = 1e-13;

  final int rows;
  final int columns;
  final int count;
  final double[] values;

  /** rows x count, stored by rows; the entry of largest size of each column is positive. */
  final double[] left;

  /** columns x count, stored by rows. */
  final double[] right;

  private SingularValues(int rows, int columns, double[] values, double[] left, double[] right) {
    this.rows = rows;
    this.columns = columns;
    this.count = values.length;
    this.values = values;
    this.left = left;
    this.right = right;
  }

  static SingularValues of(NumericArray x) {
    int m = x.size(0);
    int n = x.size(1);
    if (!x.isFinite()) return undefined(m, n);
    int exponent = exponent(x);
    SingularValues s = ofScaled(x.map(entry -> Math.scalb(entry, -exponent)), m, n);
    for (int k = 0; k < s.count; k++) s.values[k] = Math.scalb(s.values[k], exponent);
    return s;
  }

  /**
   * Of the largest entry; without it the squares that the rotations take would over- or underflow.
   */
  private static int exponent(NumericArray x) {
    double largest = x.largest();
    return Math.getExponent(largest);
  }

  private static SingularValues ofScaled(NumericArray x, int m, int n) {
    if (m >= n) return ofTall(x.data().clone(), m, n);
    double[] turned = new double[m * n];
    for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) turned[j * m + i] = x.get(i, j);
    SingularValues s = ofTall(turned, n, m);
    return oriented(m, n, s.values, /* left= */ s.right, /* right= */ s.left);
  }

  private static SingularValues undefined(int m, int n) {
    double[] nothing = new double[Math.max(m, n) * Math.min(m, n)];
    java.util.Arrays.fill(nothing, Double.NaN);
    return new SingularValues(
        m, n, java.util.Arrays.copyOf(nothing, Math.min(m, n)), nothing, nothing);
  }

  private static SingularValues ofTall(double[] u, int m, int n) {
    double[] v = new double[n * n];
    for (int i = 0; i < n; i++) v[i * n + i] = 1;
    for (int sweep = 0; sweep < MOST_SWEEPS && sweep(u, m, v, n); sweep++) {}
    double[] norms = new double[n];
    for (int j = 0; j < n; j++) norms[j] = norm(u, m, n, j);
    Integer[] order = new Integer[n];
    for (int k = 0; k < n; k++) order[k] = k;
    java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(k -> -norms[k]));
    double[] values = new double[n];
    double[] left = new double[m * n];
    double[] right = new double[n * n];
    for (int k = 0; k < n; k++) {
      int from = order[k];
      values[k] = norms[from];
      double scale = values[k] == 0 ? 0 : 1 / values[k];
      for (int i = 0; i < m; i++) left[i * n + k] = scale * u[i * n + from];
      for (int i = 0; i < n; i++) right[i * n + k] = v[i * n + from];
    }
    return oriented(m, n, values, left, right);
  }

  private static SingularValues oriented(
      int m, int n, double[] values, double[] left, double[] right) {
    int count = values.length;
    for (int k = 0; k < count; k++) {
      if (SymmetricEigen.sign(left, count, k) > 0) continue;
      for (int i = 0; i < m; i++) left[i * count + k] *= -1;
      for (int i = 0; i < n; i++) right[i * count + k] *= -1;
    }
    return new SingularValues(m, n, values, left, right);
  }

  private static double norm(double[] u, int m, int n, int j) {
    double norm = 0;
    for (int i = 0; i < m; i++) norm = Math.hypot(norm, u[i * n + j]);
    return norm;
  }

  /** Makes every pair of columns orthogonal once; whether any rotation mattered. */
  private static boolean sweep(double[] u, int m, double[] v, int n) {
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        double a = 0;
        double b = 0;
        double c = 0;
        for (int i = 0; i < m; i++) {
          a += u[i * n + p] * u[i * n + p];
          b += u[i * n + q] * u[i * n + q];
          c += u[i * n + p] * u[i * n + q];
        }
        if (!(Math.abs(c) > 1e-16 * Math.sqrt(a) * Math.sqrt(b)) || c == 0) continue;
        double zeta = (b - a) / (2 * c);
        double t = zeta == 0 ? 1 : Math.signum(zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.hypot(1, t);
        rotate(u, m, n, p, q, cosine, cosine * t);
        rotate(v, n, n, p, q, cosine, cosine * t);
        rotated = true;
      }
    }
    return rotated;
  }

  private static void rotate(double[] x, int rows, int n, int p, int q, double c, double s) {
    for (int i = 0; i < rows; i++) {
      double a = x[i * n + p];
      double b = x[i * n + q];
      x[i * n + p] = c * a - s * b;
      x[i * n + q] = s * a + c * b;
    }
  }

  NumericArray leftVector(int k) {
    return column(left, rows, k);
  }

  NumericArray rightVector(int k) {
    return column(right, columns, k);
  }

  private NumericArray column(double[] from, int length, int k) {
    NumericArray vector = NumericArray.zeros(length);
    for (int i = 0; i < length; i++) vector.data()[i] = from[i * count + k];
    return vector;
  }

  /** Whether a value is 0 but for rounding. */
  boolean isNegligible(int k) {
    return values[k] <= NEGLIGIBLE * Math.max(rows, columns) * values[0];
  }

  /** U f(S) V', where f sees the values that are not negligible. */
  NumericArray map(java.util.function.DoubleUnaryOperator f) {
    NumericArray mapped = NumericArray.zeros(rows, columns);
    for (int k = 0; k < count; k++) {
      double value = isNegligible(k) ? 0 : f.applyAsDouble(values[k]);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          mapped.data()[i * columns + j] += left[i * count + k] * value * right[j * count + k];
        }
      }
    }
    return mapped;
  }
}
