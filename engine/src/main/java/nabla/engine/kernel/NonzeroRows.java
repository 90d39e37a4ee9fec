package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Products of the transpose of a matrix with a vector, {@code Σ x_i a_i} of its rows, that read
 * only those rows whose factor is not 0: behind a relu that is half of them. The matrix has to be
 * finite, as infinity times 0 is not 0. One thread at a time may use it.
 */
public final class NonzeroRows {
  /** Smaller matrices are in the first cache. */
  private static final int FEWEST_NUMBERS = 8192;

  /** Rows of a call that is made for the compiler. */
  private static final int SOME = 16;

  /** Where most of so many factors are not 0, no more are looked at. */
  static final int LOOK = 32;

  private static final int ALIGNMENT = 64;

  /** What sums begin with; the widest vectors have 64 bytes. */
  private static final MemorySegment ZEROS =
      Arena.ofAuto().allocate(64L * RowsKernel.WIDTH, ALIGNMENT);

  private static final CompiledAhead<RowsKernel> DOUBLES = compiled(Precision.DOUBLE);
  private static final CompiledAhead<RowsKernel> FLOATS = compiled(Precision.SINGLE);

  private final CompiledAhead<RowsKernel> code;
  private final int bytes;
  private final int width;
  private final double[][] factors;
  private final int[] rows;

  /** What the last columns were before. */
  private final MemorySegment before;

  /**
   * @param count how many rows there are at most
   */
  NonzeroRows(Precision precision, int count, CompiledAhead<RowsKernel> code) {
    this.code = code;
    this.bytes = precision.bytes();
    this.width = width(precision);
    this.factors = new double[1][count];
    this.rows = new int[count];
    this.before = Arena.ofAuto().allocate(ZEROS.byteSize(), ALIGNMENT);
  }

  /** For a matrix of at most such a size, or null if nothing can be gained. */
  public static @Nullable NonzeroRows of(Precision precision, int rows, int columns) {
    if (!gains(precision, rows, columns)) return null;
    return new NonzeroRows(precision, rows, precision == Precision.DOUBLE ? DOUBLES : FLOATS);
  }

  /** Whether something is gained with a matrix of such a size where half of the factors are 0. */
  public static boolean gains(Precision precision, int rows, int columns) {
    return VectorModule.lanes(precision) > 0
        && VectorModule.multipliesAndAdds()
        && (long) rows * columns >= FEWEST_NUMBERS
        && columns >= width(precision);
  }

  /**
   * {@code y = alpha*a*x + beta*y} with a beta of 0 or 1.
   *
   * @param a the transpose of the matrix
   * @return false if nothing was done, as it would be no gain
   */
  public boolean multiply(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    Operands.checkProduct(a, x, y);
    Operands.checkVector(y);
    boolean unfit = !a.isByColumns() || y.rowStep() != 1 || y.rows() < width;
    // factors are multiplied by -1, but by nothing that could make them infinite
    boolean scaled = Math.abs(alpha) != 1;
    if (unfit || (scaled && beta != 0) || !KernelClass.areOffHeap(a.segment(), y.segment()))
      return false;
    x.transpose().load(factors);
    int look = Math.min(LOOK, x.rows());
    int found = find(0, look, 0);
    if (found > most(look)) return false;
    found = find(look, x.rows(), found);
    if (found > most(x.rows())) return false;
    if (alpha == -1) for (int k = 0; k < x.rows(); k++) factors[0][k] = -factors[0][k];
    RowsKernel kernel = code.get();
    if (kernel == null) runOneByOne(a, found, y, beta != 0);
    else run(kernel, a, found, y, beta != 0);
    if (scaled) y.scale(alpha);
    return true;
  }

  /**
   * The rows whose factors are not 0, from one row to another.
   *
   * @param before how many there are before those
   * @return how many there are with them
   */
  private int find(int from, int to, int before) {
    double[] numbers = factors[0];
    int found = before;
    for (int k = from; k < to; k++) {
      rows[found] = k;
      found += one(numbers[k]);
    }
    return found;
  }

  /** 1, but 0 for 0 and -0. No branch, which would be foreseen wrongly half of the time. */
  private static int one(double factor) {
    long bits = Double.doubleToRawLongBits(factor) << 1;
    return (int) ((bits | -bits) >>> 63);
  }

  /** So many of a number of factors may be other than 0. */
  static int most(int count) {
    return count - count / 4;
  }

  /** The same to the last bit, row by row, as long as the code is not compiled. */
  private void runOneByOne(Matrix a, int found, Matrix y, boolean onto) {
    boolean single = a.precision() == Precision.SINGLE;
    if (!onto) y.fill(0);
    for (int k = 0; k < found; k++) {
      double factor = factors[0][rows[k]];
      for (int j = 0; j < y.rows(); j++) {
        double number = a.get(j, rows[k]);
        double sum = y.get(j, 0);
        double next =
            single
                ? Math.fma((float) number, (float) factor, (float) sum)
                : Math.fma(number, factor, sum);
        y.set(j, 0, next);
      }
    }
  }

  /** The last columns may be among those before, too, and are computed again then. */
  private void run(RowsKernel kernel, Matrix a, int found, Matrix y, boolean onto) {
    int last = y.rows() - width;
    MemorySegment z = onto ? y.segment() : ZEROS;
    long end = y.offset() + (long) last * bytes;
    if (onto) MemorySegment.copy(z, end, before, 0, (long) width * bytes);
    for (int first = 0; first < last; first += width) {
      run(kernel, a, found, z, onto ? y.offset() + (long) first * bytes : 0, y, first);
    }
    run(kernel, a, found, onto ? before : ZEROS, 0, y, last);
  }

  private void run(
      RowsKernel kernel, Matrix a, int found, MemorySegment z, long offset, Matrix y, int first) {
    long at = (long) first * bytes;
    long line = (long) a.leading() * bytes;
    kernel.run(
        a.segment(),
        a.offset() + at,
        line,
        rows,
        found,
        factors[0],
        z,
        offset,
        y.segment(),
        y.offset() + at);
  }

  static CompiledAhead<RowsKernel> compiled(Precision precision) {
    MemorySegment memory = Arena.ofAuto().allocate(ZEROS.byteSize(), ALIGNMENT);
    int[] rows = new int[SOME];
    double[] factors = new double[SOME];
    return new CompiledAhead<>(
        () -> RowsEmitter.kernel(precision),
        kernel -> kernel.run(ZEROS, 0, 0, rows, SOME, factors, ZEROS, 0, memory, 0));
  }

  /** How many columns there are at once. */
  private static int width(Precision precision) {
    return RowsKernel.WIDTH * VectorModule.lanes(precision);
  }
}
