package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Form;

/** The errors of Taylor expansions against the step, and the slopes that they should have. */
final class TaylorPlot {
  private static final double LEFT = 92;
  private static final double RIGHT = 616;
  private static final double HEIGHT = 360;

  private final TaylorTest test;
  private final Page page;
  private final Legend legend = new Legend();

  private TaylorPlot(Plot plot, TaylorTest test) {
    this.test = test;
    this.page = new Page("Taylor test", plot.formula(), "errors of Taylor expansions");
  }

  static Picture draw(Plot plot, TaylorTest test) {
    return new TaylorPlot(plot, test).draw();
  }

  private Picture draw() {
    List<Point> first = errors(TaylorTest.Step::first);
    List<Point> second = test.second() ? errors(TaylorTest.Step::second) : List.of();
    List<Point> all = new ArrayList<>(first);
    all.addAll(second);
    double bottom = page.top() + HEIGHT;
    List<TaylorTest.Step> steps = test.steps();
    if (steps.isEmpty()) throw Centre.outside();
    Panel panel =
        new Panel(
            Axis.logarithmic("step", new Range(steps.getLast().length() / 1.4, 1.4), LEFT, RIGHT),
            Axis.logarithmic("error", ConvergencePlot.decades(all), bottom, page.top()));
    page.add(panel.grid());
    reference(panel, TaylorTest.Step::first, 2);
    if (test.second()) reference(panel, TaylorTest.Step::second, 3);
    symbols(panel, first, Form.SMALL_DOT, Paint.FIRST);
    symbols(panel, second, Form.SMALL_SQUARE, Paint.SECOND);
    page.addAll(panel.frame());
    legend("first order", test.firstWords(), Form.SMALL_DOT, Paint.FIRST);
    if (test.second()) {
      legend("second order", test.secondWords(), Form.SMALL_SQUARE, Paint.SECOND);
    }
    legend.line(Paint.QUIET, Dash.DASHED, test.second() ? "slopes 2 and 3" : "slope 2");
    page.finding("right derivatives give the slopes 2 and 3, down to where rounding begins");
    return page.finish(legend, bottom + 40);
  }

  private List<Point> errors(ToDoubleFunction<TaylorTest.Step> error) {
    return test.steps().stream()
        .map(s -> new Point(s.length(), error.applyAsDouble(s)))
        .filter(p -> p.y() > test.rounding() / 100)
        .toList();
  }

  private void symbols(Panel panel, List<Point> points, Form form, Paint paint) {
    for (Point p : points) page.add(new Mark.Symbol(panel.place(p), form, paint, ""));
  }

  private void legend(String order, String how, Form form, Paint paint) {
    String words = order + ": " + how;
    legend.symbol(form, paint, words);
    page.finding("error of the " + words);
  }

  /** The line that the errors should follow, through the shortest step that tells. */
  private void reference(Panel panel, ToDoubleFunction<TaylorTest.Step> error, int slope) {
    List<TaylorTest.Step> clear = test.clear(error);
    if (clear.isEmpty()) return;
    TaylorTest.Step last = clear.getLast();
    List<Point> line = new ArrayList<>();
    for (TaylorTest.Step end : List.of(test.steps().getFirst(), test.steps().getLast())) {
      double factor = Math.pow(end.length() / last.length(), slope);
      line.add(panel.place(end.length(), error.applyAsDouble(last) * factor));
    }
    page.add(new Mark.Lines(Polylines.within(line, panel), Paint.QUIET, 1.2, Dash.DASHED));
  }
}
