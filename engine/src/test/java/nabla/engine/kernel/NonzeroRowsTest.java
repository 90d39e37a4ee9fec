package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NonzeroRowsTest {
  /** Of at least as many columns as are added at once, 128 numbers of single precision. */
  private static final int[][] SHAPES = {
    {128, 128}, {70, 129}, {100, 160}, {64, 200}, {40, 513}, {8, 1024}
  };

  private static CompiledAhead<RowsKernel> code(Precision precision) {
    assumeTrue(VectorModule.lanes(precision) > 0, "there are no vectors");
    return NonzeroRows.compiled(precision);
  }

  private static CompiledAhead<RowsKernel> compiled(Precision precision)
      throws InterruptedException {
    CompiledAhead<RowsKernel> code = code(precision);
    for (int call = 0; code.get() == null; call++) {
      assertThat(call).isLessThan(60_000);
      if (call > 1000) Thread.sleep(1);
    }
    return code;
  }

  /** {@code alpha*x'*a + beta*y}, where some entries of x are 0. */
  private static final class Product {
    final Operand a;
    final Operand x;
    final Operand y;
    private final double[][] before;
    private final double[][] product;

    /**
     * @param zeros the share of zeros in x
     * @param skipped what stands in the rows that belong to them
     */
    Product(Precision precision, int m, int n, double zeros, double skipped) {
      Random random = new Random(m * 1000L + n);
      a = Operand.random(precision, m, n, 1);
      x = Operand.random(precision, m, 1, 2);
      y = Operand.random(precision, 1, n, 3);
      for (int i = 0; i < m; i++) {
        if (random.nextDouble() < zeros) x.set(i, 0, i % 2 == 0 ? 0 : -0.0);
      }
      before = y.values();
      product = Naive.times(Naive.transpose(x.values(), 1), a.values());
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) if (x.get(i, 0) == 0) a.set(i, j, skipped);
      }
    }

    /** What it should be, or null if nothing was done. */
    double @Nullable [][] multiplied(double alpha, double beta, CompiledAhead<RowsKernel> code) {
      boolean done =
          new NonzeroRows(a.precision(), a.rows(), code)
              .multiply(alpha, a.matrix().transpose(), x.matrix(), beta, y.matrix().transpose());
      return done ? Naive.combine(alpha, product, beta, before) : null;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsWithoutAFactorAreNotRead(Precision precision) throws InterruptedException {
    CompiledAhead<RowsKernel> compiled = compiled(precision);
    CompiledAhead<RowsKernel> notYet = code(precision);
    for (int[] shape : SHAPES) {
      for (double zeros : new double[] {0.6, 1}) {
        for (double alpha : new double[] {1, -1, -2.5}) {
          for (double beta : new double[] {0, 1}) {
            if (Math.abs(alpha) != 1 && beta != 0) continue; // not done at all
            Product p = new Product(precision, shape[0], shape[1], zeros, Double.NaN);
            p.y.assertIs(Objects.requireNonNull(p.multiplied(alpha, beta, compiled)));
            Product q = new Product(precision, shape[0], shape[1], zeros, Double.NaN);
            assertThat(q.multiplied(alpha, beta, notYet)).isNotNull();
            assertThat(q.y.values()).as("to the last bit").isDeepEqualTo(p.y.values());
          }
        }
      }
    }
    assertThat(notYet.get()).isNull();
  }

  /** As in the library, where a factor 0 in the matrix is still one times a large number. */
  @ParameterizedTest
  @EnumSource
  void nothingOverflowsOnTheWay(Precision precision) {
    Product p = new Product(precision, 100, 130, 0.6, 1);
    double large = precision == Precision.DOUBLE ? 1.5e308 : 3e38;
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < 130; j++) p.a.set(i, j, 0);
      if (p.x.get(i, 0) != 0) p.x.set(i, 0, large);
    }
    assertThat(p.multiplied(2, 0, code(precision))).isNotNull();
    p.y.assertIs(new double[1][130]);
  }

  @ParameterizedTest
  @EnumSource
  void fewZerosAreNoGain(Precision precision) {
    Product p = new Product(precision, 100, 130, 0.05, 1);
    double[][] before = p.y.values();
    assertThat(p.multiplied(1, 0, code(precision))).isNull();
    p.y.assertIs(before);
    assertThat(new Product(precision, 100, 130, 0.6, 1).multiplied(2, 1, code(precision))).isNull();
    assertThat(NonzeroRows.of(precision, 10, 130)).isNull();
    assertThat(NonzeroRows.of(precision, 10_000, 5)).isNull();
  }
}
