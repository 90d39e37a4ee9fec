package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.optimize.Curvature.Kind;
import nabla.plot.Mark.Form;

/**
 * A point where the gradient is zero.
 *
 * @param at where it is in the plane of the picture
 * @param value of the function there
 */
record StationaryPoint(Point at, double value, Kind kind) {
  private static final int MOST_WORDS = 12;

  String word() {
    return word(kind);
  }

  static String word(Kind kind) {
    return switch (kind) {
      case STRICT_MINIMUM -> "minimum";
      case MAXIMUM -> "maximum";
      case SADDLE -> "saddle";
      case FLAT, UNKNOWN -> "degenerate point";
    };
  }

  static Form form(Kind kind) {
    return switch (kind) {
      case STRICT_MINIMUM -> Form.DOT;
      case MAXIMUM -> Form.TRIANGLE;
      case SADDLE -> Form.DIAMOND;
      case FLAT, UNKNOWN -> Form.RING;
    };
  }

  static Paint paint(Kind kind) {
    return switch (kind) {
      case STRICT_MINIMUM -> Paint.MINIMUM;
      case MAXIMUM -> Paint.MAXIMUM;
      case SADDLE -> Paint.SADDLE;
      case FLAT, UNKNOWN -> Paint.QUIET;
    };
  }

  /** As in {@code minimum at (3, 2), value 0}. */
  String words() {
    return word() + " at " + coordinates(at) + ", value " + Ticks.digits(value, 4);
  }

  private static String coordinates(Point point) {
    return coordinates(point, 0);
  }

  /** Each of them, or if they are many how many of each kind. */
  static List<String> words(List<StationaryPoint> points) {
    if (points.size() <= MOST_WORDS) return points.stream().map(StationaryPoint::words).toList();
    List<String> words = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      long count = points.stream().filter(p -> p.kind() == kind).count();
      if (count > 0) words.add(word(kind) + ": " + count + " points");
    }
    return words;
  }

  /** Where what is tiny beside a size is zero. */
  static String coordinates(Point point, double size) {
    return "(" + coordinate(point.x(), size) + ", " + coordinate(point.y(), size) + ")";
  }

  private static String coordinate(double number, double size) {
    return Math.abs(number) < 1e-9 * size ? "0" : Ticks.digits(number, 4);
  }

  Mark.Symbol symbol(Point placed) {
    return new Mark.Symbol(placed, form(kind), paint(kind), words());
  }
}
