package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nabla.Expression;
import nabla.Nabla;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The problems of textbooks are solved by their formulas, which say what an iteration finds. */
class ClosedFormTest {
  private static final long SEED = 3;
  private static final double SAME = 1e-6;

  /** Every rotation but those by half a turn (Cayley). */
  private static final String CAYLEY = "(inv(eye(n) + Y - Y')*(eye(n) - Y + Y'))";

  private static final String DECLARATIONS =
      "A, M, T: matrix[m,n]; x, q, v: vector[n]; b, y: vector[m]; c, t, z: scalar; S: matrix[m,m]"
          + " pd; P, R: matrix[n,n] pd; L: matrix[r,n]; X: matrix[n,k]; B: matrix[m,k]; C:"
          + " matrix[m,p]; F: matrix[k,p]; D: matrix[n,p]; E, N: matrix[n,n] symmetric; G, Y:"
          + " matrix[n,n]; H: matrix[n,n] orthogonal; U: matrix[m,r]; V: matrix[n,r]";

  private static final Map<String, Integer> SIZES = Map.of("m", 7, "n", 3, "k", 2, "p", 4, "r", 2);

  /** Data of an expression, by the seed. */
  private static Map<String, NumericArray> data(Expression function, List<String> over) {
    Map<String, NumericArray> data = new LinkedHashMap<>();
    Random random = new Random(SEED);
    for (Symbol s : function.variables()) {
      if (function.mentions(s.name()) && !over.contains(s.name())) {
        data.put(s.name(), numbers(s, random));
      }
    }
    return data;
  }

