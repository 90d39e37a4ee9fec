package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorTilesTest {
  private static final int[] MANY = {0, 1, 3, 8, 16, 17, 33, 64, 100};

  @ParameterizedTest
  @EnumSource
  void wholeSquaresAreTransposed(Precision precision) throws InterruptedException {
    int side = VectorModule.lanes(precision);
    assumeTrue(side > 0, "there are no vectors");
    awaitCompiled(precision, side);
    for (int m : MANY) {
      for (int n : MANY) {
        var a = Operand.random(precision, m, n, 1);
        var b = Operand.filled(precision, n, m, () -> -1);
        assertThat(transpose(precision, a, b, m, n)).isEqualTo(m < side || n < side ? 0 : side);
        double[][] expected = Naive.transpose(a.values(), n);
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < m; i++) {
            if (i >= m / side * side || j >= n / side * side) expected[j][i] = -1;
          }
        }
        b.assertIs(expected);
      }
    }
  }

  /** Transposes until it is done by vectors. */
  private static void awaitCompiled(Precision precision, int side) throws InterruptedException {
    var a = Operand.random(precision, side, side, 1);
    var b = Operand.random(precision, side, side, 1);
    for (int call = 0; transpose(precision, a, b, side, side) == 0; call++) {
      assertThat(call).isLessThan(60_000);
      if (call > 1000) Thread.sleep(1);
    }
  }

  private static int transpose(Precision precision, Operand a, Operand b, int rows, int columns) {
    long bytes = precision.bytes();
    return VectorTiles.transpose(
        precision,
        rows,
        columns,
        a.segment(),
        a.offset(),
        a.leading() * bytes,
        b.segment(),
        b.offset(),
        b.leading() * bytes);
  }
}
