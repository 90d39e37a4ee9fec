package nabla.engine.kernel;

/** Matrix products in Java. */
final class JavaProduct {
  /** A block of the right factor takes 512 KiB, which the second-level cache holds. */
  private static final int BLOCK = 256;

  /** How many rows of the left factor are copied at a time. */
  private static final int STRIP = 32;

  /** Up to so many multiplications, copying to arrays costs more than it gains. */
  private static final int TINY = 512;

  private JavaProduct() {}

  /** {@code c = alpha*a*b + beta*c}. */
  static void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    int inner = a.columns();
    if (alpha == 0 || inner == 0) {
      c.scale(beta);
    } else if (c.columns() == 1) {
      JavaVectors.gemv(alpha, a, b, beta, c);
    } else if (c.rows() == 1) {
      JavaVectors.gemv(alpha, b.transpose(), a.transpose(), beta, c.transpose());
    } else if ((long) c.rows() * c.columns() * inner <= TINY) {
      multiplyTiny(alpha, a, b, beta, c);
    } else if (c.isByColumns()) {
      multiplyBlocked(alpha, b.transpose(), a.transpose(), beta, c.transpose());
    } else {
      multiplyBlocked(alpha, a, b, beta, c);
    }
  }

  private static void multiplyTiny(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        double sum = 0;
        for (int p = 0; p < a.columns(); p++) {
          sum += a.get(i, p) * b.get(p, j);
        }
        c.set(i, j, beta == 0 ? alpha * sum : alpha * sum + beta * c.get(i, j));
      }
    }
  }

  private static void multiplyBlocked(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    int width = Math.min(BLOCK, c.columns());
    int depth = Math.min(BLOCK, a.columns());
    int height = Math.min(STRIP, c.rows());
    double[][] right = new double[depth][width];
    double[][] left = new double[height][depth];
    double[][] sums = new double[height][width];
    for (int j = 0; j < c.columns(); j += BLOCK) {
      int columns = Math.min(BLOCK, c.columns() - j);
      for (int p = 0; p < a.columns(); p += BLOCK) {
        int terms = Math.min(BLOCK, a.columns() - p);
        b.block(p, j, terms, columns).load(right);
        for (int i = 0; i < c.rows(); i += STRIP) {
          int rows = Math.min(STRIP, c.rows() - i);
          a.block(i, p, rows, terms).load(left);
          Matrix target = c.block(i, j, rows, columns);
          addProduct(alpha, left, right, p == 0 ? beta : 1, sums, target, terms);
        }
      }
    }
  }

  private static void addProduct(
      double alpha,
      double[][] left,
      double[][] right,
      double beta,
      double[][] sums,
      Matrix target,
      int terms) {
    target.scale(beta);
    target.load(sums);
    for (int i = 0; i < target.rows(); i++) {
      double[] factors = left[i];
      RowKernels.scale(factors, terms, alpha);
      RowKernels.addMultiples(sums[i], 0, target.columns(), factors, right, 0, terms);
    }
    target.store(sums);
  }
}
