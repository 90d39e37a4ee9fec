package nabla.operation;

import java.util.Arrays;
import nabla.tensor.NumericArray;

/**
 * Inverse and determinants of small square matrices by LU factorisation with partial pivoting
 * (Golub and Van Loan, Matrix Computations, algorithm 3.4.1); the adjugate without an inverse, so
 * that it is right for singular matrices too. The matrix without entries has determinant 1.
 */
final class LinearAlgebra {
  /**
   * With a worse condition number fewer than three digits of an inverse are right, and a matrix
   * that is singular but for rounding passes for a regular one.
   */
  private static final double WORST_CONDITION = 1e-3 * 0x1p52;

  /** Rows that stay in the first cache, if they are not very long. */
  private static final int BLOCK = 16;

  /** Orders up to which cofactors take no time; of whole numbers they are exact. */
  private static final int COFACTORS = 8;

  private LinearAlgebra() {}

  /** P A = L U: both triangles in one array, the order of the rows and its sign. */
  private static final class Factors {
    final int n;
    final double[] lu;
    final int[] row;
    int sign = 1;

    Factors(double[] matrix, int n) {
      this.n = n;
      lu = matrix.clone();
      row = new int[n];
      for (int i = 0; i < n; i++) row[i] = i;
    }

    void swap(int i, int j) {
      for (int c = 0; c < n; c++) {
        double moved = lu[i * n + c];
        lu[i * n + c] = lu[j * n + c];
        lu[j * n + c] = moved;
      }
      int moved = row[i];
      row[i] = row[j];
      row[j] = moved;
      sign = -sign;
    }

    boolean singular() {
      for (int k = 0; k < n; k++) if (lu[k * n + k] == 0) return true;
      return false;
    }

    double determinant() {
      double product = sign;
      long exponent = 0;
      for (int k = 0; k < n; k++) {
        double pivot = lu[k * n + k];
        if (pivot == 0) return 0;
        product *= Math.scalb(pivot, -Math.getExponent(pivot));
        exponent += Math.getExponent(pivot);
        int carried = Math.getExponent(product);
        product = Math.scalb(product, -carried);
        exponent += carried;
      }
      return Math.scalb(product, Math.clamp(exponent, -10_000, 10_000));
    }
  }

  /** The inverse; all NaN if the matrix is singular to working precision or not finite. */
  static NumericArray inverse(NumericArray matrix) {
    int n = matrix.size(0);
    Factors factors = factor(matrix.data(), n);
    double[] inverse = new double[n * n];
    if (factors.singular()) Arrays.fill(inverse, Double.NaN);
    else for (int column = 0; column < n; column++) solveUnit(factors, column, inverse);
    if (!isAccurate(inverse, matrix.data(), n)) Arrays.fill(inverse, Double.NaN);
    return NumericArray.of(matrix.shape(), inverse);
  }

  static NumericArray product(NumericArray a, NumericArray b) {
    int rows = a.size(0);
    int columns = b.size(1);
    double[] product = product(a.data(), b.data(), rows, a.size(1), columns);
    return NumericArray.of(new int[] {rows, columns}, product);
  }

  /**
   * A product of matrices that are stored by rows; some rows of the right one at a time. Blocks of
   * zeros on the left are passed over.
   */
  static double[] product(double[] a, double[] b, int rows, int inner, int columns) {
    double[] product = new double[rows * columns];
    for (int first = 0; first < inner; first += BLOCK) {
      int end = Math.min(inner, first + BLOCK);
      for (int i = 0; i < rows; i++) {
        int k = first;
        for (; k + 3 < end; k += 4) {
          addMultiples(product, i * columns, a, i * inner + k, b, k * columns, columns);
        }
        for (; k < end; k++) {
          double factor = a[i * inner + k];
          if (factor == 0) continue;
          for (int j = 0; j < columns; j++) product[i * columns + j] += factor * b[k * columns + j];
        }
      }
    }
    return product;
  }

  private static void addMultiples(
      double[] sum, int at, double[] factors, int first, double[] rows, int row, int columns) {
    double a = factors[first];
    double b = factors[first + 1];
    double c = factors[first + 2];
    double d = factors[first + 3];
    if (a == 0 && b == 0 && c == 0 && d == 0) return;
    int second = row + columns;
    int third = second + columns;
    int fourth = third + columns;
    for (int j = 0; j < columns; j++) {
      sum[at + j] +=
          a * rows[row + j] + b * rows[second + j] + c * rows[third + j] + d * rows[fourth + j];
    }
  }

