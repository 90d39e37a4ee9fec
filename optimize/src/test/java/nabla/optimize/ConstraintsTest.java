package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.Expression;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minima among points that meet constraints. */
class ConstraintsTest {
  private static final double SAME = 1e-7;

  /** Problems whose answer is known: those of Hock and Schittkowski by their number. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a bound that holds      | norm2(x)^2                            | x >= 1                | 0, 0          | 1, 1      | 2
          a bound that is loose   | norm2(x)^2                            | x >= -1               | 5, 5          | 0, 0      | 0
          an interval             | norm2(x - 2)^2                        | -1 <= x <= 1          | 0, 0          | 1, 1      | 2
          one entry               | norm2(x)^2                            | x[1] >= 3             | 0, 0          | 3, 0      | 9
          a scaled entry          | norm2(x)^2                            | 2*x[2] <= -4          | 0, 0          | 0, -2     | 4
          an entry that is fixed  | norm2(x - 1)^2                        | x[1] = 4              | 0, 0          | 4, 1      | 9
          a plane                 | norm2(x)^2                            | sum(x) = 1            | 0, 0          | 0.5, 0.5  | 0.5
          a simplex               | x[1] + 2*x[2]                         | sum(x) = 1; x >= 0    | 0.5, 0.5      | 1, 0      | 1
          entropy                 | sum(x.*log(x))                        | sum(x) = 1; x >= 0    | 0.3, 0.3      | 0.5, 0.5  | -0.69314718056
          a circle                | x[1] + x[2]                           | x'*x = 2              | -1.5, 0.1     | -1, -1    | -2
          a disk                  | norm2(x - 3)^2                        | x'*x <= 2             | 0, 0          | 1, 1      | 8
          a row                   | norm2(x - 3)^2                        | sum(x)*x' <= 1        | 0, 0          | 0.707106781187, 0.707106781187 | 10.5147186258
          a jump beside an entry  | (x[1] - 5)^2 + x[2]^2                 | x[1] + sign(x[1]) <= 2 | 0.5, 0       | 1, 0      | 16
          outside a disk, from its centre | norm2(x - 0.1)^2            | x'*x >= 2             | 0, 0          | 1, 1      | 1.62
          HS 1                    | 100*(x[2]-x[1]^2)^2 + (1-x[1])^2      | x[2] >= -1.5          | -2, 1         | 1, 1      | 0
          HS 3                    | x[2] + 1e-5*(x[2]-x[1])^2             | x[2] >= 0             | 10, 1         | 0, 0      | 0
          HS 4                    | (x[1]+1)^3/3 + x[2]                   | x[1] >= 1; x[2] >= 0  | 1.125, 0.125  | 1, 0      | 2.66666666667
          HS 6                    | (1-x[1])^2                            | 10*(x[2]-x[1]^2) = 0  | -1.2, 1       | 1, 1      | 0
          HS 7                    | log(1+x[1]^2) - x[2]                  | (1+x[1]^2)^2 + x[2]^2 = 4 | 2, 2      | 0, 1.73205080757 | -1.73205080757
          HS 10                   | x[1] - x[2]                           | -3*x[1]^2 + 2*x[1]*x[2] - x[2]^2 + 1 >= 0 | -10, 10 | 0, 1 | -1
          HS 12                   | 0.5*x[1]^2 + x[2]^2 - x[1]*x[2] - 7*x[1] - 7*x[2] | 25 - 4*x[1]^2 - x[2]^2 >= 0 | 0, 0 | 2, 3 | -30
          HS 14                   | (x[1]-2)^2 + (x[2]-1)^2               | -0.25*x[1]^2 - x[2]^2 + 1 >= 0; x[1] - 2*x[2] + 1 = 0 | 2, 2 | 0.822875655532, 0.911437827766 | 1.39346498069
          HS 21                   | 0.01*x[1]^2 + x[2]^2 - 100            | 10*x[1] - x[2] - 10 >= 0; 2 <= x[1] <= 50; -50 <= x[2] <= 50 | -1, -1 | 2, 0 | -99.96
          HS 22                   | (x[1]-2)^2 + (x[2]-1)^2               | -x[1] - x[2] + 2 >= 0; -x[1]^2 + x[2] >= 0 | 2, 2 | 1, 1 | 1
          """)
  void findsTheMinimum(
      String name, String function, String constraints, String start, String point, double value) {
    Minimum found =
        Minimization.of(Expression.parse(function, "x: vector[2]"), "x")
            .subjectTo(constraints.split(";"))
            .from("x", vector(start))
            .minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(found.value()).isCloseTo(value, within(SAME * Math.max(1, Math.abs(value))));
    assertThat(x(found)).containsExactly(vector(point).data(), within(1e-6));
    assertThat(found.violation()).isLessThanOrEqualTo(1e-8);
    assertThat(found.gradientNorm()).isLessThanOrEqualTo(1e-8);
  }

  /** What leads down along an entry alone leads out of the limits: that is no saddle. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prod(x)          | 0.5, 0.7
          prod(x)          | 1, 2
          prod(x)          | 0.5, 0.7, 0.9
          prod(x)          | 3, 1, 2
          x[1]*x[2]        | 2, 0.1
          1 + x[1]*sin(x[2]) | 0.3, 0.4
          """)
  void limitsAreNoSaddles(String function, String start) {
    int size = vector(start).count();
    Minimum found =
        Minimization.of(Expression.parse(function, "x: vector[" + size + "]"), "x")
            .subjectTo("x >= 0", "x <= 3")
            .from("x", vector(start))
            .minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(found.curvature().kind()).isNotEqualTo(Curvature.Kind.SADDLE);
    assertThat(found.value()).isCloseTo(function.startsWith("1") ? 1 : 0, within(1e-8));
  }

  /** In whatever unit a constraint is written, the same point meets it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1e-6*sum(x) = 1e-6          | 0.5, 0.5   | -1e6
          1e6*sum(x) = 1e6            | 0.5, 0.5   | -1e-6
          1e-7*sum(x) >= 1e-7         | 0.5, 0.5   | 1e7
          1e5*x'*x = 1e5              | 1, 0       | 0
          1e-6*(x[1] + 2*x[2]) <= -5e-6 | -1, -2   | 2e6
          """)
  void unitsOfConstraintsDoNotMatter(String constraint, String point, double multiplier) {
    Minimum found =
        Minimization.of(Expression.parse("norm2(x)^2", "x: vector[2]"), "x")
            .subjectTo(constraint)
            .from("x", vector("2, 0"))
            .minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(Math.hypot(x(found)[0], x(found)[1]))
        .isCloseTo(Math.hypot(vector(point).data()[0], vector(point).data()[1]), within(SAME));
    if (multiplier == 0) return;
    assertThat(x(found)).containsExactly(vector(point).data(), within(SAME));
    assertThat(multiplier(found, constraint)[0])
        .isCloseTo(multiplier, within(SAME * Math.abs(multiplier)));
  }

  /** Functions with kinks, which have no gradient where they are least. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soft threshold        | norm2(x - v)^2/2 + c*norm1(x)   |                | 2, 0, -0.5   | 3.625
          by entries            | sum((x - v).^2)/2 + sum(c*abs(x)) |              | 2, 0, -0.5   | 3.625
          median                | norm1(x - v)                    |                | 3, 0.5, -1.5 | 0
          the largest entry     | max(x) + norm2(x - v)^2/2       |                | 2, 0.5, -1.5 | 2.5
          the largest size      | norminf(x) + norm2(x - v)^2/2   |                | 2, 0.5, -1.5 | 2.5
          hinges                | sum(relu(1 - x)) + norm2(x)^2/4 |                | 1, 1, 1      | 0.75
          a ball of norm1       | norm2(x - v)^2                  | norm1(x) <= 1  | 1, 0, 0      | 6.5
          a ball of norminf     | norm2(x - v)^2                  | norminf(x) <= 1 | 1, 0.5, -1  | 4.25
          both                  | norm2(x - v)^2/2 + c*norm1(x)   | x <= 1         | 1, 0, -0.5   | 4.125
          a positive constant   | norm2(x - v)^2/2 + 2^2/sqrt(16)*norm1(x) |       | 2, 0, -0.5   | 3.625
          in a row              | norm2(x - v)^2/2 + sum(abs(x')) |                | 2, 0, -0.5   | 3.625
          squared               | norm1(x)^2/2 + norm2(x - v)^2/2 |                | 1.5, 0, 0    | 3.5
          """)
  void kinksAreMinimised(
      String name, String function, String constraint, String point, double value) {
    Expression f = Expression.parse(function, "x, v: vector[n]; c: scalar");
    NumericArray v = NumericArray.vector(3, 0.5, -1.5);
    NumericArray c = NumericArray.scalar(1);
    Minimization asked = Minimization.of(f, "x").bind("v", v);
    if (f.mentions("c")) asked = asked.bind("c", c);
    if (constraint != null) asked = asked.subjectTo(constraint);
    Minimum found = asked.minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(found.point()).containsOnlyKeys("x");
    assertThat(x(found)).containsExactly(vector(point).data(), within(1e-6));
    assertThat(found.value()).isCloseTo(value, within(1e-6));
    Map<String, NumericArray> known = Map.of("x", NumericArray.vector(x(found)), "v", v, "c", c);
    assertThat(found.value())
        .as("of the function, not of bounds for it")
        .isEqualTo(ClosedForm.value(f, known, 1).data()[0]);
  }

  /** Kinks that no variable can replace: where one is, the gradient that is computed may be 0. */
  @ParameterizedTest(name = "{0} from {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x[1]^2 - abs(x[1]) + x[2]^2                 |                | 0, 0 | -0.25
          sum(x.^4) - norm1(x)                        |                | 0, 0 | -0.944940787421
          norm2(x)^2 - sum(relu(x))                   |                | 0, 0 | -0.5
          norm2(x)^2 - max(x)                         | norm1(x) <= 1  | 0, 0 | -0.25
          norm1(abs(x) - 1)                           |                | 0, 0 | 0
          1/(1 + x[1]^2) + relu(abs(x[1]) - 1) + x[2]^2 |              | 0, 0 | 0.5
          """)
  void kinksAreLeft(String function, String constraint, String start, double value) {
    Minimization asked =
        Minimization.of(Expression.parse(function, "x: vector[2]"), "x").from("x", vector(start));
    if (constraint != null) asked = asked.subjectTo(constraint);
    Minimum found = asked.minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(found.value()).isCloseTo(value, within(1e-6));
  }

  /** The least value is never reached, also where limits or kinks are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(exp(-x))  | x >= 0
          sum(1./x)     | x >= 1
          3*max(-x)     | x >= -1
          norm1(x) - 2*sum(x) | x >= -1
          -1e-9*sum(x)  | x >= 0
          """)
  void noLeastValue(String function, String constraint) {
    Minimum found =
        Minimization.of(Expression.parse(function, "x: vector[2]"), "x")
            .subjectTo(constraint)
            .minimize();
    assertThat(found.status()).isEqualTo(Minimum.Status.UNBOUNDED);
  }