  private static NumericArray numbers(Symbol s, Random random) {
    int[] shape = s.shape().stream().mapToInt(size -> size.value(SIZES)).toArray();
    if (shape.length == 0) return NumericArray.scalar(random.nextDouble(0.5, 2));
    double[] entries = random.doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b)).toArray();
    if (s.properties().isEmpty()) return NumericArray.of(shape, entries);
    int n = shape[0];
    double[] symmetric = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        symmetric[i * n + j] = entries[i * n + j] + entries[j * n + i];
      }
      if (s.properties().contains(Property.PD)) symmetric[i * n + i] += 2 * n;
    }
    return NumericArray.of(shape, symmetric);
  }

  private static Minimization question(String function, List<String> over) {
    Expression f = Nabla.parse(function, DECLARATIONS);
    Minimization question = Minimization.of(f, over.toArray(String[]::new));
    for (Map.Entry<String, NumericArray> e : data(f, over).entrySet()) {
      question = question.bind(e.getKey(), e.getValue());
    }
    for (Symbol s : f.variables()) {
      boolean sized = over.contains(s.name());
      if (sized) question = question.from(s.name(), NumericArray.zeros(shape(s.shape())));
    }
    return question;
  }

  private static int[] shape(List<Size> sizes) {
    return sizes.stream().mapToInt(size -> size.value(SIZES)).toArray();
  }

  /**
   * Newton's method from random points, which does not know of formulas; the best of a few, null if
   * none converged.
   */
  private static @Nullable Outcome iterated(String function, List<String> over) {
    Expression f = Nabla.parse(function, DECLARATIONS);
    Outcome best = null;
    for (int k = 0; k < 5; k++) {
      Random random = new Random(SEED + k);
      Map<String, NumericArray> start = new LinkedHashMap<>();
      for (Symbol s : f.variables()) {
        if (over.contains(s.name())) start.put(s.name(), numbers(s, random));
      }
      Objective objective = new Objective(f, data(f, over), start, Options.usual());
      assertThat(objective.hasHessian()).isTrue();
      Limits limits = new Limits(1e-8, 1000, System.nanoTime() + 60_000_000_000L, i -> {});
      Iterate first = new Iterate(objective, objective.start());
      Outcome outcome = new TrustRegion(objective, first, limits).minimize(0);
      if (outcome.status() != Status.CONVERGED) continue;
      if (best == null || outcome.last().value < best.last().value) best = outcome;
    }
    return best;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(";")).map(String::strip).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "least squares | norm2(A*x - b)^2 | x | inv(A'*A)*A'*b",
        "ridge | norm2(A*x - b)^2 + c*norm2(x)^2 | x | inv(c*eye(n) + A'*A)*A'*b",
        "weighted | (A*x - b)'*diag(y)*(A*x - b) | x | inv(A'*diag(y)*A)*A'*(b.*y)",
        "by weights | sum(y.*(A*x - b).^2) | x | inv(A'*diag(y)*A)*A'*(b.*y)",
        "generalised | (A*x - b)'*inv(S)*(A*x - b) | x | inv(A'*inv(S)*A)*A'*inv(S)*b",
        "Tikhonov | norm2(A*x - b)^2 + c*norm2(L*x)^2 | x | inv(c*L'*L + A'*A)*A'*b",
        "quadratic | x'*P*x/2 - q'*x | x | inv(P)*q",
        "matrices | normF(A*X - B)^2 | X | inv(A'*A)*A'*B",
        "ridge of matrices | normF(A*X - B)^2 + c*normF(X)^2 | X | inv(c*eye(n) + A'*A)*A'*B",
        "both sides | normF(A*X*F - C)^2 | X | inv(A'*A)*A'*C*F'*inv(F*F')",
        "Sylvester | normF(A*X - B)^2 + c*normF(X*F - D)^2 | X"
            + " | sylv(A'*A, c*F*F', c*D*F' + A'*B)",
        "mean | sum((y - z).^2) | z | sum(y)/m",
        "mean of rows | normF(M - ones(m)*v')^2 | v | M'*ones(m)/m",
        "proximal step | q'*x + norm2(x - v)^2/(2*t) | x | v - t*q",
        "alternating step | normF(T - U*V')^2 | U | T*V*inv(V'*V)",
        "other step | normF(T - U*V')^2 + c*normF(V)^2 | V | T'*U*inv(c*eye(r) + U'*U)",
        "mean of a normal distribution | tr((M - ones(m)*v')*inv(R)*(M - ones(m)*v')')/2 | v"
            + " | M'*ones(m)/m",
        "variance | c/2*log(z) + sum(y.^2)/(2*z) | z | norm2(y)^2/c",
        "with intercept | norm2(A*x + z - b)^2 | x; z"
            + " | inv(A'*(A - ones(m)*ones(m)'*A/m))'*A'*(b - sum(b)*ones(m)/m);"
            + " -sum(A*inv((A - ones(m)*ones(m)'*A/m)'*A)*A'*(b - sum(b)*ones(m)/m) - b)/m",
      })
  void free(String name, String function, String over, String formulas) {
    List<String> variables = list(over);
    Minimum found = solved(function, variables, list(formulas));
    assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.STRICT_MINIMUM);
    Outcome outcome = Objects.requireNonNull(iterated(function, variables));
    assertThat(found.value()).isCloseTo(outcome.last().value, within(SAME));
    double[] point =
        Nabla.parse(function, DECLARATIONS).variables().stream()
            .filter(s -> variables.contains(s.name()))
            .flatMapToDouble(
                s -> Arrays.stream(Objects.requireNonNull(found.point().get(s.name())).data()))
            .toArray();
    assertThat(point).containsExactly(outcome.last().point, within(SAME));
  }

  /**
   * Over matrices with properties, and where no point is the only one.
   *
   * @param free what stands for the variable in the function that is iterated, with a free Y; of
   *     several the best
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "covariance | c/2*logdet(R) + tr(inv(R)*E'*E)/2 | R | E^2/c | R | (Y*Y')",
        "precision | tr(R*E*E) - logdet(R) | R | inv(E^2) | R | (Y*Y')",
        "normal distribution"
            + " | c/2*logdet(R) + tr((M - ones(m)*v')*inv(R)*(M - ones(m)*v')')/2 | v; R"
            + " | M'*ones(m)/m; M'*(M - ones(m)*ones(m)'*M/m)/c | R | (Y*Y')",
        "nearest symmetric | normF(N - G)^2 | N | 0.5*(G + G') | N | (Y + Y')",
        "Procrustes | normF(A*H - M)^2 | H | polar(A'*M)"
            + " | H | CAYLEY; (MIRROR1*CAYLEY); (MIRROR3*CAYLEY)",
        "Procrustes from the left | normF(H*A' - M')^2 | H | polar(M'*A)"
            + " | H | CAYLEY; (MIRROR1*CAYLEY); (MIRROR3*CAYLEY)",
        "Rayleigh | x'*E*x/(x'*x) | x | vmin(E) | |",
        "Rayleigh of any matrix | x'*G*x/norm2(x)^2 | x | vmin(0.5*(G + G')) | |",
        "generalised Rayleigh | x'*E*x/(x'*P*x) | x"
            + " | inv(chol(P))'*vmin(inv(chol(P))*E*inv(chol(P))') | |",
      })
  void structured(
      String name, String function, String over, String formulas, String structured, String free) {
    List<String> variables = list(over);
    Minimum found = solved(function, variables, list(formulas));
    if (structured == null) assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.FLAT);
    else assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.STRICT_MINIMUM);
    assertThat(found.global()).isEqualTo(List.of("precision", "nearest symmetric").contains(name));
    List<String> moving = variables.stream().map(v -> v.equals(structured) ? "Y" : v).toList();
    double least = Double.POSITIVE_INFINITY;
    for (String each : list(free == null ? "" : mirrored(free))) {
      String other = structured == null ? function : function.replace(structured, each);
      Outcome outcome = iterated(other, moving);
      if (outcome != null) least = Math.min(least, outcome.last().value);
    }
    assertThat(found.value()).isCloseTo(least, within(SAME));
  }

  private static String mirrored(String free) {
    return free.replace("CAYLEY", CAYLEY)
        .replaceAll("MIRROR(\\d)", "(eye(n) - 2*unit($1,n)*unit($1,n)')");
  }

  /** At once, and by these formulas, whose derivation ends in them. */
  private static Minimum solved(String function, List<String> over, List<String> formulas) {
    Minimization question = question(function, over);
    Minimum found = question.minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    assertThat(found.reason()).startsWith("solved exactly: ");
    assertThat(found.iterations()).isZero();
    assertThat(found.gradientNorm()).isLessThanOrEqualTo(1e-8);
    assertThat(found.formula().keySet()).containsExactlyElementsOf(over);
    assertThat(found.formula().values()).containsExactlyElementsOf(formulas);
    assertThat(question.explain().stream().map(Step::right)).containsAll(formulas);
    return found;
  }

  @Test
  void everyLineIsWritten() {
    assertThat(question("norm2(x - a)^2", List.of("x")).explain())
        .extracting(step -> step.left() + " = " + step.right())
        .containsExactly("∂f/∂x = 2*(x - a*ones(n))", "x = a*ones(n)");
    assertThat(question("norm2(A*x - b)^2 + c*norm2(x)^2", List.of("x")).explain())
        .containsExactly(
            new Step("∂f/∂x", "2*(A'*(A*x - b) + c*x)", "the gradient"),
            new Step("∂f/∂x", "2*((c*eye(n) + A'*A)*x - A'*b)", "affine in x"),
            new Step("(c*eye(n) + A'*A)*x", "A'*b", "set to zero"),
            new Step("x", "inv(c*eye(n) + A'*A)*A'*b", "solved for x"));
  }

  /** What has no formula, or none for its data, is iterated. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm2(ones(m)*(x'*v) - b)^2 | FLAT | ; the formula gives no minimum for these data",
        "sum(exp(x)) - v'*x + norm2(x)^4 | STRICT_MINIMUM | ''",
      })
  void iterates(String function, Curvature.Kind kind, String remark) {
    Minimum found = question(function, List.of("x")).minimize();
    assertThat(found.status()).as(found.reason()).isEqualTo(Status.CONVERGED);
    assertThat(found.reason())
        .isEqualTo("converged: no entry of the gradient is above 1e-8" + remark);
    assertThat(found.formula()).isEmpty();
    assertThat(found.curvature().kind()).isEqualTo(kind);
  }

  /** The point of the formula is a saddle, from which the function falls. */
  @Test
  void aSaddleIsNoMinimum() {
    Minimum found = question("x'*E*x - 3*sum(x.^2) - q'*x", List.of("x")).minimize();
    assertThat(found.status()).isEqualTo(Status.UNBOUNDED);
    assertThat(found.formula()).isEmpty();
  }

  /** The same over matrices with a property: the point of the formula is a maximum. */
  @Test
  void aMaximumIsNoMinimum() {
    Minimum found = question("-logdet(R) - tr(inv(R)*P)", List.of("R")).minimize();
    assertThat(found.isConverged()).as(found.reason()).isFalse();
    assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.MAXIMUM);
    assertThat(found.formula()).isEmpty();
  }

  @Test
  void whereTheFormulaHasNoSuchMatrix() {
    Minimization question =
        Minimization.of(
                Nabla.parse("logdet(R) + tr(inv(R)*N)", "R: matrix[n,n] pd; N: matrix[n,n]"), "R")
            .bind("N", NumericArray.matrix(new double[] {1, 0}, new double[] {0, -1}));
    assertThatThrownBy(question::minimize)
        .isInstanceOfSatisfying(
            NablaException.class, e -> assertThat(e.diagnostic().code()).isEqualTo(Code.DOMAIN))
        .hasMessage(
            "the formula for R = 0.5*(N + N') has no value that is such a matrix for these data");
  }

  /** Rounding makes the formula inexact: it is never called a minimum where it is none. */
  @Test
  void illConditioned() {
    Expression f = Nabla.parse("norm2(A*x - b)^2", "b: vector[m]");
    for (int n = 2; n <= 10; n += 2) {
      for (double scale : new double[] {1, 1e3, 1e6}) {
        double[] hilbert = new double[n * n];
        int size = n;
        Arrays.setAll(hilbert, k -> scale / (k / size + k % size + 1));
        Minimum found =
            Minimization.of(f, "x")
                .bind("A", NumericArray.of(new int[] {n, n}, hilbert))
                .bind("b", NumericArray.vector(new Random(n).doubles(n).toArray()))
                .minimize();
        if (found.isConverged()) assertThat(found.gradientNorm()).isLessThanOrEqualTo(1e-8);
        else assertThat(found.reason()).startsWith("not converged");
        boolean strict = found.curvature().kind() == Curvature.Kind.STRICT_MINIMUM;
        assertThat(found.formula().isEmpty()).isEqualTo(!strict || !found.isConverged());
      }
    }
  }

  /** So many variables that the Hessian is not formed: the kind is that of its factors. */
  @Test
  void manyVariables() {
    Random random = new Random(SEED);
    NumericArray a = NumericArray.of(new int[] {40, 30}, random.doubles(1200, -1, 1).toArray());
    NumericArray b = NumericArray.of(new int[] {40, 50}, random.doubles(2000, -1, 1).toArray());
    Minimum found =
        Minimization.of(Nabla.parse("normF(A*X - B)^2"), "X").bind("A", a).bind("B", b).minimize();
    assertThat(found.reason()).isEqualTo("solved exactly: the gradient is affine in X");
    assertThat(found.curvature().kind()).isEqualTo(Curvature.Kind.STRICT_MINIMUM);
    double[] d = random.doubles(500, 1, 2).toArray();
    Minimization question =
        Minimization.of(Nabla.parse("x'*diag(d)*x - q'*x", "d, x, q: vector[n]"), "x")
            .bind("q", NumericArray.vector(random.doubles(500).toArray()));
    Minimum large = question.bind("d", NumericArray.vector(d)).minimize();
    assertThat(large.isConverged()).as(large.reason()).isTrue();
    d[7] = -1;
    Minimum saddle = question.bind("d", NumericArray.vector(d)).minimize();
    assertThat(saddle.isConverged()).as(saddle.reason()).isFalse();
  }
}
