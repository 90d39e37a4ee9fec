package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static nabla.engine.kernel.Precision.DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Equations that are solved for many right sides at a time leave residuals ‖A*X - B‖/(‖A‖‖X‖) as
 * small as those solved for one at a time, by substitution, however ill-conditioned the matrix is.
 */
class AccuracyTest {
  private static final int SIDES = 60;

  /** Of the larger residual to the smaller one, or to the rounding of a single number. */
  private static final double FACTOR = 8;

  @ParameterizedTest
  @CsvSource({
    "spectrum, 50, 1e2",
    "spectrum, 100, 1e6",
    "spectrum, 100, 1e12",
    "outlier, 50, 1e6",
    "outlier, 100, 1e12",
    "kernel, 50, 1e6",
    "kernel, 100, 1e10",
    "kernel, 200, 1e12",
    "hilbert, 50, 1e12",
    "hilbert, 100, 1e10",
    "graded, 100, 1e12",
  })
  void residuals(String kind, int n, double condition) {
    double[][] a = matrix(kind, n, condition);
    double[][] general = scaledAtRandom(a);
    double[][] x = Operand.random(DOUBLE, n, SIDES, 3).values();
    for (LinearAlgebra algebra : LinearAlgebras.implementations()) {
      for (double[][] b : new double[][][] {x, Naive.times(a, x, SIDES)}) {
        for (boolean left : new boolean[] {false, true}) {
          compare(
              a,
              b,
              choleskySolutions(algebra, left, a, b, SIDES),
              choleskySolutions(algebra, left, a, b, 1));
          compare(
              general,
              b,
              luSolutions(algebra, left, general, b, SIDES),
              luSolutions(algebra, left, general, b, 1));
        }
      }
    }
  }

  private static void compare(double[][] a, double[][] b, double[][] together, double[][] alone) {
    double least = Math.max(residual(a, alone, b), Math.ulp(1.0));
    assertThat(residual(a, together, b)).isLessThan(FACTOR * least);
  }

  private static double[][] choleskySolutions(
      LinearAlgebra algebra, boolean left, double[][] a, double[][] b, int sides) {
    int n = a.length;
    var u = Operand.of(DOUBLE, a, n, n);
    assertThat(algebra.cholesky(u.matrix())).isTrue();
    return solutions(left, b, sides, part -> algebra.choleskySolve(u.matrix(), part));
  }

  private static double[][] luSolutions(
      LinearAlgebra algebra, boolean left, double[][] a, double[][] b, int sides) {
    int n = a.length;
    var lu = Operand.of(DOUBLE, a, n, n);
    Exchanges pivots = new Exchanges(Arena.ofAuto().allocate(JAVA_INT, n), 0, n);
    algebra.lu(lu.matrix(), pivots);
    return solutions(left, b, sides, part -> algebra.luSolve(lu.matrix(), pivots, part));
  }

  private interface Solver {
    void solve(Matrix part);
  }

  /** The columns of X, as columns or as rows, so many at a time. */
  private static double[][] solutions(boolean left, double[][] b, int sides, Solver solver) {
    int n = b.length;
    double[][] x = new double[n][SIDES];
    for (int first = 0; first < SIDES; first += sides) {
      double[][] columns = new double[n][sides];
      for (int i = 0; i < n; i++) System.arraycopy(b[i], first, columns[i], 0, sides);
      var part =
          left
              ? Operand.of(DOUBLE, columns, n, sides)
              : Operand.of(DOUBLE, Naive.transpose(columns, sides), sides, n);
      solver.solve(part.matrix().transposeIf(!left));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < sides; j++) x[i][first + j] = left ? part.get(i, j) : part.get(j, i);
      }
    }
    return x;
  }

  /** With sums of twice the digits. */
  private static double residual(double[][] a, double[][] x, double[][] b) {
    double[][] rest = new double[a.length][SIDES];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < SIDES; j++) {
        double sum = -b[i][j];
        double lost = 0;
        for (int k = 0; k < a.length; k++) {
          double product = a[i][k] * x[k][j];
          double next = sum + product;
          double added = next - sum;
          lost += (sum - (next - added)) + (product - added) + Math.fma(a[i][k], x[k][j], -product);
          sum = next;
        }
        rest[i][j] = sum + lost;
      }
    }
    return norm(rest) / (norm(a) * norm(x));
  }

  private static double norm(double[][] a) {
    double largest = 0;
    for (double[] row : a) {
      double sum = 0;
      for (double entry : row) sum += Math.abs(entry);
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double[][] matrix(String kind, int n, double condition) {
    double[][] a = new double[n][n];
    double[][] q = orthogonal(n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] =
            switch (kind) {
              case "spectrum" -> entry(q, i, j, k -> Math.pow(condition, -k / (n - 1.0)));
              case "outlier" -> entry(q, i, j, k -> k == n - 1 ? 1 / condition : 1);
              case "kernel" -> Math.exp(-(i - j) * (i - j) / 200.0);
              case "hilbert" -> 1.0 / (i + j + 1);
              case "graded" ->
                  entry(q, i, j, k -> 1 + k) * Math.pow(condition, -(i + j) / (2.0 * n));
              default -> throw new IllegalArgumentException(kind);
            };
      }
      if (kind.equals("kernel") || kind.equals("hilbert")) a[i][i] += 1 / condition;
    }
    return a;
  }

  private static double entry(
      double[][] q, int i, int j, java.util.function.IntToDoubleFunction eigenvalue) {
    double sum = 0;
    for (int k = 0; k < q.length; k++) sum += q[k][i] * eigenvalue.applyAsDouble(k) * q[k][j];
    return sum;
  }

  /** Rows that are orthonormal, by Gram and Schmidt, twice. */
  private static double[][] orthogonal(int n) {
    var random = new Random(7);
    double[][] q = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) q[i][j] = random.nextGaussian();
      for (int k = 0; k < 2 * i; k++) add(q[i], -dot(q[i], q[k % i]), q[k % i]);
      double length = Math.sqrt(dot(q[i], q[i]));
      for (int j = 0; j < n; j++) q[i][j] /= length;
    }
    return q;
  }

  private static void add(double[] row, double factor, double[] other) {
    for (int j = 0; j < row.length; j++) row[j] += factor * other[j];
  }

  private static double dot(double[] row, double[] other) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) sum += row[j] * other[j];
    return sum;
  }

  private static double[][] scaledAtRandom(double[][] a) {
    var random = new Random(8);
    double[][] scaled = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) scaled[i][j] = a[i][j] * (1 + random.nextDouble());
    }
    return scaled;
  }
}
