package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.Expression;
import nabla.Nabla;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The usual hard problems from their standard starts end in a published minimum, and no method of
 * Hipparchus finds a better one.
 */
class MoreGarbowHillstromTest {
  private static final double SAME = 1e-7;

  /** What is published as 0 is 1e-10 or less here. */
  private static final double SMALL = 1e-3;

  /**
   * @param minima the values that are published
   */
  record Problem(
      String name, String function, NumericArray start, List<String> data, List<Double> minima) {
    static Problem of(String line) {
      String[] parts = line.split("\\|", -1);
      List<String> data =
          Arrays.stream(parts[3].split(";")).map(String::strip).filter(d -> !d.isEmpty()).toList();
      List<Double> minima =
          Arrays.stream(parts[4].split(",")).map(String::strip).map(Double::valueOf).toList();
      return new Problem(parts[0].strip(), parts[1].strip(), vector(parts[2]), data, minima);
    }

    private static NumericArray vector(String text) {
      String numbers = text.strip().replaceAll("[\\[\\]]", "");
      return NumericArray.vector(
          Arrays.stream(numbers.split(",")).mapToDouble(Double::parseDouble).toArray());
    }

    private Expression expression() {
      StringBuilder declarations = new StringBuilder(declaration("x", start));
      for (String d : data) declarations.append("; ").append(declaration(name(d), numbers(d)));
      return Nabla.parse(function, declarations.toString());
    }

    Minimization question() {
      Minimization question = Minimization.of(expression(), "x");
      for (String d : data) question = question.bind(name(d), numbers(d));
      return question.from("x", start);
    }

    Objective objective() {
      Map<String, NumericArray> bound = new LinkedHashMap<>();
      for (String d : data) bound.put(name(d), numbers(d));
      return new Objective(expression(), bound, Map.of("x", start), Options.usual());
    }

    private static String declaration(String name, NumericArray vector) {
      return name + ": vector[" + vector.count() + "]";
    }

    private static String name(String assignment) {
      return assignment.substring(0, assignment.indexOf('=')).strip();
    }

    private static NumericArray numbers(String assignment) {
      return vector(assignment.substring(assignment.indexOf('=') + 1));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Problem> problems() throws IOException {
    try (InputStream file =
        MoreGarbowHillstromTest.class.getResourceAsStream("/more-garbow-hillstrom.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(Problem::of)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void endsInAPublishedMinimum(Problem problem) {
    Minimum found = problem.question().minimize();
    double value = found.value();
    double nearest =
        problem.minima().stream()
            .min(Comparator.comparingDouble(m -> Math.abs(m - value)))
            .orElseThrow();
    assertThat(value).isCloseTo(nearest, within(SAME * Math.max(SMALL, nearest)));
    assertThat(found.status()).as(found.reason()).isIn(Status.CONVERGED, Status.PRECISION);
    if (found.isConverged()) {
      assertThat(found.gradientNorm()).isLessThanOrEqualTo(1e-8);
    }
  }

  /** Neither from the standard start nor from where Nabla ends does another method come lower. */
  @ParameterizedTest
  @MethodSource("problems")
  void noOtherMethodComesLower(Problem problem) {
    Minimum found = problem.question().minimize();
    double[] point = Objects.requireNonNull(found.point().get("x")).data();
    double lower = found.value() - SAME * Math.max(SMALL, found.value());
    for (double[] from : List.of(problem.start().data(), point)) {
      OtherMethods.from(problem.objective(), from)
          .forEach((method, value) -> assertThat(value).as(method).isGreaterThan(lower));
    }
  }
}
