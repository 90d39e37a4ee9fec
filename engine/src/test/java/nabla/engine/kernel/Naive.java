package nabla.engine.kernel;

import java.util.function.BiPredicate;

/** Matrix algebra by its definitions. */
final class Naive {
  private Naive() {}

  static double[][] times(double[][] a, double[][] b) {
    int columns = b.length == 0 ? 0 : b[0].length;
    return times(a, b, columns);
  }

  static double[][] times(double[][] a, double[][] b, int columns) {
    double[][] product = new double[a.length][columns];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < columns; j++) {
        for (int p = 0; p < b.length; p++) {
          product[i][j] += a[i][p] * b[p][j];
        }
      }
    }
    return product;
  }

  static double[][] transpose(double[][] a, int columns) {
    double[][] transposed = new double[columns][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j][i] = a[i][j];
      }
    }
    return transposed;
  }

  static double[][] op(Operand a, boolean transpose) {
    return transpose ? transpose(a.values(), a.columns()) : a.values();
  }

  /** {@code alpha*a + beta*b}; b does not count where beta is 0. */
  static double[][] combine(double alpha, double[][] a, double beta, double[][] b) {
    double[][] sum = new double[b.length][];
    for (int i = 0; i < b.length; i++) {
      sum[i] = new double[b[i].length];
      for (int j = 0; j < b[i].length; j++) {
        sum[i][j] = (alpha == 0 ? 0 : alpha * a[i][j]) + (beta == 0 ? 0 : beta * b[i][j]);
      }
    }
    return sum;
  }

  static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** The numbers at the places that are kept, else 0. */
  static double[][] keep(double[][] a, BiPredicate<Integer, Integer> kept) {
    double[][] result = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        result[i][j] = kept.test(i, j) ? a[i][j] : 0;
      }
    }
    return result;
  }

  static double[][] triangle(double[][] a, Triangle triangle) {
    double[][] result = keep(a, (i, j) -> triangle.isLower() ? i >= j : i <= j);
    for (int i = 0; i < a.length && triangle.isUnit(); i++) {
      result[i][i] = 1;
    }
    return result;
  }
}
