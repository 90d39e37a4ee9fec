package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import nabla.plot.LevelSet.Crossing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Marching squares against level sets that are known. */
class LevelSetTest {
  private static final Range SIDE = new Range(-2, 2);

  private static List<List<Crossing>> rings(Grid.Function function, int cells, double level) {
    return LevelSet.rings(new Grid(function, SIDE, SIDE, cells, cells), level);
  }

  private static List<List<Point>> lines(Grid.Function function, int cells, double level) {
    return LevelSet.lines(rings(function, cells, level));
  }

  /** Twice the area within a closed line, positive if the inside is on its left. */
  private static double area(List<Point> ring) {
    double sum = 0;
    for (int k = 0; k < ring.size(); k++) {
      Point a = ring.get(k);
      Point b = ring.get((k + 1) % ring.size());
      sum += a.x() * b.y() - b.x() * a.y();
    }
    return sum / 2;
  }

  private static double area(Grid.Function function, int cells, double level) {
    return rings(function, cells, level).stream()
        .mapToDouble(ring -> area(ring.stream().map(Crossing::point).toList()))
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 40", "1, 40", "1.9, 40", "0.3, 13", "1, 7"})
  void theLevelsOfADistanceAreCircles(double radius, int cells) {
    List<List<Point>> lines = lines((x, y) -> x * x + y * y, cells, radius * radius);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().getFirst()).isEqualTo(lines.getFirst().getLast());
    for (Point p : lines.getFirst()) {
      assertThat(Math.hypot(p.x(), p.y())).isBetween(radius - 1e-4, radius + 1e-4);
    }
  }

  /** What is outside the circle is on the left of its line: the area is that of the square less. */
  @Test
  void whatIsAboveIsWithinTheRings() {
    assertThat(area((x, y) -> x * x + y * y, 200, 1)).isBetween(16 - 3.1416, 16 - 3.1409);
    assertThat(area((x, y) -> -x * x - y * y, 200, -1)).isBetween(3.1409, 3.1416);
    assertThat(area((x, y) -> 1, 5, 0)).isBetween(16 - 1e-12, 16 + 1e-12);
    assertThat(area((x, y) -> 1, 5, 2)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 2", "-0.5, 2", "1.5, 2", "-1.5, 2", "4.5, 0", "-4.5, 0"})
  void theLevelsOfASaddleAreTwoBranches(double level, int branches) {
    for (int cells : new int[] {9, 10, 31, 40}) {
      List<List<Point>> lines = lines((x, y) -> x * x - y * y, cells, level);
      assertThat(lines).as("%d cells", cells).hasSize(branches);
      for (List<Point> line : lines) {
        boolean across = level < 0; // one branch above and one below, or left and right
        double sign = Math.signum(across ? line.getFirst().y() : line.getFirst().x());
        assertThat(line).allMatch(p -> sign * (across ? p.y() : p.x()) > 0);
      }
    }
  }

  /** In a single cell with all sides crossed, the saddle of the bilinear function decides. */
  @ParameterizedTest
  @CsvSource({"0.1, true", "-0.1, false"})
  void theSaddleOfACellDecides(double shift, boolean joined) {
    Grid grid = new Grid((x, y) -> x * y + shift, new Range(-1, 1), new Range(-1, 1), 1, 1);
    List<List<Crossing>> rings = LevelSet.rings(grid, 0);
    // the corners where x*y > 0 are inside: one region, or two
    assertThat(rings).hasSize(joined ? 1 : 2);
  }

  @Test
  void theDomainEndsWhereTheFunctionDoes() {
    Grid.Function disc = (x, y) -> Math.sqrt(1 - x * x - y * y);
    assertThat(area(disc, 100, Double.NEGATIVE_INFINITY)).isBetween(3.139, 3.1416);
    List<List<Crossing>> rings = rings(disc, 100, Double.NEGATIVE_INFINITY);
    assertThat(rings).hasSize(1);
    for (Crossing c : rings.getFirst()) {
      assertThat(c.real()).isFalse();
      assertThat(Math.hypot(c.point().x(), c.point().y())).isBetween(1 - 1e-4, 1.0);
    }
    assertThat(LevelSet.lines(rings)).as("the end of the domain is no level").isEmpty();
  }

  @Test
  void linesEndAtAGap() {
    // the right half of a circle
    List<List<Point>> lines = lines((x, y) -> x < 0.011 ? Double.NaN : x * x + y * y, 40, 1);
    assertThat(lines).hasSize(1);
    List<Point> line = lines.getFirst();
    assertThat(line.getFirst()).isNotEqualTo(line.getLast());
    assertThat(line).allMatch(p -> Math.abs(Math.hypot(p.x(), p.y()) - 1) < 1e-4 && p.x() > 0);
    assertThat(Polylines.length(line)).isBetween(Math.PI - 0.25, Math.PI);
  }

  @Test
  void aGridWithoutFiniteValuesHasNoLines() {
    assertThat(rings((x, y) -> Double.NaN, 10, 0)).isEmpty();
    assertThat(rings((x, y) -> Double.NEGATIVE_INFINITY, 10, 0)).isEmpty();
  }

  /** The areas above and below a level add up to that of the square, whatever the function is. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRingClosesAndNothingIsLost(long seed) {
    Random random = new Random(seed);
    double[] numbers = random.doubles(40 * 40, -1, 1).toArray();
    Grid.Function rough =
        (x, y) -> {
          int i = (int) Math.round((x + 2) / 4 * 39);
          int j = (int) Math.round((y + 2) / 4 * 39);
          return numbers[40 * i + j];
        };
    Grid.Function negative = (x, y) -> -rough.value(x, y);
    double above = area(rough, 39, 0.1);
    double below = area(negative, 39, -0.1);
    assertThat(above + below).as("seed %d", seed).isBetween(16 - 0.01, 16 + 0.01);
  }
}
