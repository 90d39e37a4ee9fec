package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import nabla.Expression;
import nabla.Nabla;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Convexity.Counterexample;
import nabla.optimize.Convexity.Kind;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is claimed of labelled functions, and that each claim and each refutation holds. */
class ConvexityTest {
  /** A line of a table. */
  record Function(String label, String text, String declarations, String over) {
    Expression expression() {
      return Nabla.parse(text, declarations);
    }

    Convexity convexity() {
      return Convexity.of(
          expression(), over.isEmpty() ? new String[0] : over.split("\\s*,\\s*", -1));
    }

    @Override
    public String toString() {
      return text + " over " + over;
    }
  }

  private static List<Function> table(String file, String label) {
    List<Function> functions = new ArrayList<>();
    try (InputStream in = ConvexityTest.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (line.isBlank() || line.startsWith("#")) continue;
        List<String> parts =
            new ArrayList<>(Stream.of(line.split("\\|", -1)).map(String::strip).toList());
        if (!label.isEmpty()) parts.addFirst(label);
        functions.add(new Function(parts.get(0), parts.get(1), parts.get(2), parts.get(3)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return functions;
  }

  static List<Function> labelled() {
    return table("/convexity.txt", "");
  }

  static List<Function> notConvex() {
    return table("/not-convex.txt", "not");
  }

  static Stream<Function> all() {
    return Stream.concat(labelled().stream(), notConvex().stream());
  }

  @Test
  void howManyAreProved() {
    Map<String, Integer> count = new HashMap<>();
    Map<String, Integer> proved = new HashMap<>();
    for (Function f : labelled()) {
      count.merge(f.label(), 1, Integer::sum);
      if (f.convexity().isConvex()) proved.merge(f.label(), 1, Integer::sum);
    }
    assertThat(count).isEqualTo(Map.of("convex", 30, "refused", 15, "not", 15));
    assertThat(proved).isEqualTo(Map.of("convex", 30, "refused", 15));
  }

  @ParameterizedTest
  @MethodSource("notConvex")
  void nothingIsClaimedOfWhatIsNotConvex(Function f) {
    assertThat(f.convexity().isConvex()).isFalse();
  }

  /** By values alone: the middle of a chord, and the modulus of strong convexity. */
  @ParameterizedTest
  @MethodSource("all")
  void whatIsClaimedHoldsOnChords(Function f) {
    Convexity claimed = f.convexity();
    if (claimed.isConvex() || claimed.isConcave()) {
      assertThat(Claims.violation(f.expression(), claimed, new Random(3), 200)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void counterexamplesAreSome(Function f) {
    Convexity c = f.convexity();
    c.notConvex().ifPresent(e -> assertThat(difference(f.expression(), e)).isNegative());
    c.notConcave().ifPresent(e -> assertThat(difference(f.expression(), e)).isPositive());
    if (f.label().equals("not"))
      assertThat(c.notConvex().isPresent() || c.kind() == Kind.UNKNOWN).isTrue();
    if (c.kind() == Kind.NEITHER) {
      Counterexample below = c.notConvex().orElseThrow();
      Counterexample above = c.notConcave().orElseThrow();
      for (String name : below.point().keySet()) {
        if (c.over().contains(name)) continue;
        assertThat(Points.array(below.point(), name).data())
            .isEqualTo(Points.array(above.point(), name).data());
      }
    }
  }

  /** Of what is the same number everywhere but for rounding, and of what overflows soon. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lse(x + t) - lse(x) - t      | x: vector[n]; t: scalar
          smax(X) - sqrt(lmax(X'*X))   | X: matrix[m,n]
          nuc(x*y') - norm2(x)*norm2(y) | x: vector[m]; y: vector[n]
          det(softmax(x)*softmax(x)')  | x: vector[2]
          det(x*x')                    | x: vector[2]
          det(A*X) - det(A)*det(X)     | A, X: matrix[n,n]
          exp(exp(x[1] + x[2]))        | x: vector[n]
          cosh(exp(sum(x)))            | x: vector[n]
          exp(sum(x)^4)                | x: vector[n]
          """)
  void roundingIsNoCounterexample(String text, String declarations) {
    Convexity found = Convexity.of(Nabla.parse(text, declarations));
    assertThat(found.notConvex()).as("%s", found.kind()).isEmpty();
    assertThat(found.kind()).isNotEqualTo(Kind.NEITHER);
  }

  /** Of each of the 15 that are not convex there is a counterexample. */
  @Test
  void whatIsNotConvexIsRefuted() {
    for (Function f : labelled()) {
      if (f.label().equals("not")) assertThat(f.convexity().notConvex()).as("%s", f).isPresent();
    }
  }

  private static double difference(Expression f, Counterexample e) {
    Map<String, NumericArray> end = new HashMap<>(e.point());
    e.direction()
        .keySet()
        .forEach(
            name ->
                end.put(
                    name, sum(Points.array(e.point(), name), Points.array(e.direction(), name))));
    double at = Points.value(f, e.point());
    double after = Points.value(f, end);
    double before = Points.value(f, Points.between(e.point(), end, -1, e.direction().keySet()));
    return (after - at) - (at - before);
  }

  private static NumericArray sum(NumericArray x, NumericArray y) {
    double[] sum = x.data().clone();
    for (int k = 0; k < sum.length; k++) sum[k] += y.data()[k];
    return NumericArray.of(x.shape(), sum);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm2(A*x - b)^2 + c*norm2(x)^2 | c: scalar positive; b: vector[m] | x | STRONGLY_CONVEX |"
            + " 2*c",
        "norm2(A*x - b)^2 + c*norm2(x)^2 | c: scalar nonnegative; b: vector[m] | x | CONVEX |",
        "x'*x/2 + exp(x[1]) | x: vector[3] | x | STRONGLY_CONVEX | 1",
        "3*norm2(2*x - b)^2 | x, b: vector[n] | x | STRONGLY_CONVEX | 24",
        "norm2(x)^2 + norm2(y)^2/2 | x, y: vector[n] | x, y | STRONGLY_CONVEX | 1",
        "norm2(x)^2 + norm1(y) | x, y: vector[n] | x, y | CONVEX |",
        "x^2 - x*y + y^2 | x, y: scalar | x, y | CONVEX |",
        "norm2(x - y)^2 | x, y: vector[n] | x, y | CONVEX |",
        "norm2(x - y)^2 | x, y: vector[n] | x | STRONGLY_CONVEX | 2",
        "b'*x + c | b: vector[n]; c: scalar | x | AFFINE |",
        "x'*A*y | x: vector[m] | y | AFFINE |",
        "x'*A*y | x: vector[m] | x, y | NEITHER |",
        "sum(log(x)) | x: vector[n] | x | CONCAVE |",
        "logdet(X) | X: matrix[n,n] pd | X | CONCAVE |",
        "x^2*exp(x) | x: scalar positive | x | CONVEX |",
        "x*exp(x) | x: scalar nonnegative | x | CONVEX |",
        "c*x^2 | c, x: scalar | x | UNKNOWN |",
        "x'*diag(w)*x | w, x: vector[n] | x | NEITHER |",
      })
  void kinds(String text, String declarations, String over, Kind kind, String modulus) {
    Convexity c = new Function("", text, declarations, over).convexity();
    assertThat(c.kind()).as("%s", c.reason()).isEqualTo(kind);
    assertThat(c.modulus().orElse(null)).isEqualTo(modulus);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A*x | | x | KIND | the function is a vector; only a scalar may be convex",
        "norm2(x) | | y | WRT | y is no variable of the function",
        "x'*A*x | x: vector[n] unit | x | UNSUPPORTED | x is declared unit: the set of such x is"
            + " not convex",
      })
  void refused(String text, String declarations, String over, Code code, String message) {
    assertThatThrownBy(
            () ->
                new Function("", text, declarations == null ? "" : declarations, over).convexity())
        .isInstanceOfSatisfying(
            NablaException.class,
            e -> {
              assertThat(e.diagnostic().code()).isEqualTo(code);
              assertThat(e).hasMessageContaining(message);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"sum(exp(x)) - sum(x) | true", "x[1]^4 + x[2]^2 - x[1]^2 | false"})
  void whetherAMinimumIsGlobal(String text, boolean global) {
    Expression f = Nabla.parse(text, "x: vector[2]");
    Minimum found = Minimization.of(f, "x").minimize();
    assertThat(found.isConverged()).isTrue();
    assertThat(Convexity.of(f, "x").isGlobal(found)).isEqualTo(global);
  }
}
