package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nabla.Expression;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All stationary points of small functions are found from some starts. */
class StationaryPointsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (x[1]^2 + x[2] - 11)^2 + (x[1] + x[2]^2 - 7)^2 | 4 strict_minimum, 4 saddle, 1 maximum
          x[1]^2 - x[2]^2                                | 1 saddle
          x[1]^4 - 2*x[1]^2 + x[2]^2                     | 2 strict_minimum, 1 saddle
          -x'*x + x'*x*x'*x + x[1]/10                    | 1 strict_minimum, 1 saddle, 1 maximum
          exp(x[1]) + x[2]^2                             |
          100*(x[2] - x[1]^2)^2 + (1 - x[1])^2           | 1 strict_minimum
          x[1]^4 + x[2]^2                                | 1 strict_minimum
          x[1]^6 + x[2]^4                                | 1 strict_minimum
          (x[1] - 1)^4 - 2*x[2]^2                        | 1 saddle
          -(x[1] - 3)^4 - x[2]^2                         | 1 maximum
          x[1]^3 + x[2]^2                                | 1 saddle
          x[1]^3 - x[2]^2                                | 1 saddle
          x[1]^3 + x[2]^4                                | 1 saddle
          x[1]^4/4 - x[1]^3/3 + x[2]^2                   | 1 strict_minimum, 1 saddle
          exp(-x[1]^2) + x[2]^2                          | 1 saddle
          x[1]^3 + x[2]^3                                | 1 saddle
          x[1]^4 + x[2]^4 + 30*x[1]^2*x[2]^2             | 1 strict_minimum
          x[1]^4 + x[2]^4 - 3*x[1]^2*x[2]^2              | 1 saddle
          x[1]^4 + 6*x[1]^2*x[2]^2 - x[2]^4              | 1 saddle
          x[1]^4 + 1e6*x[2]^2                            | 1 strict_minimum
          (x[1] + x[2])^4 + 1e6*(x[1] - x[2])^2          | 1 strict_minimum
          (x[1] + x[2])^4 - 1e6*(x[1] - x[2])^2          | 1 saddle
          x[1]^4 + x[2]^8                                | 1 strict_minimum
          x[1]^3 + x[2]^6                                | 1 saddle
          (x[1] + 2*x[2])^4 + (x[1] - x[2])^6            | 1 strict_minimum
          (x[1]^2 + x[2]^2 - 1)^2                        | 1 maximum
          (x[1] - x[2]^2)^2                              |
          (x[1] + x[2] - 1)^4                            |
          (x[1]^2 + x[2]^2 - 4)^4                        | 1 maximum
          (x[1] - 0.3)^4*(x[2] - 0.7)^4                  |
          """)
  void areFound(String function, String expected) {
    List<Minimum> found =
        Minimization.of(Expression.parse(function, "x: vector[2]"), "x").stationaryPoints(100);
    assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(a.value(), b.value()));
    String counted =
        Arrays.stream(Curvature.Kind.values())
            .map(
                kind -> {
                  long count = found.stream().filter(m -> m.curvature().kind() == kind).count();
                  return count == 0 ? "" : count + " " + kind.name().toLowerCase(Locale.ROOT);
                })
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    assertThat(counted).isEqualTo(expected == null ? "" : expected);
  }

  /** Rounding of a large term bends a valley up or down where it is flat. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(x[1] + x[2] - 1)^4 + 1e5*(x[2] + x[3])^2",
        "(4*x[1] + 2*x[2] - 2*x[3] + 2)^8 + 1e3*(3*x[3] - 4*x[1] - 1.5)^2",
        "(x[1]^2 - x[2]^2)^2 + x[3]^2"
      })
  void valleysHaveNoSinglePoints(String function) {
    List<Minimum> found =
        Minimization.of(Expression.parse(function, "x: vector[3]"), "x").stationaryPoints(40);
    assertThat(found.stream().map(m -> m.curvature().kind()))
        .allMatch(kind -> kind == Curvature.Kind.FLAT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x^3         | SADDLE
          x^4         | STRICT_MINIMUM
          x^11        | SADDLE
          -(x - 2)^6  | MAXIMUM
          x - sin(x)  | SADDLE
          x^4 - x^3   | STRICT_MINIMUM, SADDLE
          x^5 - x^3   | STRICT_MINIMUM, SADDLE, MAXIMUM
          relu(x)^3   |
          """)
  void ofOneNumber(String function, String kinds) {
    List<Minimum> found =
        Minimization.of(Expression.parse(function, "x: scalar"), "x")
            .from("x", NumericArray.scalar(0.7))
            .stationaryPoints(30);
    assertThat(found.stream().map(m -> m.curvature().kind().name()).distinct())
        .containsExactly(kinds == null ? new String[0] : kinds.split(", "));
  }

  @Test
  void notAmongConstraints() {
    Minimization asked =
        Minimization.of(Expression.parse("x'*x", "x: vector[2]"), "x").subjectTo("x >= 1");
    assertThatThrownBy(() -> asked.stationaryPoints(3)).hasMessageContaining("no constraints");
  }

  /** At 0 the gradient is 0 by convention, but there is none. */
  @Test
  void kinksAreNoStationaryPoints() {
    assertThat(
            Minimization.of(Expression.parse("x^2 - abs(x)", "x: scalar"), "x").stationaryPoints(5))
        .extracting(Minimum::value)
        .containsExactly(-0.25, -0.25);
  }
}
