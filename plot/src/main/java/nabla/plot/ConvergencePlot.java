package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import nabla.optimize.Iteration;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Form;

/** How far the value was above the least one in each iteration, and how large the gradient. */
final class ConvergencePlot {
  private static final double LEFT = 92;
  private static final double RIGHT = 616;
  private static final double HEIGHT = 330;

  /** More points than that are not marked one by one. */
  private static final int MOST_MARKED = 60;

  private final Page page;
  private final Legend legend = new Legend();
  private final List<Iteration> iterations;

  private ConvergencePlot(Plot plot, Descent descent) {
    this.iterations = descent.iterations();
    this.page = new Page("convergence", plot.formula(), "");
    page.finding(
        "%s, %s; value %s"
            .formatted(
                descent.length(),
                descent.found().reason(),
                Ticks.digits(descent.found().value(), 6)));
  }

  static Picture draw(Plot plot) {
    return new ConvergencePlot(plot, plot.minimize()).draw();
  }

  private Picture draw() {
    double best = iterations.stream().mapToDouble(Iteration::value).min().orElse(0);
    List<Point> above = positive(i -> i.value() - best);
    List<Point> slopes = positive(Iteration::gradientNorm);
    List<Point> all = new ArrayList<>(above);
    all.addAll(slopes);
    double last = Math.max(1, iterations.getLast().number());
    double bottom = page.top() + HEIGHT;
    Panel panel =
        new Panel(
            Axis.linear("iteration", new Range(0, last), LEFT, RIGHT),
            Axis.logarithmic("", decades(all), bottom, page.top()));
    page.add(panel.grid());
    series(panel, slopes, Paint.SECOND, Dash.DASHED, Form.SMALL_SQUARE);
    series(panel, above, Paint.FIRST, Dash.SOLID, Form.SMALL_DOT);
    page.addAll(panel.frame());
    legend.line(Paint.FIRST, Dash.SOLID, "value above the least one");
    legend.line(Paint.SECOND, Dash.DASHED, "largest entry of the gradient");
    return page.finish(legend, bottom + 40);
  }

  private List<Point> positive(ToDoubleFunction<Iteration> quantity) {
    return iterations.stream()
        .map(i -> new Point(i.number(), quantity.applyAsDouble(i)))
        .filter(p -> p.y() > 0 && Double.isFinite(p.y()))
        .toList();
  }

  /** Whole powers of ten around numbers. */
  static Range decades(List<Point> points) {
    double low = points.stream().mapToDouble(Point::y).min().orElse(0.1);
    double high = points.stream().mapToDouble(Point::y).max().orElse(1);
    double first = Math.floor(Math.log10(low));
    double last = Math.max(first + 1, Math.ceil(Math.log10(high)));
    return new Range(Math.pow(10, first), Math.pow(10, last));
  }

  private void series(Panel panel, List<Point> points, Paint paint, Dash dash, Form form) {
    if (points.isEmpty()) return;
    List<Point> placed = points.stream().map(panel::place).toList();
    page.add(new Mark.Lines(List.of(placed), paint, 2, dash));
    if (placed.size() > MOST_MARKED) return;
    for (Point p : placed) page.add(new Mark.Symbol(p, form, paint, ""));
  }
}
