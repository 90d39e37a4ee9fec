package nabla.engine.kernel;

/**
 * Products with vectors in Java. A vector is a matrix of one column. What is worked on is copied to
 * arrays, piece by piece: see {@link RowKernels}.
 */
final class JavaVectors {
  /** So many numbers are copied at a time, few enough to stay in the first-level cache. */
  private static final int PIECE = 512;

  /** So many rows or columns of a matrix are worked on together. */
  private static final int TOGETHER = 4;

  private JavaVectors() {}

  /** The sum of the products of the entries of two matrices of one shape. */
  static double dot(Matrix x, Matrix y) {
    if (x.columns() == 1) return dotOfColumns(x, y);
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      Matrix row = x.block(i, 0, 1, x.columns());
      sum += dotOfColumns(row.transpose(), y.block(i, 0, 1, x.columns()).transpose());
    }
    return sum;
  }

  private static double dotOfColumns(Matrix x, Matrix y) {
    double[][] left = new double[1][Math.min(PIECE, x.rows())];
    double[][] right = new double[1][left[0].length];
    double sum = 0;
    for (int i = 0; i < x.rows(); i += PIECE) {
      int size = Math.min(PIECE, x.rows() - i);
      x.block(i, 0, size, 1).transpose().load(left);
      y.block(i, 0, size, 1).transpose().load(right);
      sum += RowKernels.dot(left[0], right[0], size);
    }
    return sum;
  }

  /** {@code y = alpha*a*x + beta*y}. */
  static void gemv(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    y.scale(beta);
    if (alpha == 0) {
      return;
    }
    boolean byColumns = a.isByColumns();
    int height = byColumns ? PIECE : TOGETHER;
    int width = byColumns ? TOGETHER : PIECE;
    double[][] piece = new double[TOGETHER][Math.min(PIECE, byColumns ? a.rows() : a.columns())];
    double[][] factors = new double[1][Math.min(width, a.columns())];
    double[][] sums = new double[1][Math.min(height, a.rows())];
    for (int i = 0; i < a.rows(); i += height) {
      int rows = Math.min(height, a.rows() - i);
      Matrix target = y.block(i, 0, rows, 1).transpose();
      target.load(sums);
      for (int j = 0; j < a.columns(); j += width) {
        int columns = Math.min(width, a.columns() - j);
        x.block(j, 0, columns, 1).transpose().load(factors);
        RowKernels.scale(factors[0], columns, alpha);
        Matrix block = a.block(i, j, rows, columns);
        if (byColumns) {
          block.transpose().load(piece);
          RowKernels.addMultiples(sums[0], 0, rows, factors[0], piece, 0, columns);
        } else {
          block.load(piece);
          RowKernels.addDots(sums[0], rows, piece, factors[0], columns);
        }
      }
      target.store(sums);
    }
  }
}
