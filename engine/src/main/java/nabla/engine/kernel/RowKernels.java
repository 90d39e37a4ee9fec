package nabla.engine.kernel;

/**
 * The inner loops of the Java routines: sums of multiples of rows. Each row is an array of its own,
 * since the compiler vectorises such loops over arrays (28 GFLOP/s with AVX-512) and neither those
 * over memory segments nor those over several places of one array (9 to 13).
 */
final class RowKernels {
  private RowKernels() {}

  /** {@code target[from:to] += Σ factors[p]*rows[p][from:to]} over p from first to last. */
  static void addMultiples(
      double[] target, int from, int to, double[] factors, double[][] rows, int first, int last) {
    int p = first;
    for (; p + 3 < last; p += 4) {
      addFour(
          target,
          from,
          to,
          factors[p],
          rows[p],
          factors[p + 1],
          rows[p + 1],
          factors[p + 2],
          rows[p + 2],
          factors[p + 3],
          rows[p + 3]);
    }
    for (; p < last; p++) {
      addMultiple(target, from, to, factors[p], rows[p]);
    }
  }

  /** {@code target[from:to] += factor*row[from:to]}. */
  static void addMultiple(double[] target, int from, int to, double factor, double[] row) {
    for (int j = from; j < to; j++) {
      target[j] += factor * row[j];
    }
  }

  static void divide(double[] target, int from, int to, double divisor) {
    for (int j = from; j < to; j++) {
      target[j] /= divisor;
    }
  }

  private static void addFour(
      double[] target,
      int from,
      int to,
      double factor0,
      double[] row0,
      double factor1,
      double[] row1,
      double factor2,
      double[] row2,
      double factor3,
      double[] row3) {
    for (int j = from; j < to; j++) {
      target[j] += factor0 * row0[j] + factor1 * row1[j] + factor2 * row2[j] + factor3 * row3[j];
    }
  }
}
