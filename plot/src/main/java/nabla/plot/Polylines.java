package nabla.plot;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines through points of a picture. */
final class Polylines {
  /** So far a simpler line may be from the one it stands for: not to be seen. */
  private static final double TOLERANCE = 0.12;

  private Polylines() {}

  /** The line with fewer points (Douglas and Peucker, 1973). */
  static List<Point> simplified(List<Point> line) {
    if (line.size() < 3) return line;
    BitSet kept = new BitSet();
    kept.set(0);
    kept.set(line.size() - 1);
    int middle = farthest(line, 0, line.size() - 1);
    keep(line, 0, middle, kept);
    keep(line, middle, line.size() - 1, kept);
    return kept.stream().mapToObj(line::get).toList();
  }

  private static void keep(List<Point> line, int from, int to, BitSet kept) {
    kept.set(from);
    kept.set(to);
    int middle = farthest(line, from, to);
    if (middle < 0 || off(line, middle, from, to) <= TOLERANCE) return;
    keep(line, from, middle, kept);
    keep(line, middle, to, kept);
  }

  /** The point that is farthest from the segment between two; -1 if there is none. */
  private static int farthest(List<Point> line, int from, int to) {
    int farthest = -1;
    double most = -1;
    for (int k = from + 1; k < to; k++) {
      double off = off(line, k, from, to);
      if (off <= most) continue;
      most = off;
      farthest = k;
    }
    return farthest;
  }

  private static double off(List<Point> line, int k, int from, int to) {
    Point a = line.get(from);
    Point b = line.get(to);
    Point p = line.get(k);
    double length = a.distance(b);
    if (length == 0) return p.distance(a);
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double along = ((p.x() - a.x()) * dx + (p.y() - a.y()) * dy) / (length * length);
    return p.distance(a.towards(b, Math.clamp(along, 0, 1)));
  }

  static double length(List<Point> line) {
    double length = 0;
    for (int k = 1; k < line.size(); k++) length += line.get(k).distance(line.get(k - 1));
    return length;
  }

  /** The parts of a line that are within a rectangle. */
  static List<List<Point>> within(List<Point> line, Panel panel) {
    List<List<Point>> parts = new ArrayList<>();
    List<Point> part = new ArrayList<>();
    for (int k = 1; k < line.size(); k++) {
      List<Point> piece = clipped(line.get(k - 1), line.get(k), panel);
      boolean goesOn = piece != null && !part.isEmpty() && part.getLast().equals(piece.getFirst());
      if (!goesOn && part.size() > 1) parts.add(part);
      if (!goesOn) part = new ArrayList<>();
      if (piece == null) continue;
      if (!goesOn) part.add(piece.getFirst());
      part.add(piece.getLast());
    }
    if (part.size() > 1) parts.add(part);
    return parts;
  }

  /** The part of a segment that is within a rectangle (Liang and Barsky, 1984). */
  private static @Nullable List<Point> clipped(Point a, Point b, Panel panel) {
    double[] differences = {a.x() - b.x(), b.x() - a.x(), a.y() - b.y(), b.y() - a.y()};
    double[] rooms = {
      a.x() - panel.x().from(),
      panel.x().to() - a.x(),
      a.y() - panel.y().to(),
      panel.y().from() - a.y()
    };
    double from = 0;
    double to = 1;
    for (int side = 0; side < 4; side++) {
      if (differences[side] == 0 && rooms[side] < 0) return null;
      double share = rooms[side] / differences[side];
      if (differences[side] < 0) from = Math.max(from, share);
      if (differences[side] > 0) to = Math.min(to, share);
    }
    if (from > to) return null;
    return List.of(from == 0 ? a : a.towards(b, from), to == 1 ? b : a.towards(b, to));
  }
}
