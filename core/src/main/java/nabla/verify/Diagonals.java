package nabla.verify;

import java.util.Arrays;

/** Matrices, row by row, that have one number along each diagonal. */
final class Diagonals {
  private Diagonals() {}

  /** Gives every entry the first one of its diagonal. */
  static void copyDown(double[] a, int rows, int columns) {
    for (int i = 1; i < rows; i++) {
      for (int j = 1; j < columns; j++) a[i * columns + j] = a[(i - 1) * columns + j - 1];
    }
  }

  /** Makes the main diagonal larger than the rest of any row or column, with a sign. */
  static void dominate(double[] a, int n, int sign) {
    double rest = 1;
    for (int k = 1; k < n; k++) rest += Math.abs(a[k]) + Math.abs(a[k * n]);
    for (int i = 0; i < n; i++) a[i * n + i] = sign * rest;
  }

  /** The sum of each diagonal, or its mean, at each of its entries. */
  static double[] spread(double[] a, int rows, int columns, boolean mean) {
    double[] sums = new double[rows + columns - 1];
    int[] lengths = new int[sums.length];
    double[] spread = new double[a.length];
    for (int k = 0; k < a.length; k++) {
      int diagonal = k / columns - k % columns + columns - 1;
      sums[diagonal] += a[k];
      lengths[diagonal]++;
    }
    Arrays.setAll(
        spread,
        k -> {
          int diagonal = k / columns - k % columns + columns - 1;
          return sums[diagonal] / (mean ? lengths[diagonal] : 1);
        });
    return spread;
  }
}
