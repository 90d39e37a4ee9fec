package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A triangular matrix for equations with many right sides: the blocks on its diagonal are inverted,
 * so that all else are products of matrices. With AVX-512 they run at four times the speed of
 * substitution.
 *
 * <p>With the inverse of a block t, the residual may be ‖|t||t⁻¹|‖ times as large as it is with
 * substitution: |t*x - b| ≤ c*u*|t||t⁻¹||t||x| instead of c*u*|t||x| (from the bounds of Higham,
 * Accuracy and Stability of Numerical Algorithms, sections 8.1 and 14.2). A block for which that is
 * not small is left to substitution.
 */
final class BlockedTriangle {
  /** Rows of a block on the diagonal. */
  private static final int BLOCK = 16;

  /** As many right sides are worked on at a time, so that they stay in the cache. */
  private static final int STRIP = 256;

  /** Fewer right sides, or fewer unknowns in all, are not worth the inverses. */
  private static final int FEW = 12;

  private static final int FEW_UNKNOWNS = 2000;

  /** How much longer substitution takes from the right. */
  private static final int SLOWER = 3;

  /** The largest sum of all entries of |t||t⁻¹|, which is 16 for a unit matrix. */
  private static final double LARGEST_GROWTH = 256;

  private final Precision precision;
  private final Triangle triangle;
  private final int order;
  private final long t;
  private final int ldt;
  private final MemorySegment scratch;

  /** The blocks that are substituted, the first one at the bit 0. */
  private final BitSet substituted = new BitSet();

  private BlockedTriangle(Matrix t, Triangle triangle, int sides) {
    this.precision = t.precision();
    this.triangle = triangle;
    this.order = t.rows();
    this.t = t.address();
    this.ldt = t.leading();
    long numbers = inverseNumbers() + (long) order * Math.min(STRIP, sides);
    this.scratch = Scratch.ofThread(numbers * precision.bytes());
  }

  /**
   * The matrix, until another one is made in this thread; or null if equations are better solved by
   * substitution.
   *
   * @param t row by row in native memory
   * @param sides how many right sides there are
   * @param times how often equations are solved for them
   */
  static @Nullable BlockedTriangle of(
      Matrix t, Triangle triangle, Side side, int sides, int times) {
    if (!isWorthwhile(side, t.rows(), sides, times)) {
      return null;
    }
    BlockedTriangle blocked = new BlockedTriangle(t, triangle, sides);
    for (int k = 0; k < t.rows(); k += BLOCK) {
      int size = Math.min(BLOCK, t.rows() - k);
      blocked.invert(k, t.block(k, k, size, size));
    }
    return blocked.substituted.cardinality() * 4 * BLOCK > t.rows() ? null : blocked;
  }

  static boolean isWorthwhile(Side side, int order, int sides, int times) {
    long unknowns = (long) times * order * sides * (side == Side.LEFT ? 1 : SLOWER);
    return order > BLOCK && sides >= FEW && unknowns >= FEW_UNKNOWNS;
  }

  /** A multiple of the block, so that each inverse begins at a cache line. */
  private long inverseNumbers() {
    return (order + BLOCK - 1L) / BLOCK * BLOCK * BLOCK;
  }

  private long inverse(int k) {
    return scratch.address() + (long) k * BLOCK * precision.bytes();
  }

  private void invert(int k, Matrix block) {
    int size = block.rows();
    long offset = inverse(k) - scratch.address();
    Matrix inverse = Matrix.of(precision, scratch, offset, size, size, BLOCK);
    scratch.asSlice(offset, (long) BLOCK * BLOCK * precision.bytes()).fill((byte) 0);
    for (int i = 0; i < size; i++) {
      inverse.set(i, i, 1);
    }
    long from = block.address();
    NativeTriangles.substitute(
        precision, Side.LEFT, triangle, false, size, size, from, ldt, inverse(k), BLOCK);
    if (!(growth(block, inverse) <= LARGEST_GROWTH)) {
      substituted.set(k / BLOCK);
    }
  }

  /** The sum of the entries of |t||t⁻¹|; NaN if there is NaN in them. */
  private double growth(Matrix t, Matrix inverse) {
    int n = t.rows();
    boolean lower = triangle.isLower();
    double growth = 0;
    for (int k = 0; k < n; k++) {
      double column = triangle.isUnit() ? 1 : Math.abs(t.get(k, k));
      for (int i = lower ? k + 1 : 0; i < (lower ? n : k); i++) {
        column += Math.abs(t.get(i, k));
      }
      double row = 0;
      for (int j = lower ? 0 : k; j < (lower ? k + 1 : n); j++) {
        row += Math.abs(inverse.get(k, j));
      }
      growth += column * row;
    }
    return growth;
  }

