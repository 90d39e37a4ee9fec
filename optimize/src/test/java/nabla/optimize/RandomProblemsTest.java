package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import nabla.Expression;
import nabla.Nabla;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;

/** Thousands of convex problems, each of which must end where the gradient is zero. */
class RandomProblemsTest {
  private static final int COUNT = 1000;
  private static final long SEED = 17;
  private static final double TOLERANCE = 1e-8;

  /** Data of one problem: more rows than columns, each column on a scale of its own. */
  private static final class Draw {
    private final Random random;
    final int rows;
    final int columns;

    Draw(int number) {
      this.random = new Random(SEED + number);
      this.columns = 1 + random.nextInt(8);
      this.rows = columns + 1 + random.nextInt(20);
    }

    NumericArray matrix() {
      double[] scale = random.doubles(columns, -1, 1).map(e -> Math.pow(10, e)).toArray();
      double[] entries = new double[rows * columns];
      Arrays.setAll(entries, k -> scale[k % columns] * random.nextGaussian());
      return NumericArray.of(new int[] {rows, columns}, entries);
    }

    /** One entry of ten is far away. */
    NumericArray vector() {
      double[] entries = new double[rows];
      Arrays.setAll(entries, k -> random.nextGaussian() * (random.nextDouble() < 0.1 ? 100 : 1));
      return NumericArray.vector(entries);
    }

    NumericArray signs() {
      double[] entries = new double[rows];
      Arrays.setAll(entries, k -> random.nextBoolean() ? 1 : -1);
      return NumericArray.vector(entries);
    }

    NumericArray start() {
      return NumericArray.vector(random.doubles(columns, -10, 10).toArray());
    }

    NumericArray between(double low, double high) {
      return NumericArray.scalar(Math.exp(random.nextDouble(Math.log(low), Math.log(high))));
    }
  }

  private interface Data {
    Map<String, NumericArray> of(Draw draw);
  }

  private static void minimize(String function, Data data) {
    Expression f = Nabla.parse(function, "A: matrix[m,n]; x: vector[n]; b: vector[m]");
    for (int k = 0; k < COUNT; k++) {
      Draw draw = new Draw(k);
      Minimization question = Minimization.of(f, "x");
      for (Map.Entry<String, NumericArray> e : data.of(draw).entrySet()) {
        question = question.bind(e.getKey(), e.getValue());
      }
      Minimum found = question.from("x", draw.start()).minimize();
      assertThat(found.status())
          .as("%s, seed %d: %s", function, SEED + k, found.reason())
          .isEqualTo(Status.CONVERGED);
      assertThat(found.gradientNorm()).as("seed %d", SEED + k).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @Test
  void quadratics() {
    minimize(
        "norm2(A*x)^2/2 + c*norm2(x)^2/2 - b'*A*x",
        draw -> Map.of("A", draw.matrix(), "b", draw.vector(), "c", draw.between(1e-4, 1)));
  }

  /** The same without the formula, which the test above computes. */
  @Test
  void quadraticsByIteration() {
    Expression f =
        Nabla.parse(
            "norm2(A*x)^2/2 + c*norm2(x)^2/2 - b'*A*x",
            "A: matrix[m,n]; x: vector[n]; b: vector[m]");
    for (int k = 0; k < COUNT; k++) {
      Draw draw = new Draw(k);
      Map<String, NumericArray> data =
          Map.of("A", draw.matrix(), "b", draw.vector(), "c", draw.between(1e-4, 1));
      Objective objective = new Objective(f, data, Map.of("x", draw.start()), Options.usual());
      assertThat(objective.hasHessian()).isTrue();
      Limits limits = new Limits(TOLERANCE, 1000, System.nanoTime() + 60_000_000_000L, i -> {});
      Iterate first = new Iterate(objective, objective.start());
      Outcome outcome = new TrustRegion(objective, first, limits).minimize(0);
      assertThat(outcome.status()).as("seed %d", SEED + k).isEqualTo(Status.CONVERGED);
    }
  }

  @Test
  void logisticRegression() {
    minimize(
        "sum(log(1 + exp(-b.*(A*x)))) + c*norm2(x)^2/2",
        draw -> Map.of("A", draw.matrix(), "b", draw.signs(), "c", draw.between(1e-4, 1)));
  }

  /** Huber's function in its smooth form. */
  @Test
  void huberRegression() {
    minimize(
        "c^2*sum(sqrt(1 + ((A*x - b)/c).^2) - 1)",
        draw -> Map.of("A", draw.matrix(), "b", draw.vector(), "c", draw.between(0.1, 10)));
  }
}
