package nabla.plot;

import nabla.optimize.Curvature.Kind;
import nabla.plot.Mark.Form;

/**
 * A point where the gradient is zero.
 *
 * @param at where it is in the plane of the picture
 * @param value of the function there
 */
record StationaryPoint(Point at, double value, Kind kind) {
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

  static String coordinates(Point point) {
    return "(" + Ticks.digits(point.x(), 4) + ", " + Ticks.digits(point.y(), 4) + ")";
  }

  Mark.Symbol symbol(Point placed) {
    return new Mark.Symbol(placed, form(kind), paint(kind), words());
  }
}
