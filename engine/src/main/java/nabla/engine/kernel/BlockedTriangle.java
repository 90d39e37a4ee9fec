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

  /** Stored by rows. */
  private final Matrix t;

  private final Triangle triangle;

  /** Whether equations are with the transpose of t. */
  private final boolean transposed;

  private final MemorySegment scratch;

  /** The inverses of the blocks. */
  private final List<Matrix> inverses = new ArrayList<>();

  /** The blocks that are substituted, the first one at the bit 0. */
  private final BitSet substituted = new BitSet();

  private BlockedTriangle(Triangle triangle, Matrix t, int sides) {
    this.transposed = t.isByColumns();
    this.t = t.transposeIf(transposed);
    this.triangle = transposed ? triangle.transpose() : triangle;
    long numbers = inverseNumbers() + (long) t.rows() * Math.min(STRIP, sides);
    this.scratch = Scratch.ofThread(numbers * t.precision().bytes());
    for (int k = 0; k < t.rows(); k += BLOCK) {
      int size = Math.min(BLOCK, t.rows() - k);
      invert(k, this.t.block(k, k, size, size));
    }
  }

  /**
   * The matrix, until another one is made in this thread; or null if equations are better solved by
   * substitution.
   *
   * @param t in native memory
   * @param b the right sides
   * @param times how often equations are solved for them
   */
  static @Nullable BlockedTriangle of(Triangle triangle, Matrix t, Matrix b, int times) {
    if (!isWorthwhile(t, b, times)) {
      return null;
    }
    BlockedTriangle blocked = new BlockedTriangle(triangle, t, b.columns());
    return blocked.substituted.cardinality() * 4 * BLOCK > t.rows() ? null : blocked;
  }

  static boolean isWorthwhile(Matrix t, Matrix b, int times) {
    long unknowns = times * b.count() * (b.isByColumns() ? SLOWER : 1);
    return t.rows() > BLOCK && b.columns() >= FEW && unknowns >= FEW_UNKNOWNS;
  }

  /** A multiple of the block, so that each inverse begins at a cache line. */
  private long inverseNumbers() {
    return (t.rows() + BLOCK - 1L) / BLOCK * BLOCK * BLOCK;
  }

  private void invert(int k, Matrix block) {
    int size = block.rows();
    long offset = (long) k * BLOCK * t.precision().bytes();
    Matrix inverse = Matrix.of(t.precision(), scratch, offset, size, size, BLOCK);
    inverse.setIdentity();
    NativeTriangles.substitute(triangle, block, inverse);
    if (!(growth(block, inverse) <= LARGEST_GROWTH)) {
      substituted.set(k / BLOCK);
    }
    inverses.add(inverse);
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
   * {@code b = inv(t)*b}.
   *
   * @param twice whether the same with t' follows
   */
  void solve(Matrix b, boolean twice) {
    for (int first = 0; first < b.columns(); first += STRIP) {
      int count = Math.min(STRIP, b.columns() - first);
      Matrix strip = b.block(0, first, b.rows(), count);
      Matrix solution = apart(strip);
      new Equations(transposed, strip, solution).solve(0, b.rows());
      if (twice) {
        new Equations(!transposed, solution, strip).solve(0, b.rows());
      } else {
        strip.copyFrom(solution);
      }
    }
  }

  /** Memory for a matrix of the same shape that is stored in the same way. */
  private Matrix apart(Matrix b) {
    long offset = inverseNumbers() * t.precision().bytes();
    int length = b.lineLength();
    return Matrix.of(t.precision(), scratch, offset, b.lines(), length, length)
        .transposeIf(b.isByColumns());
  }

  /** Equations with this matrix or its transpose. */
  private final class Equations {
    private final boolean transpose;
    private final Matrix matrix;
    private final Triangle half;
    private final Matrix b;
    private final Matrix x;

    /**
     * @param b the right sides, which are lost
     * @param x where the solutions go
     */
    Equations(boolean transpose, Matrix b, Matrix x) {
      this.transpose = transpose;
      this.matrix = t.transposeIf(transpose);
      this.half = transpose ? triangle.transpose() : triangle;
      this.b = b;
      this.x = x;
    }

    /** The unknowns from k on. */
    void solve(int k, int size) {
      if (size <= BLOCK) {
        solveBlock(k, size);
        return;
      }
      int split = (size / 2 + BLOCK - 1) / BLOCK * BLOCK;
      int known = half.isLower() ? k : k + split;
      int open = half.isLower() ? k + split : k;
      int knownSize = half.isLower() ? split : size - split;
      solve(known, knownSize);
      Matrix part = matrix.block(open, known, size - knownSize, knownSize);
      NativeProducts.gemm(-1, part, rows(x, known, knownSize), 1, rows(b, open, part.rows()));
      solve(open, size - knownSize);
    }

    private void solveBlock(int k, int size) {
      Matrix right = rows(b, k, size);
      Matrix solution = rows(x, k, size);
      if (substituted.get(k / BLOCK)) {
        solution.copyFrom(right);
        NativeTriangles.substitute(half, matrix.block(k, k, size, size), solution);
      } else {
        Matrix inverse = inverses.get(k / BLOCK).transposeIf(transpose);
        NativeProducts.gemm(1, inverse, right, 0, solution);
      }
    }

    private static Matrix rows(Matrix of, int first, int count) {
      return of.block(first, 0, count, of.columns());
    }
  }
}
