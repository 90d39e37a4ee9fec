package nabla.engine.kernel;

import static nabla.engine.kernel.LinearAlgebras.SIZES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of matrices and vectors, by whatever does them, against their definitions. */
@ParameterizedClass
@MethodSource("nabla.engine.kernel.LinearAlgebras#withPrecisions")
record ProductsTest(LinearAlgebra algebra, Precision precision) {
  private static final boolean[] EITHER = {false, true};
  private static final double[][] SCALARS = {{1, 0}, {1, 1}, {-0.5, 2}, {0, 0.5}, {0, 0}, {2, 0}};

  private static final int[][] SHAPES = {
    {0, 3, 2},
    {3, 0, 2},
    {3, 2, 0},
    {1, 1, 1},
    {2, 3, 4},
    {7, 16, 5},
    {16, 16, 16},
    {33, 2, 100},
    {100, 33, 7},
    {5, 300, 9},
    {9, 5, 300},
    {65, 70, 66},
    // so large that they may be made in parts
    {700, 9, 200},
    {12, 500, 250},
    {70, 71, 301},
    {9, 150, 5000},
    {7, 3, 60_000},
    // or in tiles
    {193, 97, 130},
    {160, 170, 1030}
  };

  /** Orders and terms of symmetric products that are made in tiles. */
  private static final int[][] LARGE_SQUARES = {{128, 130}, {129, 40}, {200, 1030}, {400, 3}};

  @Test
  void gemm() {
    for (int[] shape : SHAPES) {
      for (boolean transposeA : EITHER) {
        for (boolean transposeB : EITHER) {
          for (double[] scalars : SCALARS) {
            gemm(shape[0], shape[1], shape[2], transposeA, transposeB, scalars[0], scalars[1]);
          }
        }
      }
    }
  }

  private void gemm(
      int m, int n, int k, boolean transposeA, boolean transposeB, double alpha, double beta) {
    var a = transposeA ? random(k, m, 1) : random(m, k, 1);
    var b = transposeB ? random(n, k, 2) : random(k, n, 2);
    var c = beta == 0 ? nan(m, n) : random(m, n, 3);
    var product = Naive.times(Naive.op(a, transposeA), Naive.op(b, transposeB), n);
    var expected = Naive.combine(alpha, product, beta, c.values());
    algebra.gemm(
        alpha,
        a.matrix().transposeIf(transposeA),
        b.matrix().transposeIf(transposeB),
        beta,
        c.matrix());
    c.assertIs(expected);
  }

  @Test
  void gemv() {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (boolean transpose : EITHER) {
          for (double[] scalars : SCALARS) {
            gemv(m, n, transpose, scalars[0], scalars[1]);
          }
        }
      }
    }
  }

  private void gemv(int m, int n, boolean transpose, double alpha, double beta) {
    int length = transpose ? n : m;
    var a = random(m, n, 1);
    var x = random(transpose ? m : n, 1, 2);
    var y = beta == 0 ? nan(length, 1) : random(length, 1, 3);
    var product = Naive.times(Naive.op(a, transpose), x.values(), 1);
    var expected = Naive.combine(alpha, product, beta, y.values());
    algebra.gemv(alpha, a.matrix().transposeIf(transpose), x.matrix(), beta, y.matrix());
    y.assertIs(expected);
  }

  @Test
  void syrk() {
    for (int n : SIZES) {
      for (int k : SIZES) syrk(n, k);
    }
    for (int[] shape : LARGE_SQUARES) syrk(shape[0], shape[1]);
  }

  private void syrk(int n, int k) {
    for (boolean transpose : EITHER) {
      for (double[] scalars : SCALARS) syrk(n, k, transpose, scalars[0], scalars[1]);
    }
  }

  private void syrk(int n, int k, boolean transpose, double alpha, double beta) {
    var a = transpose ? random(k, n, 1) : random(n, k, 1);
    var c = beta == 0 ? nan(n, n) : random(n, n, 2);
    var op = Naive.op(a, transpose);
    // below the diagonal stands what is not read
    var before = Naive.keep(c.values(), (i, j) -> i <= j);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        before[j][i] = before[i][j];
        c.set(j, i, Double.NaN);
      }
    }
    var expected = Naive.combine(alpha, Naive.times(op, Naive.transpose(op, k), n), beta, before);
    algebra.syrk(alpha, a.matrix().transposeIf(transpose), beta, c.matrix());
    c.assertIs(expected);
    assertThat(c.values()).isDeepEqualTo(Naive.transpose(c.values(), n));
  }

  @Test
  void dotScal() {
    for (int n : SIZES) {
      var x = random(n, 1, 1);
      var y = random(n, 1, 2);
      double[][] dot = Naive.times(Naive.transpose(x.values(), 1), y.values(), 1);
      double[][] actual = {{algebra.dot(x.matrix(), y.matrix())}};
      Operand.assertNear(precision, actual, dot, precision == Precision.DOUBLE ? 1e-12 : 1e-4);

      var scaled = Naive.combine(3, x.values(), 0, x.values());
      algebra.scal(3, x.matrix());
      x.assertIs(scaled);
      var cleared = nan(n, 1);
      algebra.scal(0, cleared.matrix());
      cleared.assertIs(new double[n][1]);
    }
  }

  private Operand random(int rows, int columns, long seed) {
    return Operand.random(precision, rows, columns, seed);
  }

  private Operand nan(int rows, int columns) {
    return Operand.filled(precision, rows, columns, () -> Double.NaN);
  }
}
