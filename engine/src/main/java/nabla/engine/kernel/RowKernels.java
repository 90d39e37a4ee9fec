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

  static void scale(double[] target, int size, double factor) {
    for (int j = 0; j < size; j++) {
      target[j] *= factor;
    }
  }

  static double dot(double[] x, double[] y, int size) {
    // four sums, since an addition takes four cycles and a single sum would wait for each
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < size; i += 4) {
      sum0 += x[i] * y[i];
      sum1 += x[i + 1] * y[i + 1];
      sum2 += x[i + 2] * y[i + 2];
      sum3 += x[i + 3] * y[i + 3];
    }
    for (; i < size; i++) {
      sum0 += x[i] * y[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** {@code sums[i] += rows[i]*x} for up to four rows. */
  static void addDots(double[] sums, int count, double[][] rows, double[] x, int size) {
    if (count < 4) {
      for (int i = 0; i < count; i++) {
        sums[i] += dot(rows[i], x, size);
      }
      return;
    }
    double[] row0 = rows[0];
    double[] row1 = rows[1];
    double[] row2 = rows[2];
    double[] row3 = rows[3];
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int j = 0; j < size; j++) {
      double factor = x[j];
      sum0 += row0[j] * factor;
      sum1 += row1[j] * factor;
      sum2 += row2[j] * factor;
      sum3 += row3[j] * factor;
    }
    sums[0] += sum0;
    sums[1] += sum1;
    sums[2] += sum2;
    sums[3] += sum3;
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
