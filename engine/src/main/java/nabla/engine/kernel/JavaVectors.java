package nabla.engine.kernel;

/** Products with vectors in Java. A vector is a matrix of one column. */
final class JavaVectors {
  private JavaVectors() {}

  static double dot(Matrix x, Matrix y) {
    // four sums, since an addition takes four cycles and one sum would wait for each
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int n = x.rows();
    int i = 0;
    for (; i + 3 < n; i += 4) {
      sum0 += x.get(i, 0) * y.get(i, 0);
      sum1 += x.get(i + 1, 0) * y.get(i + 1, 0);
      sum2 += x.get(i + 2, 0) * y.get(i + 2, 0);
      sum3 += x.get(i + 3, 0) * y.get(i + 3, 0);
    }
    for (; i < n; i++) {
      sum0 += x.get(i, 0) * y.get(i, 0);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  static void axpy(double alpha, Matrix x, Matrix y) {
    if (alpha != 0) {
      for (int i = 0; i < x.rows(); i++) {
        y.set(i, 0, y.get(i, 0) + alpha * x.get(i, 0));
      }
    }
  }

  /** {@code y = alpha*a*x + beta*y}. */
  static void gemv(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    if (alpha == 0 || a.columns() == 0) {
      y.scale(beta);
    } else if (a.isColumnMajor()) {
      y.scale(beta);
      addColumns(alpha, a, x, y);
    } else {
      multiplyRows(alpha, a, x, beta, y);
    }
  }

  private static void multiplyRows(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    int i = 0;
    for (; i + 3 < a.rows(); i += 4) {
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      for (int j = 0; j < a.columns(); j++) {
        double value = x.get(j, 0);
        sum0 += a.get(i, j) * value;
        sum1 += a.get(i + 1, j) * value;
        sum2 += a.get(i + 2, j) * value;
        sum3 += a.get(i + 3, j) * value;
      }
      update(y, i, alpha * sum0, beta);
      update(y, i + 1, alpha * sum1, beta);
      update(y, i + 2, alpha * sum2, beta);
      update(y, i + 3, alpha * sum3, beta);
    }
    for (; i < a.rows(); i++) {
      update(y, i, alpha * dot(a.block(i, 0, 1, a.columns()).transpose(), x), beta);
    }
  }

  private static void update(Matrix y, int i, double value, double beta) {
    y.set(i, 0, beta == 0 ? value : value + beta * y.get(i, 0));
  }

  private static void addColumns(double alpha, Matrix a, Matrix x, Matrix y) {
    int j = 0;
    for (; j + 3 < a.columns(); j += 4) {
      double factor0 = alpha * x.get(j, 0);
      double factor1 = alpha * x.get(j + 1, 0);
      double factor2 = alpha * x.get(j + 2, 0);
      double factor3 = alpha * x.get(j + 3, 0);
      for (int i = 0; i < a.rows(); i++) {
        double sum = factor0 * a.get(i, j) + factor1 * a.get(i, j + 1);
        sum += factor2 * a.get(i, j + 2) + factor3 * a.get(i, j + 3);
        y.set(i, 0, y.get(i, 0) + sum);
      }
    }
    for (; j < a.columns(); j++) {
      axpy(alpha * x.get(j, 0), a.block(0, j, a.rows(), 1), y);
    }
  }
}
