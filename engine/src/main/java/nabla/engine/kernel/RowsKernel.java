package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;

/** A sum of multiples of rows of a matrix, for as many columns as a few vectors hold. */
interface RowsKernel {
  /**
   * How many vectors of a row are added at once. With more the compilers take long, and the first
   * of them gives up now and then ("out of virtual registers").
   */
  int WIDTH = 8;

  /**
   * {@code y = z + Σ factors[i]*a[i]} over some rows i. All operands are off the heap, and y lies
   * apart from a; offsets are in bytes.
   *
   * @param begin where the columns of row 0 begin
   * @param line how far apart two rows are
   * @param rows the numbers of the rows
   * @param count how many rows there are
   * @param factors a factor for each row of a
   * @param before where z begins
   * @param offset where y begins
   * @throws IndexOutOfBoundsException if an operand leaves its memory
   */
  void run(
      MemorySegment a,
      long begin,
      long line,
      int[] rows,
      int count,
      double[] factors,
      MemorySegment z,
      long before,
      MemorySegment y,
      long offset);
}
