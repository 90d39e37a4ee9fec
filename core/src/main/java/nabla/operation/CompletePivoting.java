package nabla.operation;

import java.util.Arrays;
import nabla.tensor.NumericArray;

/**
 * PAQ = XDY with a unit lower X, a diagonal D and a unit upper Y, by Gaussian elimination with
 * complete pivoting. As X and Y are well conditioned whatever A is, it has the adjugate of A as
 * exactly as A has it, where an inverse would be lost: adj(A) = det(P) det(Q) Q Y⁻¹ adj(D) X⁻¹ P
 * (G. W. Stewart, On the adjugate matrix, Linear Algebra and its Applications 283, 1998).
 */
final class CompletePivoting {
  /** Of numbers up to 2 to this power, nothing that elimination makes is infinite. */
  private static final int LARGE = 900;

  private final int n;

  /** X below the diagonal, D on it, Y above it. */
  private final double[] factors;

  private final int[] rows;
  private final int[] columns;
  private int sign = 1;
  private int rank;

  private CompletePivoting(double[] matrix, int n) {
    this.n = n;
    this.factors = matrix;
    this.rows = identity(n);
    this.columns = identity(n);
    while (rank < n && takePivot()) eliminate(rank++);
  }

  private static int[] identity(int n) {
    int[] identity = new int[n];
    Arrays.setAll(identity, k -> k);
    return identity;
  }

  /** The adjugate of a square matrix without NaN and infinity. */
  static NumericArray adjugate(NumericArray matrix) {
    int n = matrix.size(0);
    int scale = Math.max(0, Math.getExponent(matrix.largest()) - LARGE);
    double[] scaled = matrix.map(entry -> Math.scalb(entry, -scale)).data();
    double[] adjugate = new CompletePivoting(scaled, n).adjugate((long) scale * (n - 1));
    return NumericArray.of(matrix.shape(), adjugate);
  }

  /** Brings the largest entry that is left to the diagonal; false if all are 0. */
  private boolean takePivot() {
    int row = rank;
    int column = rank;
    double largest = 0;
    for (int i = rank; i < n; i++) {
      for (int j = rank; j < n; j++) {
        double size = Math.abs(factors[i * n + j]);
        if (size <= largest) continue;
        largest = size;
        row = i;
        column = j;
      }
    }
    if (row != rank) swapRows(row, rank);
    if (column != rank) swapColumns(column, rank);
    return largest > 0;
  }

  private void swapRows(int i, int k) {
    for (int j = 0; j < n; j++) swap(factors, i * n + j, k * n + j);
    swap(rows, i, k);
    sign = -sign;
  }

  private void swapColumns(int j, int k) {
    for (int i = 0; i < n; i++) swap(factors, i * n + j, i * n + k);
    swap(columns, j, k);
    sign = -sign;
  }

  private static void swap(double[] a, int i, int k) {
    double moved = a[i];
    a[i] = a[k];
    a[k] = moved;
  }

  private static void swap(int[] a, int i, int k) {
    int moved = a[i];
    a[i] = a[k];
    a[k] = moved;
  }

  private void eliminate(int k) {
    double pivot = factors[k * n + k];
    for (int i = k + 1; i < n; i++) {
      double factor = factors[i * n + k] / pivot;
      factors[i * n + k] = factor;
      for (int j = k + 1; j < n; j++) factors[i * n + j] -= factor * factors[k * n + j];
    }
    for (int j = k + 1; j < n; j++) factors[k * n + j] /= pivot;
  }

  /**
   * @param scale the power of 2 that it is multiplied by
   */
  private double[] adjugate(long scale) {
    double[] adjugate = new double[n * n];
    if (rank < n - 1) return adjugate;
    double[] lower = inverse((i, j) -> factors[i * n + j]);
    double[] upper = inverse((i, j) -> factors[j * n + i]);
    double[] others = new double[n];
    int exponent = Math.clamp(multiplyOthers(others) + scale, -10_000, 10_000);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = Math.max(i, j); k < n; k++) {
          sum += upper[k * n + i] * others[k] * lower[k * n + j];
        }
        adjugate[columns[i] * n + rows[j]] = sign * Math.scalb(sum, exponent);
      }
    }
    return adjugate;
  }

  /** An entry of a matrix. */
  private interface Entry {
    double at(int row, int column);
  }

  /** The inverse of a unit lower matrix that has these entries below the diagonal. */
  private double[] inverse(Entry below) {
    double[] inverse = new double[n * n];
    for (int i = 0; i < n; i++) {
      inverse[i * n + i] = 1;
      for (int k = 0; k < i; k++) {
        double entry = k < rank ? below.at(i, k) : 0;
        for (int j = 0; j <= k; j++) inverse[i * n + j] -= entry * inverse[k * n + j];
      }
    }
    return inverse;
  }

  /**
   * For each pivot the product of all others, divided by a power of 2 that is common to all:
   * neither overflows.
   *
   * @return the exponent of that power
   */
  private long multiplyOthers(double[] products) {
    double product = 1;
    long exponent = 0;
    for (int k = 0; k < rank; k++) {
      double pivot = factors[k * n + k];
      product *= mantissa(pivot);
      exponent += Math.getExponent(pivot) + Math.getExponent(product);
      product = mantissa(product);
    }
    if (rank < n) {
      products[n - 1] = product;
      return exponent;
    }
    // the last pivot is about the smallest, and leaves about the largest product
    int last = Math.getExponent(factors[n * n - 1]);
    for (int k = 0; k < n; k++) {
      double pivot = factors[k * n + k];
      products[k] = Math.scalb(product / mantissa(pivot), last - Math.getExponent(pivot));
    }
    return exponent - last;
  }

  /** Between 1 and 2, or -2 and -1; of a number that is not subnormal. */
  private static double mantissa(double x) {
    return Math.scalb(x, -Math.getExponent(x));
  }
}
