package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.plot.Mark.Anchor;
import nabla.plot.Mark.Font;

/** A picture while it is drawn: its title above, its legend below. */
final class Page {
  static final int WIDTH = 640;
  private static final int MOST_LINES = 2;
  private static final double MARGIN = 20;

  private final String kind;
  private final String formula;
  private final List<Mark> marks = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private double top;

  /**
   * @param kind what is shown of the function, for those who can't see it
   * @param formula the function
   * @param below what else is to be said of it; empty if nothing is
   */
  Page(String kind, String formula, String below) {
    this.kind = kind;
    this.formula = formula;
    Font font = new Font(15, true, Paint.TEXT);
    double room = WIDTH - 2 * MARGIN;
    if (font.width(formula) > room) font = new Font(12, true, Paint.TEXT);
    top = 12;
    for (String line : broken(formula, (int) (room / font.width("x")))) title(line, font);
    if (!below.isEmpty()) title(below, new Font(12, false, Paint.QUIET));
    top += 14;
  }

  private void title(String line, Font font) {
    top += font.size() + 4;
    Point at = new Point(WIDTH / 2.0, top);
    marks.add(new Mark.Label(line, at, Anchor.MIDDLE, font, 0, null));
  }

  /** Lines of so many letters at most, broken at blanks where there are any. */
  static List<String> broken(String text, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > most && lines.size() < MOST_LINES - 1) {
      int blank = rest.lastIndexOf(' ', most);
      int end = blank > most / 2 ? blank : most;
      if (Character.isLowSurrogate(rest.charAt(end))) end--;
      lines.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (rest.length() > most) {
      int end = Character.isLowSurrogate(rest.charAt(most - 1)) ? most - 2 : most - 1;
      rest = rest.substring(0, end) + "…";
    }
    lines.add(rest);
    return lines;
  }

  /** Where there is room below the title. */
  double top() {
    return top;
  }

  void add(Mark mark) {
    marks.add(mark);
  }

  void addAll(List<? extends Mark> further) {
    marks.addAll(further);
  }

  void finding(String words) {
    findings.add(words);
  }

  void findings(List<String> words) {
    findings.addAll(words);
  }

  /**
   * The picture.
   *
   * @param bottom of what has been drawn
   */
  Picture finish(Legend legend, double bottom) {
    marks.addAll(legend.marks(WIDTH, bottom + 26));
    double height = bottom + 26 + Math.max(0, legend.height(WIDTH) - Legend.ROW) + 16;
    return new Picture(kind + " of " + formula, findings, WIDTH, (int) Math.ceil(height), marks);
  }
}
