package nabla.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The graph of a function of one number: its pieces, broken where it jumps or is not finite. */
final class Trace {
  private static final int SAMPLES = 600;
  private static final int BISECTIONS = 50;

  /** Closer to the end of its domain, a function may be nothing but rounding. */
  private static final int CLOSE = 12;

  private final DoubleUnaryOperator function;
  private final double[] numbers = new double[SAMPLES + 1];
  private final double[] values = new double[SAMPLES + 1];
  private final List<List<Point>> pieces = new ArrayList<>();
  private final double[] sorted;

  Trace(DoubleUnaryOperator function, Range range) {
    this.function = function;
    for (int k = 0; k <= SAMPLES; k++) {
      numbers[k] = range.at((double) k / SAMPLES);
      values[k] = at(numbers[k]);
    }
    sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length > 0) collect();
  }

  private double at(double number) {
    double value = function.applyAsDouble(number);
    return Double.isFinite(value) ? value : Double.NaN;
  }

  List<List<Point>> pieces() {
    return pieces;
  }

  boolean isEmpty() {
    return sorted.length == 0;
  }

  private void collect() {
    double jump = 0.02 * (quantile(0.95) - quantile(0.05));
    List<Point> piece = new ArrayList<>();
    for (int k = 0; k <= SAMPLES; k++) {
      Point here = new Point(numbers[k], values[k]);
      boolean finite = !Double.isNaN(values[k]);
      if (k > 0) {
        Point before = new Point(numbers[k - 1], values[k - 1]);
        boolean known = !Double.isNaN(values[k - 1]);
        Point[] ends = {before, here};
        if (finite != known || (finite && Math.abs(here.y() - before.y()) > jump)) {
          close(ends, known, finite);
          boolean broken = finite != known || isJump(ends, before, here);
          if (broken) {
            if (known) piece.add(ends[0]);
            pieces.add(piece);
            piece = new ArrayList<>();
            if (finite) piece.add(ends[1]);
          }
        }
      }
      if (finite) piece.add(here);
    }
    pieces.add(piece);
    pieces.removeIf(p -> p.size() < 2);
  }

  private static boolean isJump(Point[] ends, Point before, Point here) {
    return Math.abs(ends[1].y() - ends[0].y()) > Math.abs(here.y() - before.y()) / 2;
  }

  /** Brings two neighbours together where the function jumps, or where it ceases to be finite. */
  private void close(Point[] ends, boolean known, boolean finite) {
    for (int k = 0; k < (known && finite ? BISECTIONS : CLOSE); k++) {
      double number = (ends[0].x() + ends[1].x()) / 2;
      Point middle = new Point(number, at(number));
      boolean first;
      if (Double.isNaN(middle.y())) {
        if (known && finite) return; // a hole between two finite values
        first = !known;
      } else if (known && finite) {
        first = Math.abs(middle.y() - ends[1].y()) > Math.abs(middle.y() - ends[0].y());
      } else {
        first = known;
      }
      ends[first ? 0 : 1] = middle;
    }
  }

  private double quantile(double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /**
   * The values that are shown: all, but near a pole only those that let the rest be seen.
   *
   * @throws IllegalStateException if there is none
   */
  Range shown() {
    if (isEmpty()) throw new IllegalStateException("no finite value");
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double spread = quantile(0.9) - quantile(0.1);
    if (hasPole(1)) high = Math.min(high, quantile(0.9) + 0.7 * spread);
    if (hasPole(-1)) low = Math.max(low, quantile(0.1) - 0.7 * spread);
    double least = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
    if (high - low <= least) return Range.around(low, Math.max(1, Math.abs(low) / 2));
    return new Range(low, high).widened(0.06);
  }

  /** Whether the function grows a hundredfold beyond its largest sample close to it. */
  private boolean hasPole(int sign) {
    int largest = -1;
    for (int k = 0; k <= SAMPLES; k++) {
      if (Double.isNaN(values[k])) continue;
      if (largest < 0 || sign * values[k] > sign * values[largest]) largest = k;
    }
    double limit = Math.abs(values[largest]) * 100;
    double low = numbers[Math.max(0, largest - 1)];
    double high = numbers[Math.min(SAMPLES, largest + 1)];
    for (int k = 0; k < BISECTIONS; k++) {
      double first = low + (high - low) / 3;
      double second = high - (high - low) / 3;
      double one = sign * function.applyAsDouble(first);
      double other = sign * function.applyAsDouble(second);
      if (one > limit || other > limit) return true;
      if (one > other || Double.isNaN(other)) high = second;
      else low = first;
    }
    return false;
  }
}
