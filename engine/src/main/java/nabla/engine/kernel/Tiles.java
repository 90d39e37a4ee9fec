package nabla.engine.kernel;

/**
 * The tiles in which a large product is made where {@link OpenBlas.Found#multipliesInPlace} holds:
 * the kernels that copy nothing are faster than those for large matrices, even thousands after
 * another, as long as what they read is in the second cache. And of a symmetric product half of the
 * tiles are enough, while the kernels for those lose time with small ones.
 *
 * @param rows how many rows of the result
 * @param columns how many columns
 */
record Tiles(int rows, int columns) {
  static final Tiles OF_PRODUCT = new Tiles(48, 96);

  /** Flatter ones, as what they have below the diagonal is computed in vain. */
  private static final Tiles OF_TRIANGLE = new Tiles(24, 96);

  /** Flatter still, for matrices that have few. */
  private static final Tiles OF_SMALL_TRIANGLE = new Tiles(16, 96);

  /** Terms that are added up at once. */
  private static final int TERMS = 128;

  /** Rows and columns whose tiles are made one after the other for the same terms. */
  private static final int GROUP = 192;

  /** Terms after which the next group comes, so that its rows are in the last cache still. */
  private static final int SWEEP = 1024;

  /** Terms are divided at multiples of what a vector of 512 bits holds. */
  private static final int VECTOR = 8;

  /** Symmetric matrices of smaller orders are made as soon in full. */
  static final int LEAST_TRIANGLE = 32;

  /** Orders up to which a symmetric matrix is small. */
  private static final int SMALL_TRIANGLE = 128;

  /** Whether a product of so many terms is not made at once by the kernels that copy nothing. */
  static boolean isWorthwhile(Matrix product, int terms) {
    return (double) product.count() * terms > ProductParts.FEW;
  }

  /** Those of the upper triangle of a square matrix. */
  static Tiles ofTriangle(Matrix square) {
    return square.rows() <= SMALL_TRIANGLE ? OF_SMALL_TRIANGLE : OF_TRIANGLE;
  }

  /** {@code c = alpha*a*b + beta*c} for a c that is stored by rows. */
  void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    make(/* upper= */ false, alpha, a, b, beta, c);
  }

  /** The upper triangle of {@code c = alpha*a*a' + beta*c}, and numbers of no use below it. */
  void square(double alpha, Matrix a, double beta, Matrix c) {
    make(/* upper= */ true, alpha, a, a.transpose(), beta, c);
  }

  private void make(boolean upper, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    int terms = a.columns();
    int most = evenly(terms, SWEEP);
    for (int k = 0; k == 0 || k < terms; k += most) {
      int count = Math.min(most, terms - k);
      for (int i = 0; i < c.rows(); i += GROUP) {
        for (int j = upper ? i : 0; j < c.columns(); j += GROUP) {
          makeGroup(upper, i, j, k, k + count, alpha, a, b, k == 0 ? beta : 1, c);
        }
      }
    }
  }

  /** A group that begins at a row and a column, with some of the terms. */
  private void makeGroup(
      boolean upper,
      int row,
      int column,
      int from,
      int to,
      double alpha,
      Matrix a,
      Matrix b,
      double beta,
      Matrix c) {
    int endRow = Math.min(row + GROUP, c.rows());
    int endColumn = Math.min(column + GROUP, c.columns());
    int most = evenly(to - from, TERMS);
    for (int k = from; k == from || k < to; k += most) {
      int count = Math.min(most, to - k);
      for (int i = row; i < endRow; i += rows) {
        int height = Math.min(rows, endRow - i);
        for (int j = upper ? Math.max(i, column) : column; j < endColumn; j += columns) {
          int width = Math.min(columns, endColumn - j);
          double factor = k == from ? beta : 1;
          NativeProducts.gemm(i, j, k, height, width, count, alpha, a, b, factor, c);
        }
      }
    }
  }

  /** How many at once, if all times are to have as many, and at most so many. */
  private static int evenly(int count, int most) {
    int times = Math.max(1, Math.ceilDiv(count, most));
    return Math.max(VECTOR, Math.ceilDiv(Math.ceilDiv(count, times), VECTOR) * VECTOR);
  }
}
