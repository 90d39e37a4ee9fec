package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Factorizations and what is solved with them: multiplied out, they give the matrix back. */
@ParameterizedClass
@MethodSource("nabla.engine.kernel.LinearAlgebras#withPrecisions")
record FactorizationsTest(LinearAlgebra algebra, Precision precision) {
  private static final boolean[] EITHER = {false, true};

  /** More than one block of the Java routines, besides the usual ones. */
  private static final int[] SIZES = {0, 1, 2, 7, 16, 33, 64, 65, 100, 150};

  private static final int[] RIGHT_SIDES = {0, 1, 2, 33, 300};

  @Test
  void solveTriangular() {
    for (int order : SIZES) {
      for (int count : RIGHT_SIDES) {
        for (boolean left : EITHER) {
          for (Triangle triangle : Triangle.values()) {
            for (boolean transpose : EITHER) {
              solveTriangular(order, count, left, triangle, transpose);
            }
          }
        }
      }
    }
  }

  private void solveTriangular(
      int order, int count, boolean left, Triangle triangle, boolean transpose) {
    // off the diagonal, numbers so small that inverses do not grow; in the other half, NaN
    var t = Operand.random(precision, order, order, 1);
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < order; j++) {
        boolean read = i == j ? !triangle.isUnit() : triangle.isLower() == (i > j);
        t.set(i, j, read ? (i == j ? 2 : t.get(i, j) / order) : Double.NaN);
      }
    }
    int m = left ? order : count;
    int n = left ? count : order;
    var x = Operand.random(precision, m, n, 2);
    var op = Naive.triangle(t.values(), triangle);
    op = transpose ? Naive.transpose(op, order) : op;
    var b =
        Operand.of(
            precision,
            left ? Naive.times(op, x.values(), n) : Naive.times(x.values(), op, n),
            m,
            n);
    algebra.solveTriangular(
        transpose == left ? triangle.transpose() : triangle,
        t.matrix().transposeIf(transpose == left),
        b.matrix().transposeIf(!left));
    b.assertIs(x.values());
  }

  @Test
  void cholesky() {
    for (int n : SIZES) {
      var a = positiveDefinite(n).values();
      var factor = upperOnly(a);
      assertThat(cholesky(factor)).isTrue();
      var u = Naive.triangle(factor.values(), Triangle.UPPER);
      assertNear(Naive.times(Naive.transpose(u, n), u, n), a);
      factor.assertGaps();
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          assertThat(factor.get(j, i)).isNaN();
        }
      }
      assertThat(Determinants.logOfCholesky(factor.matrix()))
          .isCloseTo(sumOfLogs(factor, 2), within(n * tolerance()));
    }
  }

  @Test
  void choleskySolves() {
    for (int n : SIZES) {
      var a = positiveDefinite(n).values();
      var factor = upperOnly(a);
      cholesky(factor);
      for (int count : RIGHT_SIDES) {
        for (boolean left : EITHER) {
          var x = Operand.random(precision, left ? n : count, left ? count : n, 2);
          var b =
              Operand.of(
                  precision,
                  left ? Naive.times(a, x.values(), count) : Naive.times(x.values(), a, n),
                  x.rows(),
                  x.columns());
          algebra.choleskySolve(factor.matrix(), b.matrix().transposeIf(!left));
          b.assertIs(x.values());
        }
      }
    }
  }

  @Test
  void choleskyInverse() {
    for (int n : SIZES) {
      var a = positiveDefinite(n).values();
      var inverse = upperOnly(a);
      cholesky(inverse);
      algebra.choleskyInverse(inverse.matrix());
      assertNear(Naive.times(a, inverse.values(), n), Naive.identity(n));
      assertThat(inverse.values()).isDeepEqualTo(Naive.transpose(inverse.values(), n));
      inverse.assertGaps();
    }
  }

  @Test
  void notPositiveDefinite() {
    for (int n : new int[] {1, 2, 7, 33, 100, 150}) {
      for (int at : new int[] {0, n / 2, n - 1}) {
        for (double value : new double[] {-1, 0, Double.NaN, Double.NEGATIVE_INFINITY}) {
          var a = Operand.of(precision, Naive.identity(n), n, n);
          a.set(at, at, value);
          assertThat(cholesky(a)).as("%d: [%d] = %s", n, at, value).isFalse();
        }
        var a = positiveDefinite(n);
        a.set(at, n - 1, Double.NaN);
        assertThat(cholesky(a)).as("%d: NaN in column %d", n, at).isFalse();
      }
    }
  }

  @Test
  void lu() {
    for (int n : SIZES) {
      var a = Operand.random(precision, n, n, 1);
      var factor = Operand.of(precision, a.values(), n, n);
      var pivots = pivots(n);
      assertThat(lu(factor, pivots)).isZero();
      factor.assertGaps();
      var product =
          Naive.times(
              Naive.triangle(factor.values(), Triangle.LOWER),
              Naive.triangle(factor.values(), Triangle.UNIT_UPPER),
              n);
      double sign = 1;
      for (int k = n - 1; k >= 0; k--) {
        int other = pivots.pivots().getAtIndex(JAVA_INT, k) - 1;
        assertThat(other).isBetween(k, n - 1);
        for (double[] row : product) {
          double value = row[k];
          row[k] = row[other];
          row[other] = value;
        }
        sign *= Math.signum(factor.get(k, k)) * (other == k ? 1 : -1);
      }
      assertNear(product, a.values());
      assertThat(Determinants.logOfLu(factor.matrix()))
          .isCloseTo(sumOfLogs(factor, 1), within(n * tolerance()));
      assertThat(Determinants.signOfLu(factor.matrix(), pivots)).isEqualTo(sign);
    }
  }

  @Test
  void luSolves() {
    for (int n : SIZES) {
      var a = wellConditioned(n).values();
      var factor = Operand.of(precision, a, n, n);
      var pivots = pivots(n);
      lu(factor, pivots);
      for (int count : RIGHT_SIDES) {
        for (boolean left : EITHER) {
          for (boolean transpose : EITHER) {
            luSolve(a, factor, pivots, left, transpose, count);
          }
        }
      }
    }
  }

  private void luSolve(
      double[][] a, Operand factor, Exchanges pivots, boolean left, boolean transpose, int count) {
    int n = a.length;
    var op = transpose ? Naive.transpose(a, n) : a;
    var x = Operand.random(precision, left ? n : count, left ? count : n, 2);
    var b =
        Operand.of(
            precision,
            left ? Naive.times(op, x.values(), count) : Naive.times(x.values(), op, n),
            x.rows(),
            x.columns());
    algebra.luSolve(
        factor.matrix().transposeIf(transpose == left), pivots, b.matrix().transposeIf(!left));
    b.assertIs(x.values());
  }

  @Test
  void luInverse() {
    for (int n : SIZES) {
      var a = wellConditioned(n).values();
      var inverse = Operand.of(precision, a, n, n);
      var pivots = pivots(n);
      lu(inverse, pivots);
      luInverse(inverse, pivots);
      assertNear(Naive.times(a, inverse.values(), n), Naive.identity(n));
      inverse.assertGaps();
    }
  }

  @Test
  void singular() {
    for (int n : new int[] {1, 2, 7, 33, 100, 150}) {
      for (int at : new int[] {0, n / 2, n - 1}) {
        var a = Operand.of(precision, Naive.identity(n), n, n);
        a.set(at, at, 0);
        var pivots = pivots(n);
        assertThat(lu(a, pivots)).isEqualTo(at + 1);
        assertThat(Determinants.logOfLu(a.matrix())).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Determinants.signOfLu(a.matrix(), pivots)).isZero();
        luInverse(a, pivots);
        for (double[] row : a.values()) {
          assertThat(row).containsOnly(Double.NaN);
        }
      }
    }
  }

  @Test
  void nanSpreadsAndHarmsNothing() {
    for (int n : new int[] {1, 2, 7, 33, 100, 150}) {
      var a = wellConditioned(n);
      for (int j = 0; j < n; j++) {
        a.set(n / 2, j, Double.NaN);
      }
      var pivots = pivots(n);
      assertThat(lu(a, pivots)).isZero();
      assertThat(Determinants.logOfLu(a.matrix())).isNaN();
      assertThat(Determinants.signOfLu(a.matrix(), pivots)).isNaN();
      luInverse(a, pivots);
      assertThat(a.get(n / 2, 0)).isNaN();
      a.assertGaps();
    }
  }

  private boolean cholesky(Operand a) {
    return algebra.cholesky(a.matrix());
  }

  private int lu(Operand a, Exchanges pivots) {
    return algebra.lu(a.matrix(), pivots);
  }

  private void luInverse(Operand a, Exchanges pivots) {
    algebra.luInverse(a.matrix(), pivots);
  }

  private static Exchanges pivots(int n) {
    return new Exchanges(Arena.ofAuto().allocate(JAVA_INT, n), 0, n);
  }

  private Operand wellConditioned(int n) {
    var a = Operand.random(precision, n, n, 1);
    for (int i = 0; i < n; i++) {
      // far from the diagonal, so that there are exchanges
      int j = (i + n / 3) % n;
      a.set(i, j, a.get(i, j) + 3 * n);
    }
    return a;
  }

  private Operand positiveDefinite(int n) {
    var root = Operand.random(precision, n, n, 1).values();
    var a = Naive.times(root, Naive.transpose(root, n), n);
    for (int i = 0; i < n; i++) {
      a[i][i] += n;
    }
    return Operand.of(precision, a, n, n);
  }

  /** With NaN below the diagonal. */
  private Operand upperOnly(double[][] a) {
    var operand = Operand.of(precision, a, a.length, a.length);
    for (int i = 0; i < a.length; i++) {
      for (int j = i + 1; j < a.length; j++) {
        operand.set(j, i, Double.NaN);
      }
    }
    return operand;
  }

  private static double sumOfLogs(Operand factor, double weight) {
    double sum = 0;
    for (int i = 0; i < factor.rows(); i++) {
      sum += weight * Math.log(Math.abs(factor.get(i, i)));
    }
    return sum;
  }

  private double tolerance() {
    return precision == Precision.DOUBLE ? 1e-12 : 1e-4;
  }

  private void assertNear(double[][] actual, double[][] expected) {
    Operand.assertNear(precision, actual, expected, tolerance());
  }
}
