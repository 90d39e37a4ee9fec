package nabla.plot;

import java.util.List;
import nabla.optimize.Curvature;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Form;

/** A function of one number, and below it its derivative. */
final class CurvePlot {
  private static final double LEFT = 92;
  private static final double RIGHT = 616;
  private static final double HEIGHT = 240;
  private static final double LOWER = 130;
  private static final double GAP = 22;

  private final Line line;
  private final Page page;
  private final Legend legend = new Legend();

  private CurvePlot(Plot plot, Line line) {
    this.line = line;
    this.page = new Page("curve", plot.formula(), line.what());
  }

  static Picture draw(Plot plot, Line line) {
    return new CurvePlot(plot, line).draw();
  }

  private Picture draw() {
    Trace value = new Trace(line.section()::value, line.range());
    if (value.isEmpty()) throw Centre.outside();
    Trace slope = new Trace(s -> line.section().gradient(s)[0], line.range());
    double bottom = page.top() + HEIGHT;
    Axis shared = Axis.linear("", line.range(), LEFT, RIGHT);
    Panel upper = new Panel(shared, Axis.linear("f", value.shown(), bottom, page.top()));
    curve(upper, value, Paint.FIRST, Dash.SOLID);
    points(upper);
    page.addAll(upper.frame());
    Range slopes = slope.isEmpty() ? Range.around(0, 1) : slope.shown();
    double lowest = bottom + GAP + LOWER;
    Panel lower =
        new Panel(
            Axis.linear(line.name(), line.range(), LEFT, RIGHT),
            Axis.linear("slope", slopes, lowest, bottom + GAP));
    curve(lower, slope, Paint.SECOND, Dash.SOLID);
    page.addAll(lower.frame());
    legend.line(Paint.FIRST, Dash.SOLID, "function");
    legend.line(Paint.SECOND, Dash.SOLID, "derivative");
    for (Curvature.Kind kind : Curvature.Kind.values()) {
      if (line.stationary().stream().noneMatch(p -> p.kind() == kind)) continue;
      legend.symbol(
          StationaryPoint.form(kind), StationaryPoint.paint(kind), StationaryPoint.word(kind));
    }
    return page.finish(legend, lowest + 40);
  }

  private void curve(Panel panel, Trace trace, Paint paint, Dash dash) {
    page.add(panel.grid());
    if (panel.y().range().contains(0)) {
      List<Point> zero =
          List.of(panel.place(line.range().low(), 0), panel.place(line.range().high(), 0));
      page.add(new Mark.Lines(List.of(zero), Paint.QUIET, 1, Dash.SOLID));
    }
    List<List<Point>> drawn =
        trace.pieces().stream()
            .map(piece -> piece.stream().map(panel::place).toList())
            .flatMap(piece -> Polylines.within(piece, panel).stream())
            .map(Polylines::simplified)
            .toList();
    page.add(new Mark.Lines(drawn, paint, 2, dash));
  }

  private void points(Panel panel) {
    for (StationaryPoint point : line.stationary()) {
      page.finding(
          point.word()
              + " at "
              + Ticks.digits(point.at().x(), 4)
              + ", value "
              + Ticks.digits(point.value(), 4));
      Point placed = panel.place(point.at());
      if (panel.contains(placed, 0)) page.add(point.symbol(placed));
    }
    if (line.path().isEmpty()) return;
    page.finding("path of minimize: " + line.pathWords());
    for (Point p : line.path()) {
      if (!panel.contains(panel.place(p), 0)) continue;
      page.add(new Mark.Symbol(panel.place(p), Form.SMALL_DOT, Paint.PATH, ""));
    }
    legend.symbol(Form.SMALL_DOT, Paint.PATH, "path of minimize");
  }
}
