package nabla.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a function on a grid is at least at a level, by marching squares (Lorensen and Cline, 1987,
 * in two dimensions). Each crossing of the boundary with the grid begins one segment and ends one,
 * so that the segments close to rings, with the inside on their left. Where all four sides of a
 * cell are crossed, the saddle of the bilinear function decides (Nielson and Hamann, 1991).
 */
final class LevelSet {
  /**
   * A crossing.
   *
   * @param real whether the function has the level there; otherwise the grid or the domain ends
   */
  record Crossing(Point point, boolean real) {}

  private final Grid grid;
  private final double level;
  private final Map<Long, Crossing> crossings = new HashMap<>();
  private final Map<Long, Long> next = new LinkedHashMap<>();

  private LevelSet(Grid grid, double level) {
    this.grid = grid;
    this.level = level;
  }

  /** The boundary of the set, as closed rings. */
  static List<List<Crossing>> rings(Grid grid, double level) {
    LevelSet set = new LevelSet(grid, level);
    for (int i = -1; i <= grid.columns(); i++) {
      for (int j = -1; j <= grid.rows(); j++) set.cell(i, j);
    }
    return set.traced();
  }

  /** Where the function has the level: the rings without what the end of the grid added. */
  static List<List<Point>> lines(List<List<Crossing>> rings) {
    List<List<Point>> lines = new ArrayList<>();
    for (List<Crossing> ring : rings) {
      int first = 0;
      while (first < ring.size() && ring.get(first).real()) first++;
      List<Point> line = new ArrayList<>();
      for (int k = 0; k <= ring.size(); k++) {
        Crossing crossing = ring.get((first + k) % ring.size());
        if (crossing.real()) line.add(crossing.point());
        if (crossing.real() && k < ring.size()) continue;
        if (line.size() > 1) lines.add(line);
        line = new ArrayList<>();
      }
    }
    return lines;
  }

  private boolean inside(int i, int j) {
    return grid.value(i, j) >= level;
  }

  /** The corners of a cell against the clock, and the side after each. */
  private void cell(int i, int j) {
    int[][] corners = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}};
    long[] exits = new long[2];
    long[] entries = new long[2];
    int exit = 0;
    int entry = 0;
    boolean first = inside(i, j);
    for (int k = 0; k < 4; k++) {
      int[] from = corners[k];
      int[] to = corners[(k + 1) % 4];
      boolean leaves = inside(from[0], from[1]);
      if (leaves == inside(to[0], to[1])) continue;
      long side = side(from, to);
      if (leaves) exits[exit++] = side;
      else entries[entry++] = side;
    }
    if (exit == 1) next.put(exits[0], entries[0]);
    if (exit < 2) return;
    // entries[k] comes after exits[k] if the first corner is inside, before it otherwise
    boolean after = joined(i, j) == first;
    next.put(exits[0], entries[after ? 0 : 1]);
    next.put(exits[1], entries[after ? 1 : 0]);
  }

  /** Whether the two corners that are inside are connected within the cell. */
  private boolean joined(int i, int j) {
    double a = grid.value(i, j) - level;
    double b = grid.value(i + 1, j) - level;
    double c = grid.value(i + 1, j + 1) - level;
    double d = grid.value(i, j + 1) - level;
    double saddle = (a * c - b * d) / (a + c - b - d);
    return saddle >= 0; // where a corner has no value they are not
  }

  /** A number for the side of a cell; finds the crossing on it. */
  private long side(int[] from, int[] to) {
    int i = Math.min(from[0], to[0]) + 1;
    int j = Math.min(from[1], to[1]) + 1;
    long number = 2 * (i * (grid.rows() + 3L) + j) + (from[0] == to[0] ? 1 : 0);
    if (crossings.containsKey(number)) return number;
    boolean leaves = inside(from[0], from[1]);
    crossings.put(number, leaves ? crossing(from, to) : crossing(to, from));
    return number;
  }

  private Crossing crossing(int[] inside, int[] outside) {
    Point near = grid.point(inside[0], inside[1]);
    double high = grid.value(inside[0], inside[1]);
    double low = grid.value(outside[0], outside[1]);
    Point far = grid.point(outside[0], outside[1]);
    if (Double.isNaN(low)) {
      boolean beyond =
          outside[0] < 0
              || outside[1] < 0
              || outside[0] > grid.columns()
              || outside[1] > grid.rows();
      if (beyond) return new Crossing(near, false);
      Grid.End end = grid.end(near, high, far);
      if (end.value() >= level) return new Crossing(end.point(), false);
      low = end.value();
      far = end.point();
    }
    return new Crossing(grid.crossing(near, high, far, low, level), true);
  }

  private List<List<Crossing>> traced() {
    List<List<Crossing>> rings = new ArrayList<>();
    while (!next.isEmpty()) {
      List<Crossing> ring = new ArrayList<>();
      Long side = next.keySet().iterator().next();
      while (side != null) {
        Crossing crossing = crossings.get(side);
        if (crossing != null) ring.add(crossing);
        side = next.remove(side);
      }
      ring.removeLast(); // the first again
      rings.add(ring);
    }
    return rings;
  }
}
