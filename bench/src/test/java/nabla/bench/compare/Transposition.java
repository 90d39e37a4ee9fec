package nabla.bench.compare;

import static nabla.bench.compare.Kernels.LANES;
import static nabla.bench.compare.Kernels.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Matrices by square tiles, so that whole cache lines are read and written. Tiles are turned in
 * registers where a vector has eight lanes, one by one elsewhere and at the edges.
 */
final class Transposition {
  static final int TILE = 8;

  private static final boolean IN_REGISTERS = LANES == TILE;
  private static final VectorShuffle<Double> UP_4 = shift(-4);
  private static final VectorShuffle<Double> UP_2 = shift(-2);
  private static final VectorShuffle<Double> UP_1 = shift(-1);
  private static final VectorShuffle<Double> DOWN_4 = shift(4);
  private static final VectorShuffle<Double> DOWN_2 = shift(2);
  private static final VectorShuffle<Double> DOWN_1 = shift(1);
  private static final VectorMask<Double> HIGH_4 = lanes(4);
  private static final VectorMask<Double> HIGH_2 = lanes(2);
  private static final VectorMask<Double> HIGH_1 = lanes(1);

  private Transposition() {}

  private static VectorShuffle<Double> shift(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> Math.floorMod(lane + by, LANES));
  }

  /** The lanes whose number has this bit. */
  private static VectorMask<Double> lanes(int bit) {
    long bits = 0;
    for (int lane = 0; lane < LANES; lane++) if ((lane & bit) != 0) bits |= 1L << lane;
    return VectorMask.fromLong(SPECIES, bits);
  }

  /** Writes the upper triangle of a square matrix below. */
  static void mirror(Array matrix, int n) {
    long stride = 8L * n;
    for (int top = 0; top < n; top += TILE) {
      int height = Math.min(TILE, n - top);
      for (int left = 0; left < top; left += TILE) {
        long above = matrix.at((long) left * n + top);
        tile(above, stride, TILE, height, matrix.at((long) top * n + left), stride);
      }
      for (int i = top; i < top + height; i++) {
        for (int j = top; j < i; j++) matrix.set((long) i * n + j, matrix.get((long) j * n + i));
      }
    }
  }

  /** to = a', a with the given rows and columns. */
  static void transpose(Array a, int rows, int columns, Array to) {
    for (int top = 0; top < rows; top += TILE) {
      int height = Math.min(TILE, rows - top);
      for (int left = 0; left < columns; left += TILE) {
        int width = Math.min(TILE, columns - left);
        long from = a.at((long) top * columns + left);
        tile(from, 8L * columns, height, width, to.at((long) left * rows + top), 8L * rows);
      }
    }
  }

  /**
   * Turns a tile, or what the edge leaves of it.
   *
   * @param stride the distance of the rows of the tile in bytes
   * @param strideTo the distance of the rows of the result
   */
  static void tile(long from, long stride, int height, int width, long to, long strideTo) {
    if (IN_REGISTERS && height == TILE && width == TILE) {
      tile(from, stride, to, strideTo);
      return;
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < height; j++) {
        Memory.set(to + strideTo * i + 8L * j, Memory.get(from + stride * j + 8L * i));
      }
    }
  }

  /** Quarters change places, then quarters of these, then single numbers. */
  private static void tile(long from, long stride, long to, long strideTo) {
    DoubleVector a = Kernels.load(from);
    DoubleVector b = Kernels.load(from + stride);
    DoubleVector c = Kernels.load(from + 2 * stride);
    DoubleVector d = Kernels.load(from + 3 * stride);
    DoubleVector e = Kernels.load(from + 4 * stride);
    DoubleVector f = Kernels.load(from + 5 * stride);
    DoubleVector g = Kernels.load(from + 6 * stride);
    DoubleVector h = Kernels.load(from + 7 * stride);

    DoubleVector a4 = lower(a, e, UP_4, HIGH_4);
    DoubleVector b4 = lower(b, f, UP_4, HIGH_4);
    DoubleVector c4 = lower(c, g, UP_4, HIGH_4);
    DoubleVector d4 = lower(d, h, UP_4, HIGH_4);
    DoubleVector e4 = upper(a, e, DOWN_4, HIGH_4);
    DoubleVector f4 = upper(b, f, DOWN_4, HIGH_4);
    DoubleVector g4 = upper(c, g, DOWN_4, HIGH_4);
    DoubleVector h4 = upper(d, h, DOWN_4, HIGH_4);

    DoubleVector a2 = lower(a4, c4, UP_2, HIGH_2);
    DoubleVector b2 = lower(b4, d4, UP_2, HIGH_2);
    DoubleVector c2 = upper(a4, c4, DOWN_2, HIGH_2);
    DoubleVector d2 = upper(b4, d4, DOWN_2, HIGH_2);
    DoubleVector e2 = lower(e4, g4, UP_2, HIGH_2);
    DoubleVector f2 = lower(f4, h4, UP_2, HIGH_2);
    DoubleVector g2 = upper(e4, g4, DOWN_2, HIGH_2);
    DoubleVector h2 = upper(f4, h4, DOWN_2, HIGH_2);

    Kernels.store(lower(a2, b2, UP_1, HIGH_1), to);
    Kernels.store(upper(a2, b2, DOWN_1, HIGH_1), to + strideTo);
    Kernels.store(lower(c2, d2, UP_1, HIGH_1), to + 2 * strideTo);
    Kernels.store(upper(c2, d2, DOWN_1, HIGH_1), to + 3 * strideTo);
    Kernels.store(lower(e2, f2, UP_1, HIGH_1), to + 4 * strideTo);
    Kernels.store(upper(e2, f2, DOWN_1, HIGH_1), to + 5 * strideTo);
    Kernels.store(lower(g2, h2, UP_1, HIGH_1), to + 6 * strideTo);
    Kernels.store(upper(g2, h2, DOWN_1, HIGH_1), to + 7 * strideTo);
  }

  /** The low lanes of both rows. */
  private static DoubleVector lower(
      DoubleVector x, DoubleVector y, VectorShuffle<Double> up, VectorMask<Double> high) {
    return x.blend(y.rearrange(up), high);
  }

  /** The high lanes of both rows. */
  private static DoubleVector upper(
      DoubleVector x, DoubleVector y, VectorShuffle<Double> down, VectorMask<Double> high) {
    return x.rearrange(down).blend(y, high);
  }
}
