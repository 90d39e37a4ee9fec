package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products of matrices, {@code Σ a_k b_k'} of the columns of one and the rows of the other, that
 * leave out what belongs to a row full of zeros: behind a relu that is half of them. The other
 * matrix has to be finite, as infinity times 0 is not 0. One thread at a time may use it.
 */
public final class NonzeroTerms {
  /** Multiplications from which on some copies cost less than half of them. */
  private static final double FEWEST_MULTIPLICATIONS = 500_000;

  private static final int FEWEST_LINES = 16;

  /** Numbers of a row that are looked at before it is asked whether one of them was not 0. */
  private static final int TOGETHER = 16;

  /** Terms that are copied at once, so that they stay in the cache. */
  private static final int TERMS = 128;

  private final Precision precision;
  private final int[] rows;

  /** Where terms are copied to, as long as that is the same memory for factors of the same size. */
  private MemorySegment memory = MemorySegment.NULL;

  private int height;
  private int width;
  private final @Nullable Matrix[] lefts = new Matrix[TERMS + 1];
  private final @Nullable Matrix[] rights = new Matrix[TERMS + 1];

  private NonzeroTerms(Precision precision, int terms) {
    this.precision = precision;
    this.rows = new int[terms];
  }

  /** For products of at most such a size, or null if nothing can be gained. */
  public static @Nullable NonzeroTerms of(Precision precision, int m, int terms, int n) {
    return gains(m, terms, n) ? new NonzeroTerms(precision, terms) : null;
  }

  /** Whether something is gained where half of the terms of a product of m x n are 0. */
  public static boolean gains(int m, int terms, int n) {
    boolean lines = Math.min(Math.min(m, n), terms) >= FEWEST_LINES;
    return lines && (double) m * n * terms >= FEWEST_MULTIPLICATIONS;
  }

  /**
   * {@code c = alpha*a*b + beta*c}, for an a that is stored by columns, and b and c by rows.
   *
   * @return false if nothing was done, as it would be no gain
   */
  public boolean multiply(
      LinearAlgebra algebra, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    Operands.checkProduct(a, b, c);
    if (!a.isByColumns() || b.isByColumns() || !gains(c.rows(), b.rows(), c.columns()))
      return false;
    int look = Math.min(NonzeroRows.LOOK, b.rows());
    int found = find(b, 0, look, 0);
    if (found > NonzeroRows.most(look)) return false;
    found = find(b, look, b.rows(), found);
    if (found > NonzeroRows.most(b.rows())) return false;
    prepare(c.rows(), c.columns());
    if (found == 0) c.scale(beta);
    for (int first = 0; first < found; first += TERMS) {
      int count = Math.min(TERMS, found - first);
      Matrix left = copied(a.transpose(), first, count, lefts, 0, height);
      long behind = (long) TERMS * height * precision.bytes();
      Matrix right = copied(b, first, count, rights, behind, width);
      algebra.gemm(alpha, left.transpose(), right, first == 0 ? beta : 1, c);
    }
    return true;
  }

  /**
   * The rows that are not 0, from one row to another.
   *
   * @param before how many there are before those
   * @return how many there are with them
   */
  private int find(Matrix b, int from, int to, int before) {
    int found = before;
    for (int k = from; k < to; k++) {
      if (!isZero(b.segment(), b.offset() + k * b.down(), b.columns())) rows[found++] = k;
    }
    return found;
  }

  /** Whether all numbers are 0 or -0: some at a time, without a branch between them. */
  private boolean isZero(MemorySegment segment, long at, int count) {
    for (int first = 0; first < count; first += TOGETHER) {
      int end = Math.min(first + TOGETHER, count);
      long bits = 0;
      if (precision == Precision.DOUBLE) {
        for (int k = first; k < end; k++) {
          bits |= segment.get(JAVA_LONG_UNALIGNED, at + 8L * k) << 1;
        }
      } else {
        for (int k = first; k < end; k++) {
          bits |= segment.get(JAVA_INT_UNALIGNED, at + 4L * k) << 1;
        }
      }
      if (bits != 0) return false;
    }
    return true;
  }

  private void prepare(int m, int n) {
    long bytes = (long) TERMS * (m + n) * precision.bytes();
    MemorySegment scratch = Scratch.ofThread(bytes);
    if (scratch.address() == memory.address() && m == height && n == width) return;
    memory = scratch;
    height = m;
    width = n;
    Arrays.fill(lefts, null);
    Arrays.fill(rights, null);
  }

  /** Some of the rows that were found, one after the other. */
  private Matrix copied(
      Matrix from, int first, int count, @Nullable Matrix[] known, long at, int length) {
    Matrix to = known[count];
    if (to == null) {
      to = Matrix.of(precision, memory, at, count, length, length);
      known[count] = to;
    }
    long bytes = (long) length * precision.bytes();
    for (int k = 0; k < count; k++) {
      long source = from.offset() + rows[first + k] * from.down();
      MemorySegment.copy(from.segment(), source, memory, at + k * bytes, bytes);
    }
    return to;
  }
}
