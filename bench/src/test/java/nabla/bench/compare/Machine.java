package nabla.bench.compare;

import jdk.incubator.vector.DoubleVector;

/**
 * How fast one core is at best, measured: how many operations a second in the product of matrices,
 * and how many bytes a second it reads and writes in a working set of some size.
 */
final class Machine {
  private static final int PRODUCT = 384;

  /** A working set in the second level of caches. */
  private static final int NEAR = 17;

  private static final int FIRST = 14;
  private static final int LAST = 28;
  private static final double SECONDS = 0.03;

  private final double flops;
  private final double[] read = new double[LAST + 1];
  private final double[] write = new double[LAST + 1];

  Machine() {
    flops = 2 * Math.pow(PRODUCT, 3) / product();
    long memory = Memory.allocate(1L << LAST);
    for (int exponent = FIRST; exponent <= LAST; exponent++) {
      int count = 1 << (exponent - 3);
      read[exponent] =
          8.0
              * count
              / Timing.fastest(() -> Kernels.dot(memory, memory + 4L * count, count / 2), SECONDS);
      write[exponent] = 8.0 * count / Timing.fastest(() -> fill(memory, count), SECONDS);
    }
    // what is smaller is at least as fast
    for (int exponent = LAST - 1; exponent >= FIRST; exponent--) {
      read[exponent] = Math.max(read[exponent], read[exponent + 1]);
      write[exponent] = Math.max(write[exponent], write[exponent + 1]);
    }
  }

  private static double product() {
    Array a = Array.of(PRODUCT, PRODUCT);
    Array b = Array.of(PRODUCT, PRODUCT);
    return Timing.fastest(
        () ->
            Blas.gemm(
                Blas.PLAIN,
                Blas.PLAIN,
                PRODUCT,
                PRODUCT,
                PRODUCT,
                1,
                a.address(),
                a.address(),
                0,
                b.address()),
        10 * SECONDS);
  }

  private static void fill(long address, int count) {
    DoubleVector zero = DoubleVector.zero(Kernels.SPECIES);
    for (int i = 0; i < count; i += Kernels.LANES) Kernels.store(zero, address + 8L * i);
  }

  /** Operations a second. */
  double flops() {
    return flops;
  }

  /** Bytes a second out of a cache that is near. */
  double near() {
    return read[NEAR];
  }

  /** Bytes a second that are read where so many are in use. */
  double read(double workingSet) {
    return read[exponent(workingSet)];
  }

  /** Bytes a second that are written where so many are in use. */
  double write(double workingSet) {
    return write[exponent(workingSet)];
  }

  private static int exponent(double bytes) {
    return Math.clamp(Math.round(Math.log(bytes) / Math.log(2)), FIRST, LAST);
  }
}