  /** Without a start it begins within limits, also where the function is not finite on them. */
  @Test
  void beginsWithinLimits() {
    Minimum found =
        Minimization.of(Expression.parse("-sum(log(-x - 1)) - sum(x)", "x: vector[2]"), "x")
            .subjectTo("-3 <= x <= -1")
            .minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(x(found)).containsExactly(new double[] {-2, -2}, within(1e-6));
  }

  @Test
  void limitsMayLeaveZeroAlone() {
    Box box = new Box(new double[] {0.0}, new double[] {-0.0});
    assertThat(box.slope(new double[] {-0.0}, new double[] {1})[0]).isZero();
  }

  /** A limit that is there twice, and a constraint that is said twice, have one multiplier. */
  @Test
  void multipliersAreNotCountedTwice() {
    Minimization asked = Minimization.of(Expression.parse("norm2(x)^2", "x: vector[2]"), "x");
    Minimum limited = asked.subjectTo("x >= 1", "2*x >= 2").minimize();
    assertThat(multiplier(limited, "x >= 1")).containsExactly(2, 2);
    assertThat(multiplier(limited, "2*x >= 2")).containsExactly(0, 0);
    Minimum repeated = asked.subjectTo("sum(x) >= 1", "sum(x) >= 1").minimize();
    assertThat(multiplier(repeated, "sum(x) >= 1")).containsExactly(new double[] {1}, within(1e-6));
  }

