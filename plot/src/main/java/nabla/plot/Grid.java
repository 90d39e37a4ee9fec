package nabla.plot;

import java.util.ArrayList;
import java.util.List;

/** Values of a function of two numbers at the crossings of a grid; NaN where it is not finite. */
final class Grid {
  private static final int BISECTIONS = 14;
  private static final int REFINEMENTS = 4;

  /** A function of two numbers. */
  interface Function {
    double value(double x, double y);
  }

  private final Function function;
  private final Range x;
  private final Range y;
  private final double[][] values;

  /**
   * @param columns how many cells there are side by side
   */
  Grid(Function function, Range x, Range y, int columns, int rows) {
    this.function = function;
    this.x = x;
    this.y = y;
    this.values = new double[columns + 1][rows + 1];
    for (int i = 0; i <= columns; i++) {
      for (int j = 0; j <= rows; j++) values[i][j] = at(point(i, j));
    }
  }

  private double at(Point point) {
    double value = function.value(point.x(), point.y());
    return Double.isFinite(value) ? value : Double.NaN;
  }

  int columns() {
    return values.length - 1;
  }

  int rows() {
    return values[0].length - 1;
  }

  Point point(int i, int j) {
    return new Point(x.at((double) i / columns()), y.at((double) j / rows()));
  }

  /** NaN outside. */
  double value(int i, int j) {
    boolean inside = i >= 0 && j >= 0 && i <= columns() && j <= rows();
    return inside ? values[i][j] : Double.NaN;
  }

  /** All that are finite, in ascending order. */
  double[] sorted() {
    return java.util.Arrays.stream(values)
        .flatMapToDouble(java.util.Arrays::stream)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  /** The points where the function is finite. */
  List<Point> finite() {
    List<Point> finite = new ArrayList<>();
    for (int i = 0; i <= columns(); i++) {
      for (int j = 0; j <= rows(); j++) if (!Double.isNaN(values[i][j])) finite.add(point(i, j));
    }
    return finite;
  }

  boolean hasGaps() {
    return sorted().length < (columns() + 1) * (rows() + 1);
  }

  /**
   * The last point on the way from a point where the function is finite to one where it is not.
   *
   * @param x its first coordinate
   */
  record End(double x, double y, double value) {
    Point point() {
      return new Point(x, y);
    }
  }

  End end(Point inside, double value, Point outside) {
    End end = new End(inside.x(), inside.y(), value);
    double near = 0;
    double far = 1;
    for (int k = 0; k < BISECTIONS; k++) {
      double middle = (near + far) / 2;
      Point trial = inside.towards(outside, middle);
      double found = at(trial);
      if (Double.isNaN(found)) far = middle;
      else {
        near = middle;
        end = new End(trial.x(), trial.y(), found);
      }
    }
    return end;
  }

  /**
   * The side of a cell from a corner to just before the next: the corner if the function is finite
   * there, and where it ceases or begins to be.
   */
  List<End> side(int[] from, int[] to) {
    double first = value(from[0], from[1]);
    double second = value(to[0], to[1]);
    Point start = point(from[0], from[1]);
    Point stop = point(to[0], to[1]);
    if (Double.isNaN(first)) {
      return Double.isNaN(second) ? List.of() : List.of(end(stop, second, start));
    }
    End corner = new End(start.x(), start.y(), first);
    return Double.isNaN(second) ? List.of(corner, end(start, first, stop)) : List.of(corner);
  }

  /**
   * Where the function has a level between a point that is above it and one that is below: straight
   * between the two at first, then by false position, where an end that stays counts half.
   */
  Point crossing(Point above, double high, Point below, double low, double level) {
    double from = 0;
    double to = 1;
    double start = high - level;
    double end = low - level;
    double share = 0;
    int stayed = 0;
    for (int k = 0; k <= REFINEMENTS && start > 0; k++) {
      share = from + (to - from) * start / (start - end);
      double found = at(above.towards(below, share)) - level;
      if (Double.isNaN(found)) break;
      if (found >= 0) {
        from = share;
        start = found;
        if (stayed == 1) end /= 2;
        stayed = 1;
      } else {
        to = share;
        end = found;
        if (stayed == -1) start /= 2;
        stayed = -1;
      }
    }
    return above.towards(below, share);
  }
}
