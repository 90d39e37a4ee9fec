package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.plot.Mark.Anchor;
import nabla.plot.Mark.Font;
import org.jspecify.annotations.Nullable;

/** Numbers on contour lines, where a line is straight and the next one is not too close. */
final class LevelLabels {
  private static final double HALF_HEIGHT = 6;
  private static final double STEP = 5;
  private static final double ROOM = 13;

  private final Panel panel;
  private final Levels levels;
  private final List<List<List<Point>>> lines;
  private final List<Point> taken;

  /**
   * @param lines those of each level, in the picture
   * @param obstacles what must not be covered
   */
  LevelLabels(Panel panel, Levels levels, List<List<List<Point>>> lines, List<Point> obstacles) {
    this.panel = panel;
    this.levels = levels;
    this.lines = lines;
    this.taken = new ArrayList<>(obstacles);
  }

  /** A place for the middle of a label. */
  private record Place(Point at, double angle, double badness) {
    /** Points all along a label of some width. */
    List<Point> covered(double width) {
      List<Point> covered = new ArrayList<>();
      double radians = Math.toRadians(angle);
      for (double along = -width / 2; along <= width / 2; along += HALF_HEIGHT) {
        covered.add(at.plus(along * Math.cos(radians), along * Math.sin(radians)));
      }
      return covered;
    }
  }

  List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    for (int level = 0; level < levels.count(); level++) {
      String text = levels.label(level);
      double width = Font.SMALL.width(text);
      for (List<Point> line : lines.get(level)) {
        if (Polylines.length(line) < 2 * width + 20) continue;
        Place best = best(line, level, width);
        if (best == null) continue;
        taken.addAll(best.covered(width));
        marks.add(label(text, best, levels.band(level)));
      }
    }
    return marks;
  }

  private static Mark label(String text, Place place, Paint halo) {
    double radians = Math.toRadians(place.angle());
    Point base = place.at().plus(-4 * Math.sin(radians), 4 * Math.cos(radians));
    return new Mark.Label(text, base, Anchor.MIDDLE, Font.SMALL, place.angle(), halo);
  }

  private @Nullable Place best(List<Point> line, int level, double width) {
    Place best = null;
    int reach = Math.max(1, (int) Math.ceil(width / 2 / STEP));
    List<Point> even = even(line);
    for (int k = reach; k < even.size() - reach; k++) {
      Place place = place(even, k, reach, level, width);
      if (place != null && (best == null || place.badness() < best.badness())) best = place;
    }
    return best;
  }

  /** Points at equal distances along a line. */
  private static List<Point> even(List<Point> line) {
    List<Point> even = new ArrayList<>();
    double left = 0;
    for (int k = 1; k < line.size(); k++) {
      Point from = line.get(k - 1);
      double length = from.distance(line.get(k));
      for (; left < length; left += STEP) even.add(from.towards(line.get(k), left / length));
      left -= length;
    }
    return even;
  }

  private @Nullable Place place(List<Point> line, int at, int reach, int level, double width) {
    Point from = line.get(at - reach);
    Point to = line.get(at + reach);
    if (from.x() > to.x()) {
      Point other = from;
      from = to;
      to = other;
    }
    double angle = Math.toDegrees(Math.atan2(to.y() - from.y(), to.x() - from.x()));
    double chord = from.distance(to);
    double bend = 2 * reach * STEP - chord;
    Place place = new Place(line.get(at), angle, 0);
    double clearance = ROOM;
    for (Point covered : place.covered(width + 8)) {
      if (!panel.contains(covered, 9)) return null;
      if (isTaken(covered)) return null;
      clearance = Math.min(clearance, clearance(covered, level));
    }
    if (bend > 3 || clearance < 5) return null;
    double aside = line.get(at).distance(panel.middle());
    double badness = 2 * bend + 1.5 * (ROOM - clearance) + 0.03 * Math.abs(angle) + 0.02 * aside;
    return new Place(line.get(at), angle, badness);
  }

  private boolean isTaken(Point point) {
    return taken.stream().anyMatch(p -> p.distance(point) < 2.4 * HALF_HEIGHT);
  }

  /** How far the lines of the neighbouring levels are. */
  private double clearance(Point point, int level) {
    double least = ROOM;
    for (int other = level - 1; other <= level + 1; other += 2) {
      if (other < 0 || other >= lines.size()) continue;
      for (List<Point> line : lines.get(other)) {
        for (Point p : line) least = Math.min(least, p.distance(point));
      }
    }
    return least;
  }
}
