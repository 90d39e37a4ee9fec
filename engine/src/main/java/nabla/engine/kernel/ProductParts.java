package nabla.engine.kernel;

/**
 * The parts in which a product is made. For products of few multiplications OpenBLAS has kernels
 * that copy nothing before they begin, and they are faster than those for large ones, even many
 * after another: twice as fast where the result has few columns or few rows, and one and a half
 * times where it is small and the inner axis long. That is so unless both factors are read along
 * rows, where each number is the product of two rows and only narrow results gain. Where there are
 * no such kernels, as for AVX2, narrow products gain a tenth or nothing.
 *
 * @param along what is divided
 * @param size how much of it a part has
 */
record ProductParts(Along along, int size) {
  enum Along {
    /** There is only one part. */
    WHOLE,
    ROWS,
    COLUMNS,
    /** The inner axis: what the parts are is added up. */
    TERMS
  }

  static final ProductParts WHOLE = new ProductParts(Along.WHOLE, 1);

  /** Multiplications that the kernels without copies do. */
  static final long FEW = 1_000_000;

  private static final int NARROW = 32;

  /** Rows or columns that they like. */
  private static final int LINES = 24;

  private static final int FEW_LINES = 8;

  /** Numbers of a result up to which the inner axis is divided, into at least 40 terms. */
  private static final long SMALL = FEW / 40;

  private static final int VECTOR = 8;

  /**
   * The parts of a product of m x k by k x n.
   *
   * @param dots whether both factors are read along rows
   */
  static ProductParts of(boolean dots, int m, int n, int k) {
    long most = Math.max(m, n);
    long least = Math.min(m, n);
    if ((double) most * least * k <= FEW) return WHOLE;
    Along longest = n > m ? Along.COLUMNS : Along.ROWS;
    long lines = FEW / (least * k);
    if (least <= NARROW && !dots && lines >= LINES) {
      return new ProductParts(longest, (int) (lines / LINES * LINES));
    }
    if (!dots && most * least <= SMALL) {
      return new ProductParts(Along.TERMS, (int) (FEW / (most * least) / VECTOR * VECTOR));
    }
    if (least <= NARROW && lines >= FEW_LINES) return new ProductParts(longest, FEW_LINES);
    return WHOLE;
  }

  /** How much there is of what is divided. */
  int extent(int m, int n, int k) {
    return switch (along) {
      case WHOLE -> 1;
      case ROWS -> m;
      case COLUMNS -> n;
      case TERMS -> k;
    };
  }
}
