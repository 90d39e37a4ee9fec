package nabla.operation;

import nabla.tensor.NumericArray;

/**
 * The thin singular value decomposition of a small matrix by one-sided Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, section 8.6.3), in descending order.
 */
final class SingularValues {
  private static final int MOST_SWEEPS = 60;
  private static final Latest<SingularValues> LATEST = new Latest<>(SingularValues::decompose);

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
    return LATEST.of(x);
  }

  private static SingularValues decompose(NumericArray x) {
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
    if (m >= n) return ofTall(LinearAlgebra.transpose(x).data(), m, n);
    SingularValues s = ofTall(x.data().clone(), n, m);
    return oriented(m, n, s.values, /* left= */ s.right, /* right= */ s.left);
  }

  private static SingularValues undefined(int m, int n) {
    double[] nothing = new double[Math.max(m, n) * Math.min(m, n)];
    java.util.Arrays.fill(nothing, Double.NaN);
    return new SingularValues(
        m, n, java.util.Arrays.copyOf(nothing, Math.min(m, n)), nothing, nothing);
  }

  /**
   * @param u the columns, one after the other, as those of V are: what is rotated lies together
   */
  private static SingularValues ofTall(double[] u, int m, int n) {
    double[] v = new double[n * n];
    for (int i = 0; i < n; i++) v[i * n + i] = 1;
    double[] squares = new double[n];
    for (int sweep = 0; sweep < MOST_SWEEPS && sweep(u, m, v, squares); sweep++) {}
    double[] norms = new double[n];
    for (int j = 0; j < n; j++) norms[j] = norm(u, m, j);
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
      for (int i = 0; i < m; i++) left[i * n + k] = scale * u[from * m + i];
      for (int i = 0; i < n; i++) right[i * n + k] = v[from * n + i];
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

  private static double norm(double[] u, int m, int j) {
    double norm = 0;
    for (int i = 0; i < m; i++) norm = Math.hypot(norm, u[j * m + i]);
    return norm;
  }

  /**
   * Makes every pair of columns orthogonal once; whether any rotation mattered.
   *
   * @param squares of the norms of the columns, which this computes anew
   */
  private static boolean sweep(double[] u, int m, double[] v, double[] squares) {
    int n = squares.length;
    for (int j = 0; j < n; j++) squares[j] = dot(u, m, j, j);
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        double a = squares[p];
        double b = squares[q];
        double c = dot(u, m, p, q);
        if (!(Math.abs(c) > 1e-16 * Math.sqrt(a) * Math.sqrt(b)) || c == 0) continue;
        double zeta = (b - a) / (2 * c);
        double t = zeta == 0 ? 1 : Math.signum(zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.hypot(1, t);
        rotate(u, m, p, q, cosine, cosine * t);
        rotate(v, n, p, q, cosine, cosine * t);
        squares[p] = dot(u, m, p, p);
        squares[q] = dot(u, m, q, q);
        rotated = true;
      }
    }
    return rotated;
  }

  /** Four sums at once, as an addition waits for the one before. */
  private static double dot(double[] u, int m, int p, int q) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < m; i += 4) {
      a += u[p * m + i] * u[q * m + i];
      b += u[p * m + i + 1] * u[q * m + i + 1];
      c += u[p * m + i + 2] * u[q * m + i + 2];
      d += u[p * m + i + 3] * u[q * m + i + 3];
    }
    for (; i < m; i++) a += u[p * m + i] * u[q * m + i];
    return a + b + (c + d);
  }

  private static void rotate(double[] columns, int height, int p, int q, double c, double s) {
    int first = p * height;
    int second = q * height;
    for (int i = 0; i < height; i++) {
      double a = columns[first + i];
      double b = columns[second + i];
      columns[first + i] = c * a - s * b;
      columns[second + i] = s * a + c * b;
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
