package nabla.bench.compare;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops in vectors; numbers are given by their addresses and how many they are. */
final class Kernels {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Kernels() {}

  static DoubleVector load(long address) {
    return DoubleVector.fromMemorySegment(SPECIES, Memory.ALL, address, ORDER);
  }

  static void store(DoubleVector vector, long address) {
    vector.intoMemorySegment(Memory.ALL, address, ORDER);
  }

  static void store(DoubleVector vector, long address, VectorMask<Double> lanes) {
    vector.intoMemorySegment(Memory.ALL, address, ORDER, lanes);
  }

  /** The lanes from {@code index} on that are still before {@code end}. */
  static VectorMask<Double> tail(int index, int end) {
    return SPECIES.indexInRange(index, end);
  }

  static double sum(DoubleVector vector) {
    return vector.reduceLanes(VectorOperators.ADD);
  }

  static double dot(long x, long y, int n) {
    DoubleVector even = DoubleVector.zero(SPECIES);
    DoubleVector odd = even;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      even = load(x + 8L * i).fma(load(y + 8L * i), even);
      odd = load(x + 8L * (i + LANES)).fma(load(y + 8L * (i + LANES)), odd);
    }
    for (; i <= n - LANES; i += LANES) even = load(x + 8L * i).fma(load(y + 8L * i), even);
    if (i < n) odd = odd.add(load(x + 8L * i).mul(load(y + 8L * i)), tail(i, n));
    return sum(even.add(odd));
  }

  static double max(long x, int n) {
    DoubleVector max = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) max = max.max(load(x + 8L * i));
    if (i < n) max = max.blend(max.max(load(x + 8L * i)), tail(i, n));
    return max.reduceLanes(VectorOperators.MAX);
  }

  /** to = exp(x - shift), and the sum of that. */
  static double expSum(long x, double shift, long to, int n) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector e = load(x + 8L * i).sub(shift).lanewise(VectorOperators.EXP);
      store(e, to + 8L * i);
      sum = sum.add(e);
    }
    if (i < n) {
      VectorMask<Double> lanes = tail(i, n);
      DoubleVector e = load(x + 8L * i).sub(shift).lanewise(VectorOperators.EXP);
      store(e, to + 8L * i, lanes);
      sum = sum.add(e, lanes);
    }
    return sum(sum);
  }

  /** to = scale * x. */
  static void scale(double scale, long x, long to, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) store(load(x + 8L * i).mul(scale), to + 8L * i);
    if (i < n) store(load(x + 8L * i).mul(scale), to + 8L * i, tail(i, n));
  }

  /** to = x + y. */
  static void add(long x, long y, long to, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) store(load(x + 8L * i).add(load(y + 8L * i)), to + 8L * i);
    if (i < n) store(load(x + 8L * i).add(load(y + 8L * i)), to + 8L * i, tail(i, n));
  }

  /** to = scale * x + y. */
  static void scaleAdd(double scale, long x, long y, long to, int n) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, scale);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      store(load(x + 8L * i).fma(factor, load(y + 8L * i)), to + 8L * i);
    }
    if (i < n) store(load(x + 8L * i).fma(factor, load(y + 8L * i)), to + 8L * i, tail(i, n));
  }

  /** to = scaleX * x + scaleY * y. */
  static void combine(double scaleX, long x, double scaleY, long y, long to, int n) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, scaleX);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      store(load(x + 8L * i).fma(factor, load(y + 8L * i).mul(scaleY)), to + 8L * i);
    }
    if (i < n) {
      DoubleVector last = load(x + 8L * i).fma(factor, load(y + 8L * i).mul(scaleY));
      store(last, to + 8L * i, tail(i, n));
    }
  }
}
