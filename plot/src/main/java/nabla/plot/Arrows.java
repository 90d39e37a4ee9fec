package nabla.plot;

import java.util.List;
import nabla.plot.Mark.Dash;

/** Arrows, each a line with a head. */
final class Arrows {
  private static final double HEAD = 4;

  private Arrows() {}

  static Mark.Lines of(Point tail, Point tip, Paint paint) {
    return new Mark.Lines(List.of(line(tail, tip)), paint, 1.2, Dash.SOLID);
  }

  /** In one stroke: to the tip, back along one side of the head, and along the other. */
  static List<Point> line(Point tail, Point tip) {
    double length = tail.distance(tip);
    double along = Math.min(HEAD, length / 2) / length;
    double dx = along * (tip.x() - tail.x());
    double dy = along * (tip.y() - tail.y());
    Point left = tip.plus(-dx - dy * 0.6, -dy + dx * 0.6);
    Point right = tip.plus(-dx + dy * 0.6, -dy - dx * 0.6);
    return List.of(tail, tip, left, tip, right);
  }
}
