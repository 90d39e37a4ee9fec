package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.Expression;
import nabla.corpus.Figures;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.EdgeValues.Function;
import nabla.operation.EdgeValues.Point;
import nabla.tensor.NumericArray;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation and its derivative at the edges, against the tables. */
class EdgeValuesTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<Function> functions() {
    return Stream.concat(EdgeValues.ofNumbers().stream(), EdgeValues.ofArrays().stream());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isWhatTheTableSays(Function function) {
    SoftAssertions all = new SoftAssertions();
    Expression expression = function.read();
    for (Point point : function.points()) {
      all.assertThatCode(() -> assertIs(point.value(), () -> expression.value(point.arrays())))
          .as("value at %s", point.data())
          .doesNotThrowAnyException();
    }
    all.assertAll();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void hasTheDerivativeOfTheTable(Function function) {
    if (function.derivative().equals(EdgeValues.UNSUPPORTED)) {
      assertRefused(Code.UNSUPPORTED, function::differentiated);
      return;
    }
    SoftAssertions all = new SoftAssertions();
    Derivative derivative = function.differentiated();
    all.assertThat(derivative.text()).isEqualTo(function.derivative());
    for (Point point : function.points()) {
      all.assertThatCode(() -> assertIs(point.derivative(), () -> derivative.value(point.arrays())))
          .as("derivative at %s", point.data())
          .doesNotThrowAnyException();
    }
    all.assertAll();
  }

  private static void assertIs(String expected, Supplier<NumericArray> supplier) {
    if (expected.equals(EdgeValues.DOMAIN)) {
      assertRefused(Code.DOMAIN, supplier);
      return;
    }
    NumericArray found = supplier.get();
    if (expected.equals(EdgeValues.EMPTY)) {
      assertThat(found.count()).isZero();
      return;
    }
    NumericArray figures = Figures.array(expected);
    boolean uniform = figures.rank() == 0 && found.count() > 0;
    double first = figures.count() == 0 ? 0 : figures.data()[0];
    NumericArray wanted = uniform ? found.map(entry -> first) : figures;
    assertThat(found.shape()).isEqualTo(wanted.shape());
    for (int k = 0; k < wanted.count(); k++) assertSame(wanted.data()[k], found.data()[k], found);
  }

  private static void assertSame(double wanted, double found, NumericArray all) {
    boolean negativeZero = Double.compare(wanted, -0.0) == 0;
    if (negativeZero || !Double.isFinite(wanted)) {
      assertThat(Double.valueOf(found)).as("%s", all).isEqualTo(Double.valueOf(wanted));
    } else {
      assertThat(found)
          .as("%s", all)
          .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
    }
  }

  private static void assertRefused(Code code, Supplier<?> supplier) {
    assertThatExceptionOfType(NablaException.class)
        .isThrownBy(supplier::get)
        .satisfies(e -> assertThat(e.diagnostic().code()).isEqualTo(code))
        .withMessageMatching(
            code == Code.DOMAIN ? ".+ is not defined for these data: .+" : ".*derivatives .+");
  }

  /** What is finite where the function is NaN is said to be so. */
  @ParameterizedTest
  @MethodSource("functions")
  void nothingIsFiniteInSilence(Function function) {
    for (Point point : function.points()) {
      boolean undefined = point.value().contains("NaN");
      boolean finite = !point.derivative().matches(".*(NaN|" + EdgeValues.UNSUPPORTED + ").*");
      if (!undefined || !finite || function.isConstant()) continue;
      assertThat(point.remark()).as("%s at %s", function, point.data()).isNotEmpty();
    }
  }

  /** An operation that is not in the tables fails here. */
  @Test
  void everyOperationIsThere() {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : Catalogue.all()) {
      List<Point> points = new ArrayList<>();
      functions().filter(f -> f.calls(operation)).forEach(f -> points.addAll(f.points()));
      boolean number = EdgeValues.ofNumbers().stream().anyMatch(f -> f.calls(operation));
      List<String> missing = number ? ofNumber(points) : ofArrays(points);
      if (hasFixedSizes(operation)) missing.removeAll(List.of("no entry", "one entry"));
      all.assertThat(missing).as("not in the tables of %s", operation.name()).isEmpty();
    }
    all.assertAll();
  }

  private static boolean hasFixedSizes(Operation operation) {
    return operation.signatures().stream()
        .flatMap(s -> s.parameters().stream())
        .allMatch(p -> !p.any() && p.shape().stream().allMatch(size -> size.isNumber()));
  }

  private static List<String> ofNumber(List<Point> points) {
    List<String> missing = new ArrayList<>();
    for (double x : new double[] {0, -0.0, 1 / 0.0, -1 / 0.0, 0 / 0.0}) {
      String text = Double.toString(x);
      if (!anyEntry(points, entry -> Double.compare(entry, x) == 0)) missing.add(text);
    }
    return missing;
  }

  private static List<String> ofArrays(List<Point> points) {
    List<String> missing = new ArrayList<>();
    if (!anyArray(points, array -> array.count() == 0)) missing.add("no entry");
    if (!anyArray(points, array -> array.count() == 1)) missing.add("one entry");
    if (!anyEntry(points, entry -> Double.isInfinite(entry))) missing.add("an infinite entry");
    if (!anyEntry(points, entry -> Double.isNaN(entry))) missing.add("NaN");
    return missing;
  }

  private static boolean anyArray(List<Point> points, Predicate<NumericArray> holds) {
    return points.stream().flatMap(p -> p.arrays().values().stream()).anyMatch(holds);
  }

  private static boolean anyEntry(List<Point> points, Predicate<Double> holds) {
    return anyArray(points, array -> Arrays.stream(array.data()).boxed().anyMatch(holds));
  }
}
