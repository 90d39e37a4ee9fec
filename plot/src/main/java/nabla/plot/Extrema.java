package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.optimize.Curvature.Kind;

/**
 * Where the derivative of a function of one number is zero: where its sign changes, by bisection.
 */
final class Extrema {
  private static final int SAMPLES = 400;
  private static final int BISECTIONS = 80;

  private final Section section;
  private final Range range;
  private final double size;
  private final List<StationaryPoint> found = new ArrayList<>();

  private Extrema(Section section, Range range) {
    this.section = section;
    this.range = range;
    this.size = Math.max(size(range.low()), size(range.high()));
  }

  /** The minima and maxima with a slope of zero, and flat points that samples meet. */
  static List<StationaryPoint> find(Section section, Range range) {
    Extrema extrema = new Extrema(section, range);
    for (int k = 0; k < SAMPLES; k++) extrema.between(k);
    return extrema.found;
  }

  private double size(double number) {
    double value = Math.abs(section.value(number));
    return Double.isFinite(value) ? value : 0;
  }

  private double number(int k) {
    return range.at((double) k / SAMPLES);
  }

  private double slope(double number) {
    return section.gradient(number)[0];
  }

  private void between(int k) {
    double low = number(k);
    double high = number(k + 1);
    double from = slope(low);
    double to = slope(high);
    if (to == 0 && k + 2 <= SAMPLES) atSample(high, from, slope(number(k + 2)));
    if (!(from * to < 0)) return;
    for (int b = 0; b < BISECTIONS; b++) {
      double middle = (low + high) / 2;
      double slope = slope(middle);
      if (slope * from > 0) low = middle;
      else high = middle;
    }
    double left = Math.abs(slope(high));
    // at a pole and at a kink the sign changes, but the slope is not zero
    if (left <= 1e-6 * Math.max(Math.abs(from), Math.abs(to))) {
      add(high, from < 0 ? Kind.STRICT_MINIMUM : Kind.MAXIMUM);
    }
  }

  private void atSample(double number, double before, double after) {
    if (before == 0 || after == 0 || Double.isNaN(before * after)) return;
    double near = Math.abs(slope(number + 1e-5 * range.span()));
    if (near > 1e-2 * Math.max(Math.abs(before), Math.abs(after))) return; // a kink
    if (before * after > 0) add(number, Kind.FLAT);
    else add(number, before < 0 ? Kind.STRICT_MINIMUM : Kind.MAXIMUM);
  }

  private void add(double number, Kind kind) {
    double cleared = Math.abs(number) < 1e-9 * range.span() ? 0 : number;
    double value = section.value(cleared);
    if (Math.abs(value) <= 1e-12 * size) value = 0; // but for rounding
    if (Double.isFinite(value)) {
      found.add(new StationaryPoint(new Point(cleared, value), value, kind));
    }
  }
}
