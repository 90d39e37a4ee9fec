package nabla.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import nabla.optimize.Curvature;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Form;

/** Lines of equal value, the gradient, stationary points and the path of a minimisation. */
final class ContourPlot {
  private static final double LEFT = 86;
  private static final double RIGHT = 616;
  private static final double HIGHEST = 470;
  private static final double USUAL_HEIGHT = 430;
  private static final int CELLS = 180;
  private static final double ARROW = 24;
  private static final double ARROW_DISTANCE = 46;

  private final Plane plane;
  private final Page page;
  private final Panel panel;
  private final Grid grid;
  private final Levels levels;
  private final Legend legend = new Legend();

  private ContourPlot(Plot plot, Plane plane) {
    this.plane = plane;
    this.page = new Page("contour lines", plot.formula(), plane.what());
    this.panel = panel(plane, page.top());
    double ratio = (panel.y().from() - panel.y().to()) / (panel.x().to() - panel.x().from());
    int rows = Math.clamp(Math.round(CELLS * ratio), 20, CELLS);
    this.grid = new Grid(plane.section()::value, plane.x(), plane.y(), CELLS, rows);
    double[] sorted = grid.sorted();
    if (sorted.length == 0) throw Centre.outside();
    this.levels = Levels.of(grid.hasGaps() ? trimmed(sorted) : sorted);
  }

  /** Without the ends: near a gap the function may have any value. */
  private static double[] trimmed(double[] sorted) {
    int rest = sorted.length / 40;
    return Arrays.copyOfRange(sorted, rest, sorted.length - rest);
  }

  /** One unit is as long in both directions if that gives a reasonable shape. */
  private static Panel panel(Plane plane, double top) {
    double ratio = plane.y().span() / plane.x().span();
    double width = RIGHT - LEFT;
    double height = USUAL_HEIGHT;
    if (ratio > 0.4 && ratio < 2.5) {
      width = Math.min(width, HIGHEST / ratio);
      height = width * ratio;
    }
    double left = LEFT + (RIGHT - LEFT - width) / 2;
    return new Panel(
        Axis.linear(plane.names().getFirst(), plane.x(), left, left + width),
        Axis.linear(plane.names().getLast(), plane.y(), top + height, top));
  }

  static Picture draw(Plot plot, Plane plane) {
    return new ContourPlot(plot, plane).draw();
  }

  private Picture draw() {
    page.finding(
        "%s from %s to %s, %s from %s to %s"
            .formatted(
                plane.names().getFirst(),
                Ticks.digits(plane.x().low(), 4),
                Ticks.digits(plane.x().high(), 4),
                plane.names().getLast(),
                Ticks.digits(plane.y().low(), 4),
                Ticks.digits(plane.y().high(), 4)));
    List<List<List<Point>>> lines = bands();
    for (List<List<Point>> level : lines) {
      if (level.isEmpty()) continue;
      List<List<Point>> simpler = level.stream().map(Polylines::simplified).toList();
      page.add(new Mark.Lines(simpler, Paint.CONTOUR, 1, Dash.SOLID));
    }
    arrows();
    path();
    page.addAll(new LevelLabels(panel, levels, lines, obstacles()).marks());
    symbols();
    page.addAll(panel.frame());
    return page.finish(legend, panel.y().from() + 40);
  }

  /** Fills what is above each level, the lowest first; the lines of each level. */
  private List<List<List<Point>>> bands() {
    boolean gaps = grid.hasGaps();
    page.add(panel.area(gaps ? Paint.GAP : levels.band(-1)));
    if (gaps) {
      fill(LevelSet.rings(grid, Double.NEGATIVE_INFINITY), levels.band(-1));
      page.finding("grey where the function has no finite value");
    }
    List<List<List<Point>>> lines = new ArrayList<>();
    for (int k = 0; k < levels.count(); k++) {
      List<List<LevelSet.Crossing>> rings = LevelSet.rings(grid, levels.value(k));
      fill(rings, levels.band(k));
      lines.add(
          LevelSet.lines(rings).stream()
              .map(line -> line.stream().map(panel::place).toList())
              .toList());
    }
    return lines;
  }

  private void fill(List<List<LevelSet.Crossing>> rings, Paint paint) {
    List<List<Point>> placed =
        rings.stream()
            .map(ring -> ring.stream().map(c -> panel.place(c.point())).toList())
            .map(Polylines::simplified)
            .toList();
    page.add(new Mark.Area(placed, paint));
  }

