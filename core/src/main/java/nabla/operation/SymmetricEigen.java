package nabla.operation;

import nabla.tensor.NumericArray;

/**
 * Eigenvalues and eigenvectors of the symmetric part of a small matrix by Jacobi rotations (Golub
 * and Van Loan, Matrix Computations, section 8.5), in ascending order.
 */
final class SymmetricEigen {
  private static final int MOST_SWEEPS = 60;
  private static final Latest<SymmetricEigen> LATEST = new Latest<>(SymmetricEigen::decompose);

  final int n;

  /** Ascending; NaN if the matrix is not finite. */
  final double[] values;

  /** Column k, stored by rows, belongs to value k; its entry of largest size is positive. */
  final double[] vectors;

  private SymmetricEigen(int n, double[] values, double[] vectors) {
    this.n = n;
    this.values = values;
    this.vectors = vectors;
  }

  static SymmetricEigen of(NumericArray matrix) {
    return LATEST.of(matrix);
  }

  private static SymmetricEigen decompose(NumericArray matrix) {
    int n = matrix.size(0);
    double[] a = new double[n * n];
    if (!matrix.isFinite()) {
      java.util.Arrays.fill(a, Double.NaN);
      return new SymmetricEigen(n, java.util.Arrays.copyOf(a, n), a);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) a[i * n + j] = matrix.get(i, j) / 2 + matrix.get(j, i) / 2;
    }
    double[] v = new double[n * n];
    for (int i = 0; i < n; i++) v[i * n + i] = 1;
    for (int sweep = 0; sweep < MOST_SWEEPS && sweep(a, v, n); sweep++) {}
    return sorted(a, v, n);
  }

  /** Rotates every pair once; whether any rotation mattered. */
  private static boolean sweep(double[] a, double[] v, int n) {
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        double off = Math.abs(a[p * n + q]);
        double scale = Math.sqrt(Math.abs(a[p * n + p])) * Math.sqrt(Math.abs(a[q * n + q]));
        if (!(off > 1e-17 * scale) || off < Double.MIN_NORMAL) continue;
        rotate(a, v, n, p, q);
        rotated = true;
      }
    }
    return rotated;
  }

  private static void rotate(double[] a, double[] v, int n, int p, int q) {
    double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    double t = Math.signum(theta) / (Math.abs(theta) + Math.hypot(1, theta));
    if (theta == 0) t = 1;
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < n; k++) {
      double x = a[k * n + p];
      double y = a[k * n + q];
      a[k * n + p] = c * x - s * y;
      a[k * n + q] = s * x + c * y;
    }
    for (int k = 0; k < n; k++) {
      double x = a[p * n + k];
      double y = a[q * n + k];
      a[p * n + k] = c * x - s * y;
      a[q * n + k] = s * x + c * y;
    }
    a[p * n + q] = 0;
    a[q * n + p] = 0;
    for (int k = 0; k < n; k++) {
      double x = v[k * n + p];
      double y = v[k * n + q];
      v[k * n + p] = c * x - s * y;
      v[k * n + q] = s * x + c * y;
    }
  }

  private static SymmetricEigen sorted(double[] a, double[] v, int n) {
    Integer[] order = new Integer[n];
    for (int k = 0; k < n; k++) order[k] = k;
    java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(k -> a[k * n + k]));
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int k = 0; k < n; k++) {
      int from = order[k];
      values[k] = a[from * n + from];
      double sign = sign(v, n, from);
      for (int i = 0; i < n; i++) vectors[i * n + k] = sign * v[i * n + from];
    }
    return new SymmetricEigen(n, values, vectors);
  }

  /** 1 or -1, so that the entry of largest size becomes positive. */
  static double sign(double[] columns, int width, int column) {
    double largest = 0;
    for (int k = column; k < columns.length; k += width) {
      if (Math.abs(columns[k]) > Math.abs(largest)) largest = columns[k];
    }
    return largest < 0 ? -1 : 1;
  }

  /** How far the outermost value is from its neighbour. */
  double gap(boolean largest) {
    if (n < 2) return Double.POSITIVE_INFINITY;
    return largest ? values[n - 1] - values[n - 2] : values[1] - values[0];
  }

  NumericArray vector(int k) {
    NumericArray vector = NumericArray.zeros(n);
    for (int i = 0; i < n; i++) vector.data()[i] = vectors[i * n + k];
    return vector;
  }
}
