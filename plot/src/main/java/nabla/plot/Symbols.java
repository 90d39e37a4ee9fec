package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.plot.Mark.Form;

/** The outlines of small figures. */
final class Symbols {
  private Symbols() {}

  static List<Point> outline(Form form, Point at) {
    return switch (form) {
      case DOT -> circle(at, 5, 20);
      case RING -> circle(at, 4.5, 20);
      case SMALL_DOT -> circle(at, 2.6, 10);
      case SMALL_SQUARE -> polygon(at, 3.4, 4, Math.PI / 4);
      case DIAMOND -> polygon(at, 6.2, 4, 0);
      case TRIANGLE -> polygon(at, 6.4, 3, -Math.PI / 2);
    };
  }

  private static List<Point> circle(Point at, double radius, int corners) {
    return polygon(at, radius, corners, 0);
  }

  private static List<Point> polygon(Point at, double radius, int corners, double turn) {
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < corners; k++) {
      double angle = turn + 2 * Math.PI * k / corners;
      points.add(at.plus(radius * Math.cos(angle), radius * Math.sin(angle)));
    }
    return points;
  }
}