  private static double[] x(Minimum found) {
    return Objects.requireNonNull(found.point().get("x")).data();
  }

  private static double[] multiplier(Minimum found, String constraint) {
    return Objects.requireNonNull(found.multipliers().get(constraint)).data();
  }

  private static NumericArray vector(String text) {
    return NumericArray.vector(
        Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray());
  }

  /** At the minimum of c'x, c + A'y - z = 0 for A*x <= b and x >= 0. */
  @Test
  void multipliersOfALinearProgram() {
    Minimum found =
        Minimization.of(Expression.parse("-3*x[1] - 5*x[2]", "x: vector[2]; b: vector[3]"), "x")
            .subjectTo("A*x <= b", "x >= 0")
            .bind("A", NumericArray.matrix(new double[][] {{1, 0}, {0, 2}, {3, 2}}))
            .bind("b", NumericArray.vector(4, 12, 18))
            .minimize();
    assertThat(found.isConverged()).as(found.reason()).isTrue();
    assertThat(found.value()).isCloseTo(-36, within(1e-6));
    assertThat(x(found)).containsExactly(new double[] {2, 6}, within(1e-6));
    assertThat(multiplier(found, "A*x <= b"))
        .containsExactly(new double[] {0, 1.5, 1}, within(1e-6));
    assertThat(multiplier(found, "x >= 0")).containsExactly(0, 0);
  }

  @Test
  void whatCannotBeMetIsSaid() {
    Expression function = Expression.parse("norm2(x)^2", "x: vector[2]");
    Minimum found =
        Minimization.of(function, "x").subjectTo("sum(x) = 1", "x'*x <= 0.1").minimize();
    assertThat(found.status()).isEqualTo(Minimum.Status.INFEASIBLE);
    assertThatThrownBy(
            () -> Minimization.of(function, "x").subjectTo("x >= 1", "x <= 0").minimize())
        .isInstanceOf(NablaException.class)
        .hasMessage("no point meets the constraints: limits contradict");
  }

  @Test
  void whatIsNoConstraintIsSaid() {
    Minimization asked = Minimization.of(Expression.parse("norm2(x)^2"), "x");
    for (String text : List.of("x", "x >", "= 1")) {
      assertThatThrownBy(() -> asked.subjectTo(text)).hasMessageContaining("is no constraint");
    }
    for (String text : List.of("x >= 0, x <= 1", "x >= 0; x <= 1")) {
      assertThatThrownBy(() -> asked.subjectTo(text)).hasMessageContaining("several constraints");
    }
    assertThatThrownBy(() -> asked.subjectTo("x > 0")).hasMessageContaining("write >= instead");
  }
}
