package nabla.plot;

import java.util.List;

/**
 * An axis of a picture: which numbers are where.
 *
 * @param name what is measured along it
 * @param from where its low end is in the picture
 * @param to where its high end is
 */
record Axis(String name, Range range, double from, double to, Spacing spacing) {
  /** How far numbers are from one another. */
  enum Spacing {
    LINEAR,
    LOGARITHMIC
  }

  static Axis linear(String name, Range range, double from, double to) {
    return new Axis(name, range, from, to, Spacing.LINEAR);
  }

  static Axis logarithmic(String name, Range range, double from, double to) {
    return new Axis(name, range, from, to, Spacing.LOGARITHMIC);
  }

  /** Where a number is. */
  double position(double value) {
    double share =
        spacing == Spacing.LINEAR
            ? (value - range.low()) / range.span()
            : Math.log(value / range.low()) / Math.log(range.high() / range.low());
    return from + share * (to - from);
  }

  /** The number at a place; only if the axis is linear. */
  double value(double position) {
    return range.at((position - from) / (to - from));
  }

  /** How much of the picture one unit takes. */
  double scale() {
    return Math.abs(to - from) / range.span();
  }

  /**
   * @param room how much of the picture each needs
   */
  List<Ticks.Tick> ticks(double room) {
    int most = Math.max(2, (int) (Math.abs(to - from) / room));
    return spacing == Spacing.LINEAR ? Ticks.linear(range, most) : Ticks.logarithmic(range, most);
  }
}