  /**
   * {@code b = inv(op(t))*b}, or on the right {@code b = b*inv(op(t))}.
   *
   * @param twice whether the same with op(t)' follows
   */
  void solve(Side side, boolean transpose, boolean twice, Matrix b) {
    for (Matrix strip : strips(side, b)) {
      Matrix solution = apart(strip);
      new Equations(side, transpose, strip, solution).solve(0, order);
      if (twice) {
        new Equations(side, !transpose, solution, strip).solve(0, order);
      } else {
        strip.copyFrom(solution);
      }
    }
  }

  private List<Matrix> strips(Side side, Matrix b) {
    List<Matrix> strips = new ArrayList<>();
    boolean left = side == Side.LEFT;
    int sides = left ? b.columns() : b.rows();
    for (int first = 0; first < sides; first += STRIP) {
      int count = Math.min(STRIP, sides - first);
      strips.add(left ? b.block(0, first, order, count) : b.block(first, 0, count, order));
    }
    return strips;
  }

  private Matrix apart(Matrix b) {
    long offset = inverseNumbers() * precision.bytes();
    return Matrix.of(precision, scratch, offset, b.rows(), b.columns(), b.columns());
  }

  /** Equations with this matrix or its transpose. */
  private final class Equations {
    private final Side side;
    private final boolean transpose;
    private final boolean forward;
    private final int sides;
    private final Matrix b;
    private final Matrix x;

    /**
     * @param b the right sides, which are lost
     * @param x where the solutions go
     */
    Equations(Side side, boolean transpose, Matrix b, Matrix x) {
      this.side = side;
      this.transpose = transpose;
      this.forward = (side == Side.LEFT) == (triangle.isLower() != transpose);
      this.sides = side == Side.LEFT ? b.columns() : b.rows();
      this.b = b;
      this.x = x;
    }

    /** The unknowns from k on. */
    void solve(int k, int size) {
      if (size <= BLOCK) {
        solveBlock(k, size);
        return;
      }
      int half = (size / 2 + BLOCK - 1) / BLOCK * BLOCK;
      int known = forward ? k : k + half;
      int open = forward ? k + half : k;
      int knownSize = forward ? half : size - half;
      solve(known, knownSize);
      boolean rowsAreOpen = (side == Side.LEFT) != transpose;
      long part = rowsAreOpen ? entry(open, known) : entry(known, open);
      multiply(-1, part, ldt, x, known, knownSize, 1, b, open, size - knownSize);
      solve(open, size - knownSize);
    }

    private void solveBlock(int k, int size) {
      if (!substituted.get(k / BLOCK)) {
        multiply(1, inverse(k), BLOCK, b, k, size, 0, x, k, size);
        return;
      }
      boolean left = side == Side.LEFT;
      int m = left ? size : sides;
      int n = left ? sides : size;
      Matrix part = left ? x.block(k, 0, m, n) : x.block(0, k, m, n);
      part.copyFrom(left ? b.block(k, 0, m, n) : b.block(0, k, m, n));
      NativeTriangles.substitute(
          precision, side, triangle, transpose, m, n, entry(k, k), ldt, at(x, k), x.leading());
    }

    /**
     * {@code z = alpha*op(a)*y + beta*z}, or on the right {@code z = alpha*y*op(a) + beta*z}, for
     * the unknowns of y from k on and those of z from l on.
     */
    private void multiply(
        double alpha,
        long a,
        int lda,
        Matrix y,
        int k,
        int inner,
        double beta,
        Matrix z,
        int l,
        int size) {
      long from = at(y, k);
      long to = at(z, l);
      int ldy = y.leading();
      int ldz = z.leading();
      if (side == Side.LEFT) {
        NativeProducts.gemm(
            precision, transpose, false, size, sides, inner, alpha, a, lda, from, ldy, beta, to,
            ldz);
      } else {
        NativeProducts.gemm(
            precision, false, transpose, sides, size, inner, alpha, from, ldy, a, lda, beta, to,
            ldz);
      }
    }

    /** Where the unknown k of the first equation is. */
    private long at(Matrix matrix, int k) {
      long step = side == Side.LEFT ? matrix.down() : matrix.across();
      return matrix.address() + k * step;
    }
  }

  private long entry(int row, int column) {
    return t + ((long) row * ldt + column) * precision.bytes();
  }
}
