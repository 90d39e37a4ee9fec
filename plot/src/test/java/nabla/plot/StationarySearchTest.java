package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nabla.Nabla;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stationary points of functions whose are known. */
class StationarySearchTest {
  private static Field field(String function) {
    return new Field(
        Nabla.parse(function, "x, y: scalar"),
        Map.of(),
        new Sizes(Nabla.parse(function, "x, y: scalar"), Map.<String, NumericArray>of())
            .zeros(List.of("x", "y"), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x^2 + y^2 | minimum at (0, 0), value 0",
        "x^2 - y^2 | saddle at (0, 0), value 0",
        "3 - x^2 - 2*y^2 | maximum at (0, 0), value 3",
        "100*(y - x^2)^2 + (1 - x)^2 | minimum at (1, 1), value 0",
        "x^4 + y^4 | degenerate point at (0, 0), value 0",
        "x^3 - 3*x + y^2 | saddle at (−1, 0), value 2; minimum at (1, 0), value −2",
        "x + y |",
        "abs(x) + abs(y) |",
        "(x - y)^2 |",
        "exp(-x^2 - y^2) | maximum at (0, 0), value 1",
        "log(1 - x^2 - y^2) | maximum at (0, 0), value 0",
        "x^3 - 3*x*y^2 | degenerate point at (0, 0), value 0",
      })
  void areFound(String function, String expected) {
    Field field = field(function.contains("y") ? function : function + " + 0*y");
    List<StationaryPoint> found =
        StationarySearch.find(Section.whole(field), new Range(-5, 5), new Range(-5, 5));
    // a degenerate point is only approached
    String words =
        String.join("; ", found.stream().map(StationaryPoint::words).toList())
            .replaceAll(
                "point at \\(−?[0-9.e−]+, −?[0-9.e−]+\\), value .*", "point at (0, 0), value 0");
    assertThat(words).isEqualTo(expected == null ? "" : expected);
  }

  /** Himmelblau's function: Himmelblau, Applied Nonlinear Programming, 1972. */
  @ParameterizedTest
  @CsvSource({"STRICT_MINIMUM, 4", "SADDLE, 4", "MAXIMUM, 1"})
  void allNineOfHimmelblau(nabla.optimize.Curvature.Kind kind, int count) {
    List<StationaryPoint> found =
        StationarySearch.find(
            Section.whole(field("(x^2 + y - 11)^2 + (x + y^2 - 7)^2")),
            new Range(-6, 6),
            new Range(-6, 6));
    assertThat(found).filteredOn(p -> p.kind() == kind).hasSize(count);
  }

  /** One in each cell of side π/2 by π that the pattern repeats. */
  @ParameterizedTest
  @CsvSource({"STRICT_MINIMUM, 8", "MAXIMUM, 8", "SADDLE, 16"})
  void allOfAPattern(nabla.optimize.Curvature.Kind kind, int count) {
    double end = 2 * Math.PI;
    List<StationaryPoint> found =
        StationarySearch.find(
            Section.whole(field("sin(x)*cos(y)")),
            new Range(0.1 - end, 0.1 + end),
            new Range(0.1 - end, 0.1 + end));
    assertThat(found).filteredOn(p -> p.kind() == kind).hasSize(count);
  }
}
