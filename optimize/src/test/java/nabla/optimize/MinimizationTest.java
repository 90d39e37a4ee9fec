package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import nabla.Expression;
import nabla.Nabla;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found, and what is said of it. */
class MinimizationTest {
  private static final double SAME = 1e-7;

  private static Minimum of(String function, String declarations, double... start) {
    return Minimization.of(Nabla.parse(function, declarations), "x")
        .from("x", NumericArray.vector(start))
        .minimize();
  }

  /** The formula, and that its value is where the iteration ended. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm2(A*x - b)^2 | inv(A'*A)*A'*b",
        "norm2(A*x - b)^2 + c*norm2(x)^2 | inv(c*eye(n) + A'*A)*A'*b",
        "(A*x - b)'*W*(A*x - b) | inv(A'*W*A)*A'*W*b",
        "x'*S*x/2 - v'*x | inv(S)*v",
        "norm2(x - v)^2 | v",
        "sum(w.*(A*x - b).^2) | inv(A'*diag(w)*A)*A'*(b.*w)",
      })
  void closedForms(String function, String formula) {
    String declarations =
        "A: matrix[m,n]; x, v: vector[n]; b, w: vector[m]; c: scalar; W: matrix[m,m] symmetric; "
            + "S: matrix[n,n] pd";
    Expression f = Nabla.parse(function, declarations);
    Minimization question = Minimization.of(f, "x");
    Expression closed = Nabla.parse(formula, declarations);
    java.util.Map<String, NumericArray> data = new java.util.HashMap<>();
    for (nabla.Symbol s : f.variables()) {
      if (s.name().equals("x")) continue;
      NumericArray numbers = numbers(s);
      data.put(s.name(), numbers);
      question = question.bind(s.name(), numbers);
    }
    Minimum found = question.from("x", NumericArray.zeros(2)).minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    assertThat(found.formula()).containsEntry("x", formula);
    data.keySet().retainAll(closed.variables().stream().map(nabla.Symbol::name).toList());
    assertThat(point(found)).containsExactly(closed.value(data).data(), within(SAME));
    assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.STRICT_MINIMUM);
  }

  private static NumericArray numbers(nabla.Symbol s) {
    return switch (s.name()) {
      case "A" ->
          NumericArray.matrix(new double[] {1, 2}, new double[] {0, 1}, new double[] {3, -1});
      case "b" -> NumericArray.vector(1, -2, 0.5);
      case "w" -> NumericArray.vector(1, 2, 3);
      case "v" -> NumericArray.vector(0.5, -1);
      case "c" -> NumericArray.scalar(0.1);
      case "S" -> NumericArray.matrix(new double[] {2, 0.5}, new double[] {0.5, 1});
      case "W" ->
          NumericArray.matrix(
              new double[] {2, 0.5, 0}, new double[] {0.5, 1, 0}, new double[] {0, 0, 3});
      default -> throw new IllegalArgumentException(s.name());
    };
  }

  private static double[] point(Minimum found) {
    return java.util.Objects.requireNonNull(found.point().get("x")).data();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm2(x)^2 | CONVERGED | STRICT_MINIMUM",
        "(x[1] + x[2])^2 | CONVERGED | FLAT",
        "x[1]^4 + x[2]^2 - x[1]^2 | CONVERGED | STRICT_MINIMUM", // (0, 0) is a saddle
        "-x[1]^2 - x[2]^2 | UNBOUNDED | MAXIMUM",
        "x[1]^2 - x[2]^2 | UNBOUNDED | SADDLE",
        "x[1] + x[2]^2 | UNBOUNDED | FLAT",
        "1e-9*x[1] | UNBOUNDED | FLAT", // the gradient is within the tolerance
        "x[2]^2 - 1e-9*x[1] | UNBOUNDED | FLAT",
        "sum(exp(x)) - sum(x) | CONVERGED | STRICT_MINIMUM",
      })
  void whatIsFound(String function, Status status, Curvature.Kind kind) {
    for (double[] start : List.of(new double[] {0, 0}, new double[] {1, 0}, new double[] {2, 3})) {
      Minimum found = of(function, "x: vector[2]", start);
      assertThat(found.status()).as(found.reason()).isEqualTo(status);
      assertThat(found.curvature().kind()).isEqualTo(kind);
    }
  }

  /** The second derivative of |x|^1.5 is infinite at 0, where the search begins and may end. */
  @Test
  void infiniteCurvature() {
    Minimum found = of("sum(abs(x).^(3/2)) + (x[1] - 1)^2", "x: vector[2]", 0, 0);
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    double x = point(found)[0];
    assertThat(1.5 * Math.sqrt(x) + 2 * (x - 1)).isCloseTo(0, within(SAME));
    assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.UNKNOWN);
  }

  @Test
  void severalVariables() {
    Minimum found =
        Minimization.of(
                Nabla.parse("norm2(T - U*V')^2", "U: matrix[3,1]; V: matrix[2,1]"), "U", "V")
            .bind(
                "T",
                NumericArray.matrix(new double[] {2, 4}, new double[] {1, 2}, new double[] {3, 6}))
            .minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    assertThat(found.value()).isCloseTo(0, within(SAME));
    assertThat(found.curvature().kind())
        .as("U*t and V/t are as good")
        .isEqualTo(Curvature.Kind.FLAT);
  }

  /** So many that second derivatives are not formed. */
  @Test
  void manyVariables() {
    double[] y = new Random(1).doubles(1000, -1, 1).toArray();
    Minimum found =
        Minimization.of(Nabla.parse("sum(exp(x - y)) - sum(x) + norm2(x)^2/10"), "x")
            .bind("y", NumericArray.vector(y))
            .minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    double[] x = point(found);
    for (int k = 0; k < x.length; k++) {
      assertThat(Math.exp(x[k] - y[k]) - 1 + x[k] / 5).isCloseTo(0, within(SAME));
    }
  }

  @Test
  void rosenbrockFromEverywhere() {
    Random random = new Random(7);
    int starts = Integer.getInteger("nabla.rosenbrock.count", 200);
    Expression f = Nabla.parse("100*(x[2] - x[1]^2)^2 + (1 - x[1])^2", "x: vector[2]");
    for (int k = 0; k < starts; k++) {
      double[] start = {random.nextDouble(-10, 10), random.nextDouble(-10, 10)};
      Minimum found = Minimization.of(f, "x").from("x", NumericArray.vector(start)).minimize();
      assertThat(found.isConverged()).as("%s from %s", found.reason(), start).isTrue();
      assertThat(point(found))
          .as("from %s", start)
          .containsExactly(new double[] {1, 1}, within(1e-6));
    }
  }

  /**
   * The gradient is small near zero on both sides, and the Hessian positive on one: it goes on to
   * where the function falls, as far as limits let it.
   */
  @ParameterizedTest
  @CsvSource({
    "x^3, '', UNBOUNDED, UNKNOWN",
    "x^5, '', UNBOUNDED, UNKNOWN",
    "x^3 + x^5, '', UNBOUNDED, UNKNOWN",
    "x^3, x >= -1, CONVERGED, STRICT_MINIMUM",
    "x^3, x <= 1, UNBOUNDED, UNKNOWN",
    "log(1 + x^2) - x, '', CONVERGED, FLAT", // at 1, where rounding hides the gradient
    "x^4, '', CONVERGED, STRICT_MINIMUM",
    "x^6, '', CONVERGED, STRICT_MINIMUM",
    "x^3, x >= 0, CONVERGED, STRICT_MINIMUM"
  })
  void inflectionsAreNoMinima(
      String function, String limit, Minimum.Status status, Curvature.Kind kind) {
    Minimization question =
        Minimization.of(Nabla.parse(function, "x: scalar"), "x").from("x", NumericArray.scalar(1));
    Minimum found = (limit.isEmpty() ? question : question.subjectTo(limit)).minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(status);
    if (found.isConverged()) assertThat(found.curvature().kind()).isEqualTo(kind);
    if (limit.equals("x >= -1")) assertThat(point(found)[0]).isEqualTo(-1);
  }

  /** Where the Hessian is zero, too, the gradient is tiny already far from the minimum. */
  @ParameterizedTest
  @CsvSource({
    "x^4, 0",
    "(x - 1)^4, 1",
    "(x + 2)^6 + 3, -2",
    "(x - 1)^4 + (x - 1)^6, 1",
    "cosh(x) - x^2/2, 0",
    "(x - 3)^4*exp(x), 3",
    "(x - 100)^8, 100",
    "x^10, 0"
  })
  void minimaOfHigherOrder(String function, double least) {
    Minimum found =
        Minimization.of(Nabla.parse(function, "x: scalar"), "x")
            .from("x", NumericArray.scalar(least + 1))
            .minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.STRICT_MINIMUM);
    assertThat(point(found)).containsExactly(new double[] {least}, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "x^4, x >= -1, 0",
    "x^4, x >= 0, 0",
    "x^4, x <= 0, 0",
    "(x - 1)^4, x <= 3, 1",
    "(x - 1)^4, x >= 2, 2",
    "(x - 1)^6 + x, x >= 0, 0.30117"
  })
  void minimaOfHigherOrderWithinLimits(String function, String limit, double least) {
    Minimum found =
        Minimization.of(Nabla.parse(function, "x: scalar"), "x")
            .from("x", NumericArray.scalar(2.5))
            .subjectTo(limit)
            .minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    assertThat(point(found)).containsExactly(new double[] {least}, within(1e-5));
  }

  /** Equations that are nearly singular: the value never rises, and says whether it is least. */
  @ParameterizedTest
  @CsvSource({"1.001", "1.0000001", "1.000000001", "1.0000000001", "1.0000000000001"})
  void nearlySingularEquations(String entry) {
    Minimum found =
        Minimization.of(Nabla.parse("norm2(A*x - b)^2", "A: matrix[2,2]; b: vector[2]"), "x")
            .bind("A", NumericArray.matrix(new double[] {1, 1}, new double[] {1, d(entry)}))
            .bind("b", NumericArray.vector(1, 2))
            .minimize();
    assertThat(found.value()).as(found.reason()).isLessThan(0.5 + 1e-6);
    assertThat(found.status()).isNotEqualTo(Minimum.Status.UNBOUNDED);
    if (found.global()) assertThat(found.value()).isCloseTo(0, within(1e-6));
  }

  private static double d(String number) {
    return Double.parseDouble(number);
  }

  /** Entries of the Hessian from 1e-200 to 1e200, and a matrix that rounding makes unsymmetric. */
  @Test
  void numbersOfAllSizes() {
    Minimum steep =
        Minimization.of(Nabla.parse("log(norm1(y)) + norm2(y)^2", "y: vector[2]"), "y").minimize();
    assertThat(steep.value()).isLessThan(-100);
    double[][] a = {{300, 831, 1273}, {1164, 541, 175}, {862, -357, -229}};
    double[][] b = {{1.1, -1.6, 1.07}, {0.89, -0.26, -1.42}, {-0.06, -0.84, 1.9}};
    Minimum turned =
        Minimization.of(Nabla.parse("normF(A*Q - B)^2", "Q: matrix[n,n] orthogonal"), "Q")
            .bind("A", NumericArray.matrix(a))
            .bind("B", NumericArray.matrix(b))
            .minimize();
    assertThat(turned.curvature().kind()).isEqualTo(Curvature.Kind.STRICT_MINIMUM);
  }

  /** Eigenvalues below zero that lead to no lower point: far out, and beside a valley. */
  @ParameterizedTest
  @CsvSource({"erf(x[1]^2) + x[2]^2", "(x[1]*x[2] - 1)^2"})
  void whatIsNowhereLowerIsNoSaddle(String function) {
    Minimization question = Minimization.of(Nabla.parse(function, "x: vector[2]"), "x");
    for (int seed = 1; seed <= 20; seed++) {
      double[] start = {6 + 0.1 * seed, 1.0 / seed};
      Minimum found = question.from("x", NumericArray.vector(start)).minimize();
      assertThat(found.curvature().kind()).as("from %s", start).isEqualTo(Curvature.Kind.FLAT);
    }
    for (Minimum found : question.stationaryPoints(3)) {
      boolean saddle = found.curvature().isDownward();
      assertThat(saddle && found.value() < 1e-12).as("%s", found).isFalse();
    }
  }

  @Test
  void toleranceIsMet() {
    Minimization question =
        Minimization.of(Nabla.parse("sum(exp(x)) + norm2(x)^2", "x: vector[3]"), "x");
    Minimum rough = question.with(Options.usual().withTolerance(0.1)).minimize();
    Minimum fine = question.with(Options.usual().withTolerance(1e-12)).minimize();
    assertThat(rough.gradientNorm()).isBetween(1e-12, 0.1);
    assertThat(fine.gradientNorm()).isLessThanOrEqualTo(1e-12);
    assertThat(rough.iterations()).isLessThan(fine.iterations());
  }

  @Test
  void optionsAreNotNegative() {
    Options usual = Options.usual();
    assertThatThrownBy(() -> usual.withTolerance(-1)).hasMessageContaining("0 or more, not -1.0");
    assertThatThrownBy(() -> usual.withTolerance(Double.NaN)).hasMessageContaining("not NaN");
    assertThatThrownBy(() -> usual.withIterations(-1)).hasMessageContaining("0 or more, not -1");
    assertThatThrownBy(() -> usual.withTime(Duration.ofSeconds(-1)))
        .hasMessageContaining("0 or more, not -1.0");
  }

  @Test
  void limits() {
    String hard = "100*(x[2] - x[1]^2)^2 + (1 - x[1])^2";
    Minimization question =
        Minimization.of(Nabla.parse(hard, "x: vector[2]"), "x")
            .from("x", NumericArray.vector(-1.2, 1));
    Minimum few = question.with(Options.usual().withIterations(3)).minimize();
    assertThat(few.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(few.iterations()).isEqualTo(3);
    Minimum late = question.with(Options.usual().withTime(Duration.ZERO)).minimize();
    assertThat(late.status()).isEqualTo(Status.TIME_LIMIT);
    for (Minimization interrupted : List.of(question, question.subjectTo("norm1(x) <= 9"))) {
      Minimum best = interrupted.minimize(iteration -> Thread.currentThread().interrupt());
      assertThat(Thread.interrupted()).as("is kept").isTrue();
      assertThat(best.status()).isEqualTo(Status.INTERRUPTED);
    }
    Thread.currentThread().interrupt();
    assertThatThrownBy(question::minimize).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).as("is kept").isTrue();
  }

  /** Values never rise. */
  @Test
  void iterationsAreTold() {
    List<Iteration> told = new ArrayList<>();
    Minimum found =
        Minimization.of(Nabla.parse("sum(exp(x)) + norm2(x)^2", "x: vector[3]"), "x")
            .minimize(told::add);
    Iteration last = told.getLast();
    assertThat(last.number()).isEqualTo(found.iterations());
    assertThat(last.value()).isEqualTo(found.value());
    assertThat(last.gradientNorm()).isEqualTo(found.gradientNorm());
    assertThat(last.point().data())
        .isEqualTo(Objects.requireNonNull(found.point().get("x")).data());
    for (int k = 1; k < told.size(); k++) {
      assertThat(told.get(k).value()).isLessThanOrEqualTo(told.get(k - 1).value());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A*x | | KIND | the function is a vector; only a scalar has a minimum",
        "norm2(y)^2 | | WRT | x is no variable of the function",
        "norm2(x)^2 | x: vector[n] positive | UNSUPPORTED | x is declared positive: minima over"
            + " variables with properties are not supported",
        "norm2(x)^2 | x: vector[n] | VALUE | no data tell the size n of x; give a start",
        "norm2(A*x)^2 | x: vector[3] | VALUE | A has no data",
        "sum(log(x - 2)) | x: vector[3] | DOMAIN | the function and its slope are not finite at"
            + " zero nor at random points between 0 and 1; give a start",
      })
  void refused(String function, String declarations, Code code, String message) {
    assertThatThrownBy(
            () ->
                Minimization.of(
                        Nabla.parse(function, declarations == null ? "" : declarations), "x")
                    .minimize())
        .isInstanceOfSatisfying(
            NablaException.class,
            e -> {
              assertThat(e.diagnostic().code()).isEqualTo(code);
              assertThat(e).hasMessageContaining(message);
            });
  }

  /**
   * Curvatures from 1e-3 to 1e3: few iterations with products of the Hessian, very many without.
   */
  @Test
  void manyVariablesOfDifferentScale() {
    int n = 1000;
    double[] scale = new double[n];
    for (int k = 0; k < n; k++) scale[k] = Math.pow(10, 6.0 * k / n - 3);
    Expression f = Nabla.parse("sum(d.*x.^2)/2 + sum(x.^4)/4 - sum(x)", "x, d: vector[n]");
    Minimum found = Minimization.of(f, "x").bind("d", NumericArray.vector(scale)).minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    double[] x = java.util.Objects.requireNonNull(found.point().get("x")).data();
    for (int k = 0; k < n; k++) {
      assertThat(scale[k] * x[k] + Math.pow(x[k], 3)).isCloseTo(1, within(1.1e-8));
    }
    assertThat(found.iterations()).isLessThan(320);
  }
}
