package nabla.plot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import org.jspecify.annotations.Nullable;

/** What of a plane is shown; null where that is still to be chosen. */
record View(@Nullable Range x, @Nullable Range y) {
  private static final double MARGIN = 0.35;

  private static final int COARSE = 40;

  /** The shorter side is at least so much of the longer one. */
  private static final double SQUARE = 0.6;

  /**
   * As the ranges of the two axes say.
   *
   * @throws NablaException with {@link Code#REQUEST} if there is a range of something else
   */
  static View of(Map<String, Range> ranges, List<String> axes) {
    for (String name : ranges.keySet()) {
      boolean known = axes.stream().anyMatch(axis -> axis.equals(name) || isPart(axis, name));
      if (known) continue;
      throw new NablaException(
          Code.REQUEST,
          "there is no axis " + name + "; the axes are " + String.join(" and ", axes));
    }
    return new View(range(ranges, axes.getFirst()), range(ranges, axes.getLast()));
  }

  private static @Nullable Range range(Map<String, Range> ranges, String axis) {
    Range own = ranges.get(axis);
    if (own != null) return own;
    for (Map.Entry<String, Range> e : ranges.entrySet()) {
      if (isPart(axis, e.getKey())) return e.getValue();
    }
    return null;
  }

  /** Whether an axis such as {@code x[2]} is an entry of a variable. */
  private static boolean isPart(String axis, String name) {
    return axis.startsWith(name + "[");
  }

  /** What is not chosen yet so that points are well inside, and their surroundings to be seen. */
  View around(List<Point> points, double near) {
    Range across = around(points.stream().mapToDouble(Point::x).toArray(), near, MARGIN);
    Range up = around(points.stream().mapToDouble(Point::y).toArray(), near, MARGIN);
    double least = SQUARE * Math.max(across.span(), up.span());
    return new View(x != null ? x : atLeast(across, least), y != null ? y : atLeast(up, least));
  }

  /** The numbers with a margin on both sides; one number with its surroundings. */
  static Range around(double[] numbers, double near, double margin) {
    if (numbers.length == 0) return Range.around(0, near);
    double first = numbers[0];
    double low = first;
    double high = first;
    for (double number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    double tiny = 1e-6 * Math.max(1, Math.abs(first));
    if (high - low < tiny) return Range.around(first, Math.max(near, Math.abs(first) / 2));
    return new Range(low, high).widened(margin);
  }

  /**
   * The part of what is not chosen yet in which a function is finite, with a margin.
   *
   * @param chosen what has been chosen since
   */
  View finite(View chosen, Grid.Function function) {
    Grid coarse = new Grid(function, chosen.requireX(), chosen.requireY(), COARSE, COARSE);
    List<Point> inside = coarse.finite();
    if (inside.isEmpty()) return chosen;
    double across = 2 * chosen.requireX().span() / COARSE;
    double up = 2 * chosen.requireY().span() / COARSE;
    Range shownX =
        within(inside.stream().mapToDouble(Point::x).toArray(), across, chosen.requireX());
    Range shownY = within(inside.stream().mapToDouble(Point::y).toArray(), up, chosen.requireY());
    return new View(x != null ? x : shownX, y != null ? y : shownY);
  }

  private static Range within(double[] numbers, double margin, Range all) {
    double low = java.util.Arrays.stream(numbers).min().orElseThrow() - margin;
    double high = java.util.Arrays.stream(numbers).max().orElseThrow() + margin;
    return new Range(Math.max(low, all.low()), Math.min(high, all.high()));
  }

  private static Range atLeast(Range range, double span) {
    return range.span() >= span ? range : Range.around(range.middle(), span / 2);
  }

  Range requireX() {
    return Objects.requireNonNull(x);
  }

  Range requireY() {
    return Objects.requireNonNull(y);
  }
}
