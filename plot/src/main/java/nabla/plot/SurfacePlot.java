package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.plot.Mark.Anchor;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Font;

/** A function of two numbers as a surface, seen from the side of small numbers and from above. */
final class SurfacePlot {
  private static final int CELLS = 40;

  /** The heights of a surface reach so far up and down where its sides reach from -1 to 1. */
  private static final double TALL = 0.62;

  private static final double TURN = Math.toRadians(32);
  private static final double RISE = Math.toRadians(28);
  private static final double SIZE = 192;

  private final Plane plane;
  private final Page page;
  private final Grid grid;
  private final Levels levels;
  private final double low;
  private final double high;
  private final Point middle;

  private SurfacePlot(Plot plot, Plane plane) {
    this.plane = plane;
    this.page = new Page("surface", plot.formula(), plane.what());
    this.grid = new Grid(plane.section()::value, plane.x(), plane.y(), CELLS, CELLS);
    double[] sorted = grid.sorted();
    if (sorted.length == 0) throw Centre.outside();
    this.levels = Levels.of(sorted);
    // where the function is not finite in places it may have any value near them
    int rest = grid.hasGaps() ? sorted.length / 50 : 0;
    this.low = sorted[rest];
    this.high = sorted[sorted.length - 1 - rest];
    this.middle = new Point(Page.WIDTH / 2.0 + 14, page.top() + SIZE + 66);
  }

  static Picture draw(Plot plot, Plane plane) {
    return new SurfacePlot(plot, plane).draw();
  }

  private Picture draw() {
    floor();
    // from the far corner to the near one: what is nearer covers what is behind it
    for (int i = CELLS - 1; i >= 0; i--) {
      for (int j = CELLS - 1; j >= 0; j--) facet(i, j);
    }
    frame();
    page.findings(StationaryPoint.words(plane.stationary()));
    double bottom = project(-1, -1, -1).y() + 4;
    return page.finish(new Legend(), bottom);
  }

  /** A point of the box from -1 to 1 in the picture. */
  private Point project(double x, double y, double z) {
    double across = x * Math.cos(TURN) - y * Math.sin(TURN);
    double away = x * Math.sin(TURN) + y * Math.cos(TURN);
    double up = TALL * z * Math.cos(RISE) + away * Math.sin(RISE);
    return middle.plus(SIZE * across, -SIZE * up);
  }

  /** A height in the box. */
  private double height(double value) {
    return 2 * levels.height(value, low, high) - 1;
  }

  private double height(int i, int j) {
    return height(grid.value(i, j));
  }

  /** A cell, as far as the function is finite in it. */
  private void facet(int i, int j) {
    int[][] corners = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}};
    List<Point> ring = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      for (Grid.End end : grid.side(corners[k], corners[(k + 1) % 4])) {
        double height = height(end.value());
        sum += height;
        ring.add(project(at(plane.x(), end.x()), at(plane.y(), end.y()), height));
      }
    }
    if (ring.size() < 3) return;
    double mean = rounded((sum / ring.size() + 1) / 2, 40);
    double light = rounded(light(i, j), 20);
    page.add(new Mark.Facet(ring, Paint.surface(mean, light), Paint.surface(mean, light - 0.1)));
  }

  private static double rounded(double share, int steps) {
    return (double) Math.round(share * steps) / steps;
  }

  /** How bright a cell is: the cosine of its normal with the direction of the light. */
  private double light(int i, int j) {
    double step = 2.0 / CELLS;
    double across = slope(height(i + 1, j), height(i, j), height(i + 1, j + 1), height(i, j + 1));
    double away = slope(height(i, j + 1), height(i, j), height(i + 1, j + 1), height(i + 1, j));
    double x = -TALL * across / step;
    double y = -TALL * away / step;
    double cosine = (-0.55 * x - 0.1 * y + 0.83) / Math.sqrt(x * x + y * y + 1);
    return Math.clamp(0.78 + 0.3 * cosine, 0.6, 1);
  }

  /** The rise along one pair of corners, or along the other where that is not finite. */
  private static double slope(double to, double from, double otherTo, double otherFrom) {
    double slope = to - from;
    double other = otherTo - otherFrom;
    if (Double.isNaN(slope)) return Double.isNaN(other) ? 0 : other;
    return Double.isNaN(other) ? slope : (slope + other) / 2;
  }

  private double at(Range range, double value) {
    return 2 * (value - range.low()) / range.span() - 1;
  }

  /** The floor and the two walls behind, with lines at the ticks. */
  private void floor() {
    List<List<Point>> lines = new ArrayList<>();
    for (Ticks.Tick tick : Ticks.linear(plane.x(), 6)) {
      double x = at(plane.x(), tick.value());
      lines.add(List.of(project(x, -1, -1), project(x, 1, -1), project(x, 1, 1)));
    }
    for (Ticks.Tick tick : Ticks.linear(plane.y(), 6)) {
      double y = at(plane.y(), tick.value());
      lines.add(List.of(project(-1, y, -1), project(1, y, -1), project(1, y, 1)));
    }
    for (int k : heights()) {
      if (levels.value(k) < low || levels.value(k) > high) continue;
      double z = height(levels.value(k));
      lines.add(List.of(project(-1, 1, z), project(1, 1, z), project(1, -1, z)));
    }
    page.add(new Mark.Lines(lines, Paint.GRID, 1, Dash.SOLID));
  }

  private List<Integer> heights() {
    return levels.written(8);
  }

  private void frame() {
    List<List<Point>> lines = new ArrayList<>();
    lines.add(
        List.of(project(-1, 1, 1), project(-1, 1, -1), project(-1, -1, -1), project(1, -1, -1)));
    for (Ticks.Tick tick : Ticks.linear(plane.x(), 6)) {
      double x = at(plane.x(), tick.value());
      lines.add(List.of(project(x, -1, -1), project(x, -1.05, -1)));
      label(tick.label(), project(x, -1.1, -1).plus(0, 12), Anchor.MIDDLE);
    }
    for (Ticks.Tick tick : Ticks.linear(plane.y(), 6)) {
      double y = at(plane.y(), tick.value());
      lines.add(List.of(project(-1, y, -1), project(-1.05, y, -1)));
      label(tick.label(), project(-1.09, y, -1).plus(0, 11), Anchor.END);
    }
    for (int k : heights()) {
      if (levels.value(k) < low || levels.value(k) > high) continue;
      Point at = project(-1, 1, height(levels.value(k)));
      lines.add(List.of(at.plus(-5, 0), at));
      label(levels.label(k), at.plus(-9, 4.5), Anchor.END);
    }
    page.add(new Mark.Lines(lines, Paint.QUIET, 1, Dash.SOLID));
    label("f", project(-1, 1, 1).plus(0, -8), Anchor.MIDDLE);
    label(plane.names().getFirst(), project(0.1, -1.34, -1).plus(6, 14), Anchor.START);
    label(plane.names().getLast(), project(-1.34, 0, -1).plus(-12, 14), Anchor.END);
  }

  private void label(String text, Point at, Anchor anchor) {
    page.add(new Mark.Label(text, at, anchor, Font.NORMAL, 0, null));
  }
}
