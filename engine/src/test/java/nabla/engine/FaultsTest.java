package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Nabla;
import nabla.Output;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with data is said, or comes out as IEEE arithmetic has it. */
class FaultsTest {
  private static CompiledFunction value(String function, String declarations) {
    return Nabla.parse(function, declarations).compile(Output.value());
  }

  private static void refuses(CompiledFunction f, Map<String, ?> point, Code code, String message) {
    assertThatThrownBy(() -> f.evaluate(point))
        .isInstanceOfSatisfying(
            NablaException.class, e -> assertThat(e.diagnostic().code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void sizesThatDoNotFit() {
    CompiledFunction f = value("norm2(A*x)", "");
    double[][] a = {{1, 2}, {3, 4}};
    refuses(f, Map.of("A", a, "x", new double[] {1, 2, 3}), Code.VALUE, "x makes n = 3");
    refuses(f, Map.of("A", a), Code.VALUE, "x has no data");
    refuses(f, Map.of("A", a, "x", 3), Code.VALUE, "x has 1 axis, but its data has 0");
    refuses(f, Map.of("A", a, "x", "three"), Code.VALUE, "x is a number, a double[]");
    refuses(f, Map.of("A", a, "z", 3), Code.VALUE, "z is no variable");
  }

  @Test
  void dataThatContradictAProperty() {
    CompiledFunction f = value("logdet(S)", "S: matrix[n,n] pd");
    double[][] good = {{2, 1}, {1, 2}};
    double[][] bad = {{1, 2}, {2, 1}};
    assertThat(f.evaluate(Map.of("S", good)).value()).isCloseTo(Math.log(3), within(1e-15));
    refuses(f, Map.of("S", bad), Code.PROPERTY, "S is declared pd, but its data is not");
    refuses(f.bind("S", bad), Map.of(), Code.PROPERTY, "S is declared pd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(x) | NaN | NaN
          sum(exp(x)) | Infinity | Infinity
          sum(exp(x)) | -Infinity | 2.718281828459045
          lse(x) | Infinity | Infinity
          lse(x) | -Infinity | 1
          sum(softmax(x)) | -Infinity | 1
          max(x) | -Infinity | 1
          x'*x | NaN | NaN
          sum(relu(x)) | -Infinity | 1
          sum(1./x) | 0 | Infinity
          sum(log(x)) | -1 | NaN
          """)
  void numbersThatAreNone(String function, double first, double expected) {
    CompiledFunction f = value(function, "x: vector[n]");
    Map<String, double[]> point = Map.of("x", new double[] {first, 1});
    Double found = f.evaluate(point).value();
    assertThat(found).isEqualTo(Double.valueOf(expected));
    Double single = f.inSinglePrecision().evaluate(point).value();
    assertThat(single).isEqualTo(Double.valueOf((float) expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[softmax(x); y]", "[A*softmax(x); y]", "[A*(A*softmax(x)); y]"})
  void oneBlockDoesNotMatterToAnother(String function) {
    CompiledFunction f = value(function, "A: matrix[2,2]; x: vector[2]; y: vector[1]");
    double[][] a = {{1, 2}, {3, 4}};
    double[] nothing = {Double.NaN, 1};
    NumericArray found =
        f.evaluate(Map.of("A", a, "x", nothing, "y", new double[] {7})).get(Output.value()).dense();
    assertThat(found.data()).containsExactly(Double.NaN, Double.NaN, 7);
  }

  /** The sum of many exponentials, relative to the largest, is a small number. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 14})
  void powersOfSoftmaxStayFinite(int power) {
    CompiledFunction f = value("sum((A*softmax(x)).^" + power + ")", "").inSinglePrecision();
    double[][] ones = new double[2][5000];
    for (double[] row : ones) Arrays.fill(row, 1);
    double[] x = new double[5000];
    x[17] = 200;
    Double found = f.evaluate(Map.of("A", ones, "x", x)).value();
    assertThat(found).isCloseTo(2, within(1e-4));
  }

  @Test
  void singularMatrices() {
    double[][] singular = {{0, 1}, {0, 2}};
    double[][] nothing = {{Double.NaN, 1}, {1, 2}};
    CompiledFunction inverse = value("inv(A)", "");
    CompiledFunction solution = value("A\\b", "b: vector[n]");
    CompiledFunction logarithm = value("logdet(A)", "");
    CompiledFunction determinant = value("det(A)", "");
    for (double[][] a : new double[][][] {singular, nothing}) {
      NumericArray inverted = inverse.evaluate(Map.of("A", a)).get(Output.value()).dense();
      assertThat(inverted.data()).containsOnly(Double.NaN);
      double[] b = {1, 1};
      assertThat(solution.evaluate(Map.of("A", a, "b", b)).get(Output.value()).dense().data())
          .containsOnly(Double.NaN);
    }
    assertThat(logarithm.evaluate(Map.of("A", singular)).value())
        .isEqualTo(Double.valueOf(Double.NEGATIVE_INFINITY));
    assertThat(logarithm.evaluate(Map.of("A", nothing)).value()).isNaN();
    assertThat(determinant.evaluate(Map.of("A", singular)).value()).isZero();
    assertThat(determinant.evaluate(Map.of("A", nothing)).value()).isNaN();
  }

  /** As the reference has it, and the same entry everywhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inv(A) | 1 0; 0 0 | NaN
          A\\B | 1 0; 0 0 | NaN
          A'\\B | 1 0; 0 0 | NaN
          B*inv(A) | 1 0; 0 0 | NaN
          inv(A)*x | 1 0; 0 0 | NaN
          inv(A)*x | 0 | NaN
          inv(A+A')*x | 1 0; 0 0 | NaN
          det(A) | 1 0; 0 0 | 0
          det(A+A') | 2 2; 2 2 | 0
          logdet(A) | 1 0; 0 0 | -Infinity
          logdet(A+A') | 2 2; 2 2 | -Infinity
          inv(A) | 2 2; 2 2 | NaN
          A\\B | 2 2; 2 2 | NaN
          inv(A)*x | 6 3; 3 1.5 | NaN
          det(A) | 2 2; 2 2 | 0
          logdet(A) | 2 2; 2 2 | -Infinity
          logdet(A) | 0 1; 1 0 | NaN
          log(det(A)) | 0 1; 1 0 | NaN
          log(det(A)) | 2 2; 2 2 | -Infinity
          inv(A) | Infinity 0; 0 1 | NaN
          inv(A+A') | Infinity 0; 0 1 | NaN
          inv(A+A') | 1 0; 0 Infinity | NaN
          inv(A+A') | 1 Infinity; 0 1 | NaN
          inv(A+A')*x | Infinity 0; 0 1 | NaN
          det(A) | Infinity 0; 0 1 | NaN
          det(A+A') | Infinity 0; 0 1 | NaN
          logdet(A) | Infinity 0; 0 1 | NaN
          logdet(A+A') | Infinity 0; 0 1 | NaN
          logdet(A+A') | NaN 0; 0 1 | NaN
          det(A) | 1e200 0 0 0; 0 1e200 0 0; 0 0 1e-200 0; 0 0 0 1e-200 | 1
          det(A) | 0 1e200 0 0; 1e200 0 0 0; 0 0 1e-200 0; 0 0 0 1e-200 | -1
          det(A+A') | 1e200 0 0 0; 0 1e200 0 0; 0 0 1e-200 0; 0 0 0 1e-200 | 16
          det(A) | 1e-200 0; 0 1e-200 | 0
          det(A) | 1e200 0; 0 -1e200 | -Infinity
          det(A) | 1e-310 0; 0 1e300 | 1e-10
          log(det(A)) | 1e-200 0; 0 1e-200 | -921.0340371976183
          log(2*det(A)) | 1e200 0; 0 1e200 | 921.7271843781782
          """)
  void matricesAtTheEdge(String function, String matrix, double expected) {
    NumericArray a = NumericArray.matrix(rows(matrix));
    int n = a.size(0);
    double[][] b = new double[n][n];
    double[] x = new double[n];
    for (int i = 0; i < n; i++) b[i][i] = x[i] = i + 1;
    Map<String, NumericArray> data =
        Map.of("A", a, "B", NumericArray.matrix(b), "x", NumericArray.vector(x));
    Expression expression = Expression.parse(function, "A: matrix[n,n]; B: matrix[n,n]");
    Map<String, NumericArray> point = new HashMap<>();
    for (Symbol s : expression.variables()) point.put(s.name(), data.get(s.name()));
    NumericArray found =
        expression.compile(Output.value()).evaluate(point).get(Output.value()).dense();
    Compilation asked = expression.compilation(List.of(Output.value()));
    NumericArray reference =
        ReferenceInterpreter.evaluate(
            asked.tensors().getFirst(), new Binding(asked.sizes(point), point));
    for (NumericArray each : List.of(found, reference)) {
      for (double entry : each.data()) {
        if (!Double.isFinite(expected)) assertThat((Double) entry).isEqualTo((Double) expected);
        else assertThat(entry).isCloseTo(expected, within(1e-13 * Math.abs(expected)));
      }
    }
  }

  private static double[][] rows(String matrix) {
    return Stream.of(matrix.split(";"))
        .map(row -> Stream.of(row.strip().split(" ")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          symmetric | 2e-12 1e-12; 0 2e-12
          symmetric | 1e6 1e-4; 2e-4 1
          skew | 0 1e-12; 1e-12 0
          pd | 2e-12 1e-12; 0 2e-12
          pd | 1 1; 1 1
          pd | 1 2; 2 1
          pd | Infinity 0; 0 1
          psd | 1e-12 0; 0 -1e-12
          psd | 1e12 0; 0 -1
          toeplitz | 1e-12 0; 0 2e-12
          idempotent | 1e-12 0; 0 1e-12
          orthogonal | 1 1; 0 1
          invertible | 1 2; 2 4
          invertible | 1 2 3; 4 5 6; 7 8 9
          """)
  void propertiesThatDataHaveNot(String property, String matrix) {
    refusesProperty(property, matrix, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          symmetric | 2e-12 1e-12; 1.0000000001e-12 2e-12
          symmetric | Infinity 0; 0 1
          skew | 0 1e-12; -1e-12 0
          pd | 2e-12 1e-12; 1e-12 2e-12
          pd | 1e20 1; 1 1e-18
          psd | 0 0; 0 0
          psd | 1 1; 1 1
          psd | 1e-12 1e-12; 1e-12 1e-12
          psd | 1 0; 0 -1e-15
          toeplitz | 1e-12 2e-12; 0 1e-12
          idempotent | 1e6 1e6; -999999 -999999
          orthogonal | 0 1; -1 0
          invertible | 1 0; 0 1e-200
          """)
  void propertiesThatDataHave(String property, String matrix) {
    refusesProperty(property, matrix, false);
  }

  /** Whether all ways to give data have it refused. */
  private static void refusesProperty(String property, String matrix, boolean refused) {
    NumericArray a = NumericArray.matrix(rows(matrix));
    Expression e = Expression.parse("sum(A)", "A: matrix[n,n] " + property);
    CompiledFunction f = e.compile(Output.value());
    int n = a.size(0);
    double[][] unit = new double[n][n];
    for (int i = 0; i < n; i++) unit[i][i] = 1;
    List<ThrowableAssert.ThrowingCallable> ways =
        new ArrayList<>(
            List.of(() -> e.value(Map.of("A", a)), () -> f.bind("A", a).evaluate(Map.of())));
    if (!property.equals("skew")) {
      Evaluator evaluator = f.evaluator(Map.of("A", unit));
      if (isSeen(property)) ways.add(() -> evaluator.set("A", a.data()));
      f.evaluate(Map.of("A", unit));
      ways.add(() -> f.evaluate(Map.of("A", a)));
    }
    for (var way : ways) {
      if (refused) {
        assertThatThrownBy(way).hasMessage("A is declared " + property + ", but its data is not");
      } else {
        assertThatCode(way).doesNotThrowAnyException();
      }
    }
  }

  /** The other columns of sqrt(exp(X)*inv(A)) are NaN. */
  @Test
  void whatNobodyReadsMayBeNaN() {
    String declarations = "A: matrix[n,n]; X: matrix[n,n]; B: matrix[n,n]";
    Map<String, Object> point =
        Map.of(
            "A", new double[][] {{1, 2, 0}, {0, 1, 1}, {1, 0, 2}},
            "X", new double[][] {{1, -2, 1}, {2, -1, 3}, {1, -3, 2}},
            "B", new double[][] {{1, 2, 3}, {0, 1, 4}, {2, 2, 1}});
    List<double[]> derivatives = new ArrayList<>();
    for (String f : List.of("(B*sqrt(exp(X)*inv(A)))[:,3]", "B*sqrt(exp(X)*inv(A)[:,3])")) {
      Output derivative = Output.derivative("X");
      CompiledFunction compiled = Expression.parse(f, declarations).compile(derivative);
      derivatives.add(compiled.evaluate(point).get(derivative).dense().data());
    }
    assertThat(derivatives.getFirst()).doesNotContain(Double.NaN);
    assertThat(derivatives.getFirst()).containsExactly(derivatives.getLast(), within(1e-13));
  }

  /** Whether one look at each entry shows a property: evaluators look no closer. */
  private static boolean isSeen(String property) {
    return !Set.of("pd", "psd", "orthogonal", "idempotent", "invertible").contains(property);
  }

  @Test
  void evaluatorsCheckWhatTheySee() {
    CompiledFunction f = value("logdet(S) + sum(x)", "S: matrix[n,n] pd; x: vector[n]");
    Map<String, Object> point = Map.of("S", new double[][] {{2, 1}, {1, 2}}, "x", new double[2]);
    Evaluator evaluator = f.evaluator(point);
    assertThatThrownBy(() -> evaluator.set("S", new double[] {2, 1, -1, 2}))
        .hasMessage("S is declared pd, but its data is not");
    assertThatThrownBy(() -> evaluator.set("x", new double[3]))
        .hasMessage("x has 2 entries, not 3");
    assertThatThrownBy(() -> evaluator.set("y", new double[2]))
        .hasMessage("y is no variable that can be set");
    evaluator.set("S", new double[] {1, 0, 0, 1});
    evaluator.run();
    assertThat(evaluator.value()).isZero();
    evaluator.set("S", new double[] {1, 0, 0, -1});
    evaluator.run();
    assertThat(evaluator.value()).isNaN();
  }

  /** What is given is copied, and what is no rectangle is said. */
  @Test
  void arraysOfUsers() {
    CompiledFunction f = value("sum(A*x)", "");
    NumericArray a = NumericArray.matrix(new double[] {1, 2}, new double[] {3, 4});
    CompiledFunction bound = f.bind("A", a);
    a.data()[0] = 100;
    assertThat(bound.evaluate(Map.of("x", new float[] {1, 0.5f})).value()).isEqualTo(7);
    float[][] floats = {{1, 2}, {3, 4}};
    assertThat(f.evaluate(Map.of("A", floats, "x", new double[] {1, 0})).value()).isEqualTo(4);
    double[][] ragged = {{1, 2}, {3}};
    Map<String, Object> point = Map.of("A", ragged, "x", new double[2]);
    refuses(f, point, Code.VALUE, "A: row 2 of a matrix has 1 entries, but row 1 has 2");
    assertThatThrownBy(() -> f.bind("A", ragged))
        .isInstanceOf(NablaException.class)
        .hasMessage("row 2 of a matrix has 1 entries, but row 1 has 2");
  }

  @Test
  void arraysThatMemoryDoesNotHold() {
    CompiledFunction f =
        Nabla.parse("exp(sum(X.^3))", "X: matrix[n,n]").compile(Output.hessian("X")).inFull();
    double[][] x = new double[700][700];
    refuses(f, Map.of("X", x), Code.LIMIT, "");
    CompiledFunction more =
        Nabla.parse("prod(X.^3)", "X: matrix[n,n]").compile(Output.derivative("X", "X", "X"));
    refuses(more.inFull(), Map.of("X", new double[4000][4000]), Code.LIMIT, "");
  }

  @Test
  void emptyData() {
    CompiledFunction f =
        Nabla.parse("sum(exp(x)) + 1", "x: vector[n]")
            .compile(Output.value(), Output.gradient("x"));
    var out = f.evaluate(Map.of("x", new double[0]));
    assertThat(out.value()).isEqualTo(1);
    assertThat(out.gradient().count()).isZero();
  }

  /** Sums over no rows are 0, as the reference has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(y'*X)*c + sum(w)",
        "sum(log(1+exp(-y.*(X*w)))) + c*w'*w",
        "sum(X*w) + sum(X*w)^2 + c*sum(w)",
        "sum(relu(1-y.*(X*w)).^2) + c*w'*w",
        "norm2(X'*relu(y)-w)^2 + c",
        "tr(W*X'*X) + norm2(W*X')^2 + c*sum(w)"
      })
  void noRows(String function) {
    Map<String, NumericArray> all =
        Map.of(
            "X", NumericArray.zeros(0, 2),
            "y", NumericArray.zeros(0),
            "w", NumericArray.vector(1, -2),
            "W", NumericArray.matrix(new double[][] {{1, 2}, {3, 4}}),
            "c", NumericArray.scalar(3));
    Expression expression =
        Nabla.parse(
            function, "X: matrix[m,n]; y: vector[m]; w: vector[n]; W: matrix[n,n]; c: scalar");
    Map<String, NumericArray> point = new HashMap<>();
    for (Symbol s : expression.variables()) point.put(s.name(), all.get(s.name()));
    Output[] outputs = {
      Output.value(), Output.gradient("w"), Output.hessian("w"), Output.gradient("X")
    };
    for (Output output : outputs) {
      boolean there =
          output.equals(Output.value()) || point.keySet().containsAll(output.variables());
      if (!there) continue;
      Compilation asked = expression.compilation(List.of(output));
      NumericArray reference =
          ReferenceInterpreter.evaluate(
              asked.tensors().getFirst(), new Binding(asked.sizes(point), point));
      NumericArray found = expression.compile(output).evaluate(point).get(output).dense();
      assertThat(found.data()).as("%s", output).containsExactly(reference.data(), within(1e-12));
    }
  }
}
