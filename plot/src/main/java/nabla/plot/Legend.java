package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nabla.plot.Mark.Anchor;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Font;
import nabla.plot.Mark.Form;

/** What lines and figures mean, side by side in rows. */
final class Legend {
  private static final double SAMPLE = 24;
  private static final double GAP = 22;
  static final double ROW = 20;

  /** A sample of it at a point, and what it is. */
  private record Entry(Function<Point, Mark> sample, String text) {
    double width() {
      return SAMPLE + 7 + Font.NORMAL.width(text) + GAP;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void line(Paint paint, Dash dash, String text) {
    entries.add(
        new Entry(
            at ->
                new Mark.Lines(
                    List.of(List.of(at.plus(-SAMPLE / 2, 0), at.plus(SAMPLE / 2, 0))),
                    paint,
                    2,
                    dash),
            text));
  }

  void arrow(Paint paint, String text) {
    entries.add(
        new Entry(at -> Arrows.of(at.plus(-SAMPLE / 2, 0), at.plus(SAMPLE / 2, 0), paint), text));
  }

  void symbol(Form form, Paint paint, String text) {
    entries.add(new Entry(at -> new Mark.Symbol(at, form, paint, ""), text));
  }

  /** Each row in the middle of a width, the first at a height. */
  List<Mark> marks(double width, double top) {
    List<Mark> marks = new ArrayList<>();
    double y = top;
    for (List<Entry> row : rows(width)) {
      double x = (width - row.stream().mapToDouble(Entry::width).sum() + GAP) / 2;
      for (Entry entry : row) {
        marks.add(entry.sample().apply(new Point(x + SAMPLE / 2, y - 4.5)));
        Point beside = new Point(x + SAMPLE + 7, y);
        marks.add(new Mark.Label(entry.text(), beside, Anchor.START, Font.NORMAL, 0, null));
        x += entry.width();
      }
      y += ROW;
    }
    return marks;
  }

  double height(double width) {
    return ROW * rows(width).size();
  }

  private List<List<Entry>> rows(double width) {
    List<List<Entry>> rows = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Entry entry : entries) {
      if (used + entry.width() - GAP > width - 20) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.getLast().add(entry);
      used += entry.width();
    }
    return rows;
  }
}
