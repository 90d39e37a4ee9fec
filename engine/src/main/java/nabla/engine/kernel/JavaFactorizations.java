package nabla.engine.kernel;

/** Triangular solves and products, Cholesky and LU factorizations in Java, by blocks. */
final class JavaFactorizations {
  /** Rows of a diagonal block. */
  private static final int BLOCK = 64;

  /** Columns of the right sides that are worked on at a time. */
  private static final int STRIP = 256;

  private JavaFactorizations() {}

  /** Solves {@code t*x = b} in place of b, where t is lower or upper triangular. */
  static void solve(Matrix t, boolean lower, boolean unit, Matrix b) {
    int n = t.rows();
    for (int done = 0; done < n; done += BLOCK) {
      int size = Math.min(BLOCK, n - done);
      int at = lower ? done : n - done - size;
      int known = lower ? 0 : at + size;
      Matrix rows = b.block(at, 0, size, b.columns());
      JavaProduct.multiply(
          -1, t.block(at, known, size, done), b.block(known, 0, done, b.columns()), 1, rows);
      double[][] diagonal = new double[size][size];
      t.block(at, at, size, size).load(diagonal);
      for (int j = 0; j < b.columns(); j += STRIP) {
        int columns = Math.min(STRIP, b.columns() - j);
        Matrix strip = rows.block(0, j, size, columns);
        double[][] x = new double[size][columns];
        strip.load(x);
        substitute(diagonal, lower, unit, x);
        strip.store(x);
      }
    }
  }

  private static void substitute(double[][] t, boolean lower, boolean unit, double[][] x) {
    int n = t.length;
    for (int done = 0; done < n; done++) {
      int i = lower ? done : n - 1 - done;
      double pivot = t[i][i];
      negate(t[i]);
      RowKernels.addMultiples(x[i], 0, x[i].length, t[i], x, lower ? 0 : i + 1, lower ? i : n);
      negate(t[i]);
      if (!unit) {
        RowKernels.divide(x[i], 0, x[i].length, pivot);
      }
    }
  }

  private static void negate(double[] row) {
    for (int j = 0; j < row.length; j++) {
      row[j] = -row[j];
    }
  }

  /**
   * Puts the upper triangle u with {@code a = u'*u} in place of that of a.
   *
   * @return whether a is positive definite
   */
  static boolean cholesky(Matrix a) {
    int n = a.rows();
    for (int k = 0; k < n; k += BLOCK) {
      int size = Math.min(BLOCK, n - k);
      Matrix diagonal = a.block(k, k, size, size);
      double[][] u = new double[size][size];
      diagonal.load(u);
      if (!choleskyOfRows(u)) {
        return false;
      }
      diagonal.store(u);
      int rest = n - k - size;
      Matrix right = a.block(k, k + size, size, rest);
      solve(diagonal.transpose(), true, false, right);
      for (int i = 0; i < rest; i += BLOCK) {
        int rows = Math.min(BLOCK, rest - i);
        JavaProduct.multiply(
            -1,
            right.block(0, i, size, rows).transpose(),
            right.block(0, i, size, rest - i),
            1,
            a.block(k + size + i, k + size + i, rows, rest - i));
      }
    }
    return true;
  }

  private static boolean choleskyOfRows(double[][] u) {
    int n = u.length;
    for (int k = 0; k < n; k++) {
      for (int p = 0; p < k; p++) {
        RowKernels.addMultiple(u[k], k, n, -u[p][k], u[p]);
      }
      double pivot = u[k][k];
      if (!(pivot > 0 && pivot <= Double.MAX_VALUE)) {
        return false;
      }
      RowKernels.divide(u[k], k, n, Math.sqrt(pivot));
    }
    return true;
  }

  /**
   * Puts l and u with {@code a*p = l*u} in place of a: l lower triangular, u upper triangular with
   * ones on its diagonal, which is not stored, p the exchange of the columns k and pivots[k], k =
   * 0, 1, … in this order.
   *
   * @return the number, from 1 on, of the first pivot that is 0, or 0
   */
  static int lu(Matrix a, int[] pivots) {
    int n = a.rows();
    int singular = 0;
    for (int k = 0; k < n; k += BLOCK) {
      int size = Math.min(BLOCK, n - k);
      int rest = n - k - size;
      double[][] panel = new double[size][n - k];
      a.block(k, k, size, n - k).load(panel);
      int zero = luOfRows(panel, pivots, k);
      if (singular == 0 && zero != 0) {
        singular = k + zero;
      }
      a.block(k, k, size, n - k).store(panel);
      exchangeColumns(a.block(0, 0, k, n), pivots, k, k + size);
      exchangeColumns(a.block(k + size, 0, rest, n), pivots, k, k + size);
      // row operations of the panel in transposed view: u' is unit lower triangular
      Matrix below = a.block(k + size, k, rest, size);
      solve(a.block(k, k, size, size).transpose(), true, true, below.transpose());
      JavaProduct.multiply(
          -1, below, a.block(k, k + size, size, rest), 1, a.block(k + size, k + size, rest, rest));
    }
    return singular;
  }

  private static int luOfRows(double[][] panel, int[] pivots, int first) {
    int singular = 0;
    int width = panel[0].length;
    for (int k = 0; k < panel.length; k++) {
      double[] row = panel[k];
      int pivot = k;
      for (int j = k + 1; j < width; j++) {
        if (Math.abs(row[j]) > Math.abs(row[pivot])) {
          pivot = j;
        }
      }
      pivots[first + k] = first + pivot;
      if (row[pivot] == 0) {
        singular = singular == 0 ? k + 1 : singular;
        continue;
      }
      for (double[] other : panel) {
        double value = other[k];
        other[k] = other[pivot];
        other[pivot] = value;
      }
      RowKernels.divide(row, k + 1, width, row[k]);
      for (int i = k + 1; i < panel.length; i++) {
        RowKernels.addMultiple(panel[i], k + 1, width, -panel[i][k], row);
      }
    }
    return singular;
  }

  private static void exchangeColumns(Matrix a, int[] pivots, int first, int last) {
    for (int i = 0; i < a.rows(); i++) {
      for (int k = first; k < last; k++) {
        double value = a.get(i, k);
        a.set(i, k, a.get(i, pivots[k]));
        a.set(i, pivots[k], value);
      }
    }
  }
}