  static NumericArray transpose(NumericArray a) {
    NumericArray transpose = NumericArray.zeros(a.size(1), a.size(0));
    for (int k = 0; k < a.count(); k++) {
      transpose.data()[k % a.size(1) * a.size(0) + k / a.size(1)] = a.data()[k];
    }
    return transpose;
  }

  static boolean isAccurate(double[] inverse, double[] matrix, int n) {
    return conditionNumber(inverse, matrix, n) <= WORST_CONDITION;
  }

  /** NaN if an entry is infinite or NaN; does not overflow on the way. */
  static double determinant(NumericArray matrix) {
    return determinant(matrix.data(), matrix.size(0));
  }

  private static double determinant(double[] matrix, int n) {
    return isFinite(matrix) ? factor(matrix, n).determinant() : Double.NaN;
  }

  private static boolean isFinite(double[] matrix) {
    return Arrays.stream(matrix).allMatch(Double::isFinite);
  }

  /** log(det): -∞ where that is 0, NaN where it is negative; does not overflow. */
  static double logDeterminant(NumericArray matrix) {
    if (!matrix.isFinite()) return Double.NaN;
    Factors factors = factor(matrix.data(), matrix.size(0));
    double sum = 0;
    int sign = factors.sign;
    for (int k = 0; k < factors.n; k++) {
      double pivot = factors.lu[k * factors.n + k];
      if (pivot < 0) sign = -sign;
      if (pivot == 0) return Double.NEGATIVE_INFINITY;
      sum += Math.log(Math.abs(pivot));
    }
    return sign > 0 ? sum : Double.NaN;
  }

  /** The transposed matrix of cofactors, one by one if they are few. */
  static NumericArray adjugate(NumericArray matrix) {
    int n = matrix.size(0);
    if (n > COFACTORS && matrix.isFinite()) return CompletePivoting.adjugate(matrix);
    double[] adjugate = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double[] rest = minor(matrix.data(), n, i, j);
        double minor = n == 2 ? rest[0] : determinant(rest, n - 1);
        adjugate[j * n + i] = (i + j) % 2 == 0 ? minor : -minor;
      }
    }
    return NumericArray.of(matrix.shape(), adjugate);
  }

  private static double[] minor(double[] a, int n, int row, int column) {
    double[] minor = new double[(n - 1) * (n - 1)];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) if (i != row && j != column) minor[k++] = a[i * n + j];
    }
    return minor;
  }

  private static Factors factor(double[] matrix, int n) {
    Factors factors = new Factors(matrix, n);
    for (int k = 0; k < n; k++) {
      int pivot = pivot(factors.lu, n, k);
      if (pivot != k) factors.swap(k, pivot);
      if (factors.lu[k * n + k] != 0) eliminateBelow(factors.lu, n, k);
    }
    return factors;
  }

  private static int pivot(double[] a, int n, int k) {
    int best = k;
    for (int i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    }
    return best;
  }

  private static void eliminateBelow(double[] a, int n, int k) {
    for (int i = k + 1; i < n; i++) {
      double factor = a[i * n + k] / a[k * n + k];
      a[i * n + k] = factor;
      for (int j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
    }
  }

  /** Solves A x = e by substitution and writes x into a column of {@code inverse}. */
  private static void solveUnit(Factors factors, int column, double[] inverse) {
    int n = factors.n;
    double[] lu = factors.lu;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = factors.row[i] == column ? 1 : 0;
      for (int j = 0; j < i; j++) x[i] -= lu[i * n + j] * x[j];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) x[i] -= lu[i * n + j] * x[j];
      x[i] /= lu[i * n + i];
      inverse[i * n + column] = x[i];
    }
  }

  /**
   * The largest row sum of |A⁻¹| |A| (Skeel 1979). Unlike the usual condition number it does not
   * mistake badly scaled rows for singularity: it is 1 for every diagonal matrix.
   */
  private static double conditionNumber(double[] inverse, double[] a, int n) {
    double[] rows = new double[n];
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < n; j++) rows[k] += Math.abs(a[k * n + j]);
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < n; k++) sum += Math.abs(inverse[i * n + k]) * rows[k];
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
