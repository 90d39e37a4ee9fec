package nabla.engine.kernel;

import org.junit.jupiter.params.provider.MethodSource;

@org.junit.jupiter.params.ParameterizedClass
@MethodSource("nabla.engine.kernel.LinearAlgebras#withPrecisions")
record ProductsTest(LinearAlgebra algebra, Precision precision) {
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
    {65, 70, 66}
  };

  @org.junit.jupiter.api.Test
  void gemm() {
    for (int[] shape : SHAPES) {
      for (boolean transposeA : new boolean[] {false, true}) {
        for (boolean transposeB : new boolean[] {false, true}) {
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
        precision,
        transposeA,
        transposeB,
        m,
        n,
        k,
        alpha,
        a.segment(),
        a.offset(),
        a.leading(),
        b.segment(),
        b.offset(),
        b.leading(),
        beta,
        c.segment(),
        c.offset(),
        c.leading());
    c.assertIs(expected);
  }

  private Operand random(int rows, int columns, long seed) {
    return Operand.random(precision, rows, columns, seed);
  }

  private Operand nan(int rows, int columns) {
    return Operand.filled(precision, rows, columns, () -> Double.NaN);
  }
}