  /** The gradient at points of a coarse grid, at right angles to the lines as they are drawn. */
  private void arrows() {
    List<Point> tails = new ArrayList<>();
    List<Point> slopes = new ArrayList<>();
    double width = panel.x().to() - panel.x().from();
    double height = panel.y().from() - panel.y().to();
    int columns = Math.max(2, (int) (width / ARROW_DISTANCE));
    int rows = Math.max(2, (int) (height / ARROW_DISTANCE));
    double steepest = 0;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        double x = plane.x().at((i + 0.5) / columns);
        double y = plane.y().at((j + 0.5) / rows);
        double[] gradient = plane.section().gradient(x, y);
        Point slope = new Point(gradient[0] / panel.x().scale(), -gradient[1] / panel.y().scale());
        double steep = Math.hypot(slope.x(), slope.y());
        boolean defined = Double.isFinite(plane.section().value(x, y)) && Double.isFinite(steep);
        if (!defined || steep == 0) continue;
        steepest = Math.max(steepest, steep);
        tails.add(panel.place(x, y));
        slopes.add(slope);
      }
    }
    if (tails.isEmpty()) return;
    List<List<Point>> arrows = new ArrayList<>();
    for (int k = 0; k < tails.size(); k++) {
      arrows.add(arrow(tails.get(k), slopes.get(k), steepest));
    }
    List<Point> obstacles = obstacles();
    arrows.removeIf(arrow -> arrow.stream().anyMatch(p -> isNear(obstacles, p) || !isDefined(p)));
    page.add(new Mark.Lines(arrows, Paint.ARROW, 1.1, Dash.SOLID));
    legend.arrow(Paint.ARROW, "gradient");
  }

  /** Steep slopes differ by powers of ten: the length grows with a root of the slope. */
  private static List<Point> arrow(Point middle, Point slope, double steepest) {
    double steep = Math.hypot(slope.x(), slope.y());
    double length = Math.max(6, ARROW * Math.pow(steep / steepest, 0.25));
    double dx = length / 2 * slope.x() / steep;
    double dy = length / 2 * slope.y() / steep;
    return Arrows.line(middle.plus(-dx, -dy), middle.plus(dx, dy));
  }

  private boolean isDefined(Point placed) {
    Point at = panel.read(placed);
    return Double.isFinite(plane.section().value(at.x(), at.y()));
  }

  private static boolean isNear(List<Point> obstacles, Point placed) {
    return obstacles.stream().anyMatch(p -> p.distance(placed) < 9);
  }

  private List<Point> obstacles() {
    List<Point> obstacles = new ArrayList<>();
    plane.stationary().forEach(p -> obstacles.add(panel.place(p.at())));
    for (int k = 1; k < plane.path().size(); k++) {
      Point from = panel.place(plane.path().get(k - 1));
      Point to = panel.place(plane.path().get(k));
      double steps = Math.ceil(Math.min(from.distance(to) / 8, 200));
      for (int s = 0; s <= steps; s++) obstacles.add(from.towards(to, s / steps));
    }
    if (plane.centre() != null) obstacles.add(panel.place(plane.centre()));
    return obstacles;
  }

  private void path() {
    if (plane.path().isEmpty()) return;
    List<Point> placed = plane.path().stream().map(panel::place).toList();
    page.add(new Mark.Lines(Polylines.within(placed, panel), Paint.PATH, 2, Dash.SOLID));
    placed.stream()
        .filter(p -> panel.contains(p, 0))
        .forEach(p -> page.add(new Mark.Symbol(p, Form.SMALL_DOT, Paint.PATH, "")));
    legend.line(Paint.PATH, Dash.SOLID, "path of minimize");
    page.finding("path of minimize: " + plane.pathWords());
  }

  private void symbols() {
    if (!plane.path().isEmpty() && panel.contains(panel.place(plane.path().getFirst()), 0)) {
      page.add(new Mark.Symbol(panel.place(plane.path().getFirst()), Form.RING, Paint.PATH, ""));
      legend.symbol(Form.RING, Paint.PATH, "start");
    }
    page.findings(StationaryPoint.words(plane.stationary()));
    LinkedHashSet<Curvature.Kind> kinds = new LinkedHashSet<>();
    for (StationaryPoint point : plane.stationary()) {
      page.add(point.symbol(panel.place(point.at())));
      kinds.add(point.kind());
    }
    for (Curvature.Kind kind : Curvature.Kind.values()) {
      if (!kinds.contains(kind)) continue;
      legend.symbol(
          StationaryPoint.form(kind), StationaryPoint.paint(kind), StationaryPoint.word(kind));
    }
    if (plane.centre() == null || !panel.contains(panel.place(plane.centre()), 0)) return;
    Point centre = panel.place(plane.centre());
    page.add(new Mark.Symbol(centre, Form.RING, Paint.SECOND, ""));
    legend.symbol(Form.RING, Paint.SECOND, plane.centreWords());
  }
}
