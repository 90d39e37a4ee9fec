package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nabla.Expression;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random convex problems with constraints: each converges, and gradients that are written by hand
 * here satisfy the conditions of Karush, Kuhn and Tucker with the multipliers that are returned.
 */
class RandomConstrainedTest {
  private static final int PROBLEMS = 250;
  private static final double RESIDUAL = 1e-8;

  /** Functions of {@code A*x}, row by row, and more of x. */
  enum Family {
    QUADRATIC("norm2(A*x - b)^2/2 + v'*x"),
    LOGISTIC("sum(log(1 + exp(-b.*(A*x)))) + x'*x/10"),
    HUBER("norm2(A*x - b)^2/2 - sum(relu(abs(A*x - b) - 1).^2)/2 + x'*x/10"),
    LASSO("norm2(A*x - b)^2/2 + 0.3*norm1(x)");

    private final String text;

    Family(String text) {
      this.text = text;
    }

    double slope(double product, double b) {
      double rest = product - b;
      return switch (this) {
        case QUADRATIC, LASSO -> rest;
        case LOGISTIC -> -b / (1 + Math.exp(b * product));
        case HUBER -> Math.clamp(rest, -1, 1);
      };
    }

    double further(double x, double v) {
      return switch (this) {
        case QUADRATIC -> v;
        case LOGISTIC, HUBER -> x / 5;
        case LASSO -> 0;
      };
    }

    /** How steep a kink at zero may be. */
    double kink() {
      return this == LASSO ? 0.3 : 0;
    }
  }

  private static final List<List<String>> CONSTRAINTS =
      List.of(
          List.of("x >= 0"),
          List.of("-0.5 <= x <= 0.5"),
          List.of("sum(x) = 1", "x >= 0"),
          List.of("C*x <= d"),
          List.of("C*x <= d", "sum(x) = 1"));

  @ParameterizedTest
  @EnumSource
  void converges(Family family) {
    String declarations =
        "A: matrix[m,n]; C: matrix[k,n]; b: vector[m]; v: vector[n]; d: vector[k]";
    Expression function = Expression.parse(family.text, declarations);
    for (int seed = 0; seed < PROBLEMS; seed++) {
      Random random = new Random(seed);
      List<String> constraints = CONSTRAINTS.get(seed % CONSTRAINTS.size());
      int n = 2 + random.nextInt(6);
      Problem problem = new Problem(family, n, 2 * n, 3, random);
      Minimization asked =
          Minimization.of(function, "x").subjectTo(constraints.toArray(String[]::new));
      for (Map.Entry<String, NumericArray> e : problem.data().entrySet()) {
        asked = asked.bind(e.getKey(), e.getValue());
      }
      Minimum found = asked.minimize();
      String what = family + " " + constraints + ", seed " + seed + ": " + found.reason();
      assertThat(found.isConverged()).as(what).isTrue();
      assertThat(problem.residual(found, constraints)).as(what).isLessThanOrEqualTo(RESIDUAL);
    }
  }

  private static final class Problem {
    private final Family family;
    private final double[][] a;
    private final double[][] c;
    private final double[] b;
    private final double[] v;
    private final double[] d;

    Problem(Family family, int n, int m, int k, Random random) {
      this.family = family;
      this.a = matrix(m, n, random);
      this.c = matrix(k, n, random);
      this.b = new double[m];
      this.v = new double[n];
      this.d = new double[k];
      for (int i = 0; i < m; i++) {
        double normal = random.nextGaussian();
        b[i] = family == Family.LOGISTIC ? Math.signum(normal) : 2 * normal;
      }
      for (int j = 0; j < n; j++) v[j] = random.nextGaussian();
      // the point with equal entries and sum 1 is inside
      for (int i = 0; i < k; i++) d[i] = Arrays.stream(c[i]).sum() / n + random.nextDouble();
    }

    private static double[][] matrix(int rows, int columns, Random random) {
      double[][] matrix = new double[rows][columns];
      for (double[] row : matrix) Arrays.setAll(row, j -> random.nextGaussian());
      return matrix;
    }

    Map<String, NumericArray> data() {
      return Map.of(
          "A", NumericArray.matrix(a),
          "C", NumericArray.matrix(c),
          "b", NumericArray.vector(b),
          "v", NumericArray.vector(v),
          "d", NumericArray.vector(d));
    }

    /** By how much the worst of the conditions is missed. */
    double residual(Minimum found, List<String> constraints) {
      double[] x = Objects.requireNonNull(found.point().get("x")).data();
      double[] gradient = new double[x.length];
      for (int j = 0; j < x.length; j++) gradient[j] = family.further(x[j], v[j]);
      for (int i = 0; i < a.length; i++) {
        double slope = family.slope(Vectors.dot(a[i], x), b[i]);
        for (int j = 0; j < x.length; j++) gradient[j] += slope * a[i][j];
      }
      double worst = 0;
      for (String constraint : constraints) {
        worst = Math.max(worst, add(constraint, found.multipliers(), x, gradient));
      }
      for (int j = 0; j < x.length; j++) {
        worst = Math.max(worst, missing(gradient[j], x[j]));
      }
      return worst;
    }

    /** How far a gradient is from what the kink makes zero. */
    private double missing(double gradient, double x) {
      if (Math.abs(x) > 1e-7) return Math.abs(gradient + family.kink() * Math.signum(x));
      return Math.max(0, Math.abs(gradient) - family.kink());
    }

    /** Adds the multipliers times the gradients of a constraint; by how much it is missed. */
    private double add(
        String constraint, Map<String, NumericArray> multipliers, double[] x, double[] gradient) {
      return switch (constraint) {
        case "x >= 0" -> limits(x, gradient, -1, 0, y(multipliers, constraint));
        case "-0.5 <= x <= 0.5" ->
            Math.max(
                limits(x, gradient, -1, -0.5, y(multipliers, "-0.5 <= x")),
                limits(x, gradient, 1, 0.5, y(multipliers, "x <= 0.5")));
        case "sum(x) = 1" -> {
          double y = y(multipliers, constraint)[0];
          for (int j = 0; j < x.length; j++) gradient[j] += y;
          yield Math.abs(Arrays.stream(x).sum() - 1);
        }
        default -> {
          double worst = 0;
          double[] y = y(multipliers, constraint);
          for (int i = 0; i < d.length; i++) {
            worst = Math.max(worst, missed(Vectors.dot(c[i], x) - d[i], y[i]));
            for (int j = 0; j < x.length; j++) gradient[j] += y[i] * c[i][j];
          }
          yield worst;
        }
      };
    }

    private static double[] y(Map<String, NumericArray> multipliers, String constraint) {
      return Objects.requireNonNull(multipliers.get(constraint), constraint).data();
    }

    private static double limits(
        double[] x, double[] gradient, int sign, double limit, double[] y) {
      double worst = 0;
      for (int j = 0; j < x.length; j++) {
        worst = Math.max(worst, missed(sign * (x[j] - limit), y[j]));
        gradient[j] += sign * y[j];
      }
      return worst;
    }

    /** c ≤ 0, y ≥ 0, and one of them is zero. */
    private static double missed(double c, double y) {
      return Math.abs(Math.min(-c, y));
    }
  }
}
