package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.plot.Mark.Anchor;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Font;

/**
 * A rectangle with an axis along its lower and its left side; one without a name across has no
 * numbers there, as those of the panel below are the same.
 */
record Panel(Axis x, Axis y) {
  private static final double TICK = 5;

  Point place(double atX, double atY) {
    return new Point(x.position(atX), y.position(atY));
  }

  Point place(Point point) {
    return place(point.x(), point.y());
  }

  /** The numbers at a point of the picture; only where both axes are linear. */
  Point read(Point placed) {
    return new Point(x.value(placed.x()), y.value(placed.y()));
  }

  private double left() {
    return x.from();
  }

  private double right() {
    return x.to();
  }

  private double bottom() {
    return y.from();
  }

  private double top() {
    return y.to();
  }

  Point middle() {
    return new Point((left() + right()) / 2, (top() + bottom()) / 2);
  }

  boolean contains(Point placed, double margin) {
    return placed.x() >= left() + margin
        && placed.x() <= right() - margin
        && placed.y() >= top() + margin
        && placed.y() <= bottom() - margin;
  }

  /** The rectangle itself. */
  Mark.Area area(Paint paint) {
    return new Mark.Area(List.of(corners()), paint);
  }

  private List<Point> corners() {
    return List.of(
        new Point(left(), top()),
        new Point(right(), top()),
        new Point(right(), bottom()),
        new Point(left(), bottom()));
  }

  private List<Ticks.Tick> acrossTicks() {
    return x.ticks(75);
  }

  private List<Ticks.Tick> upTicks() {
    return y.ticks(32);
  }

  /** Lines at the ticks, to be painted below everything else. */
  Mark grid() {
    List<List<Point>> lines = new ArrayList<>();
    for (Ticks.Tick tick : acrossTicks()) {
      double at = x.position(tick.value());
      lines.add(List.of(new Point(at, top()), new Point(at, bottom())));
    }
    for (Ticks.Tick tick : upTicks()) {
      double at = y.position(tick.value());
      lines.add(List.of(new Point(left(), at), new Point(right(), at)));
    }
    return new Mark.Lines(lines, Paint.GRID, 1, Dash.SOLID);
  }

  /** The frame, ticks, numbers and names, to be painted on everything else. */
  List<Mark> frame() {
    List<Mark> marks = new ArrayList<>();
    List<List<Point>> lines = new ArrayList<>();
    List<Point> frame = new ArrayList<>(corners());
    frame.add(frame.getFirst());
    lines.add(frame);
    for (Ticks.Tick tick : acrossTicks()) {
      double at = x.position(tick.value());
      lines.add(List.of(new Point(at, bottom()), new Point(at, bottom() + TICK)));
      if (x.name().isEmpty()) continue;
      Point below = new Point(at, bottom() + TICK + 13);
      marks.add(new Mark.Label(tick.label(), below, Anchor.MIDDLE, Font.NORMAL, 0, null));
    }
    for (Ticks.Tick tick : upTicks()) {
      double at = y.position(tick.value());
      lines.add(List.of(new Point(left() - TICK, at), new Point(left(), at)));
      Point beside = new Point(left() - TICK - 4, at + 4.5);
      marks.add(new Mark.Label(tick.label(), beside, Anchor.END, Font.NORMAL, 0, null));
    }
    marks.add(new Mark.Lines(lines, Paint.QUIET, 1, Dash.SOLID));
    Point below = new Point((left() + right()) / 2, bottom() + 37);
    if (!x.name().isEmpty()) {
      marks.add(new Mark.Label(x.name(), below, Anchor.MIDDLE, Font.NORMAL, 0, null));
    }
    Point beside = new Point(left() - 12 - TICK - widest(), (top() + bottom()) / 2);
    if (!y.name().isEmpty()) {
      marks.add(new Mark.Label(y.name(), beside, Anchor.MIDDLE, Font.NORMAL, -90, null));
    }
    return marks;
  }

  private double widest() {
    double widest = 0;
    for (Ticks.Tick tick : upTicks()) {
      widest = Math.max(widest, Font.NORMAL.width(tick.label()));
    }
    return widest;
  }
}
