package nabla.bench.compare;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops in vectors over numbers off the heap; positions and lengths are in numbers. A loop over a
 * whole {@link Array} may run over the end of it into the padding, one over a row may not.
 */
final class Kernels {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int TILE = 16;

  private Kernels() {}

  static DoubleVector load(MemorySegment a, long index) {
    return DoubleVector.fromMemorySegment(SPECIES, a, 8 * index, ORDER);
  }

  static void store(DoubleVector vector, MemorySegment a, long index) {
    vector.intoMemorySegment(a, 8 * index, ORDER);
  }

  static void store(DoubleVector vector, MemorySegment a, long index, VectorMask<Double> lanes) {
    vector.intoMemorySegment(a, 8 * index, ORDER, lanes);
  }

  /** The lanes from {@code index} on that are still before {@code end}. */
  static VectorMask<Double> tail(int index, int end) {
    return SPECIES.indexInRange(index, end);
  }

  static double sum(DoubleVector vector) {
    return vector.reduceLanes(VectorOperators.ADD);
  }

  static double dot(MemorySegment x, long atX, MemorySegment y, long atY, int n) {
    DoubleVector even = DoubleVector.zero(SPECIES);
    DoubleVector odd = even;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      even = load(x, atX + i).fma(load(y, atY + i), even);
      odd = load(x, atX + i + LANES).fma(load(y, atY + i + LANES), odd);
    }
    for (; i <= n - LANES; i += LANES) even = load(x, atX + i).fma(load(y, atY + i), even);
    if (i < n) {
      DoubleVector last = load(x, atX + i).mul(load(y, atY + i));
      odd = odd.add(last, tail(i, n));
    }
    return sum(even.add(odd));
  }

  static double max(MemorySegment x, long at, int n) {
    DoubleVector max = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) max = max.max(load(x, at + i));
    if (i < n) max = max.blend(max.max(load(x, at + i)), tail(i, n));
    return max.reduceLanes(VectorOperators.MAX);
  }

  /** to = exp(x - shift), and the sum of that. */
  static double expSum(MemorySegment x, double shift, MemorySegment to, long at, int n) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector e = load(x, at + i).sub(shift).lanewise(VectorOperators.EXP);
      store(e, to, at + i);
      sum = sum.add(e);
    }
    if (i < n) {
      VectorMask<Double> lanes = tail(i, n);
      DoubleVector e = load(x, at + i).sub(shift).lanewise(VectorOperators.EXP);
      store(e, to, at + i, lanes);
      sum = sum.add(e, lanes);
    }
    return sum(sum);
  }

  /** to = scale * x, for a row. */
  static void scale(double scale, MemorySegment x, long atX, MemorySegment to, long atTo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) store(load(x, atX + i).mul(scale), to, atTo + i);
    if (i < n) store(load(x, atX + i).mul(scale), to, atTo + i, tail(i, n));
  }

  /** to = scale * x + y, for a row. */
  static void scaleAdd(
      double scale,
      MemorySegment x,
      long atX,
      MemorySegment y,
      long atY,
      MemorySegment to,
      long atTo,
      int n) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, scale);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      store(load(x, atX + i).fma(factor, load(y, atY + i)), to, atTo + i);
    }
    if (i < n) {
      store(load(x, atX + i).fma(factor, load(y, atY + i)), to, atTo + i, tail(i, n));
    }
  }

  /** to = scaleX * x + scaleY * y, for a row. */
  static void combine(
      double scaleX,
      MemorySegment x,
      long atX,
      double scaleY,
      MemorySegment y,
      long atY,
      MemorySegment to,
      long atTo,
      int n) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, scaleX);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      store(load(x, atX + i).fma(factor, load(y, atY + i).mul(scaleY)), to, atTo + i);
    }
    if (i < n) {
      DoubleVector last = load(x, atX + i).fma(factor, load(y, atY + i).mul(scaleY));
      store(last, to, atTo + i, tail(i, n));
    }
  }

  /** Writes the upper triangle of a square matrix below. */
  static void mirror(Array matrix, int n) {
    MemorySegment a = matrix.values();
    for (int top = 0; top < n; top += TILE) {
      int bottom = Math.min(n, top + TILE);
      for (int left = 0; left <= top; left += TILE) {
        for (int i = top; i < bottom; i++) {
          int right = Math.min(i, left + TILE);
          for (int j = left; j < right; j++) {
            double above = a.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) j * n + i);
            a.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * n + j, above);
          }
        }
      }
    }
  }

  /** to = a', a with the given rows and columns. */
  static void transpose(MemorySegment a, int rows, int columns, MemorySegment to) {
    for (int top = 0; top < rows; top += TILE) {
      int bottom = Math.min(rows, top + TILE);
      for (int left = 0; left < columns; left += TILE) {
        int right = Math.min(columns, left + TILE);
        for (int j = left; j < right; j++) {
          for (int i = top; i < bottom; i++) {
            double entry = a.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * columns + j);
            to.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) j * rows + i, entry);
          }
        }
      }
    }
  }
}
