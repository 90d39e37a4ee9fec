package nabla.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The heights at which a function is shown: evenly spaced round numbers, or where most values lie
 * close to one of the ends, numbers that grow as 1, 2, 5, 10 with the distance from it.
 */
record Levels(List<BigDecimal> values) {
  private static final int MOST = 12;

  /** Where the middle value is closer than that to an end, relative to the range, it is crowded. */
  private static final double CROWDED = 0.12;

  /**
   * @param sorted the values of the function, ascending
   */
  static Levels of(double[] sorted) {
    if (sorted.length == 0) return new Levels(List.of());
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double spread = high - low;
    if (!(spread > 1e-13 * Math.max(Math.abs(low), Math.abs(high)))) return new Levels(List.of());
    if (!Double.isFinite(spread)) return new Levels(List.of(BigDecimal.ZERO));
    double middle = (quantile(sorted, 0.5) - low) / spread;
    double most = quantile(sorted, 0.8) - quantile(sorted, 0.2);
    if (middle < CROWDED) return new Levels(from(low, quantile(sorted, 0.05) - low, high));
    if (middle > 1 - CROWDED) {
      return new Levels(mirrored(from(-high, high - quantile(sorted, 0.95), -low)));
    }
    if (most < CROWDED * spread) return new Levels(both(sorted));
    return new Levels(even(low, high));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static List<BigDecimal> even(double low, double high) {
    BigDecimal step = Ticks.step((high - low) / MOST);
    List<BigDecimal> levels = new ArrayList<>();
    long last = (long) Math.floor(high / step.doubleValue());
    for (long k = (long) Math.ceil(low / step.doubleValue()); k <= last; k++) {
      BigDecimal level = step.multiply(BigDecimal.valueOf(k));
      if (level.doubleValue() > low && level.doubleValue() < high) levels.add(level);
    }
    return levels;
  }

  /** Ever farther from the low end, first by about the least distance that matters. */
  private static List<BigDecimal> from(double low, double least, double high) {
    double distance = Math.max(least, 1e-9 * (high - low));
    BigDecimal first = Ticks.step(distance);
    BigDecimal base = rounded(low, first);
    List<BigDecimal> distances = distances(first, high - base.doubleValue());
    return distances.stream()
        .map(base::add)
        .filter(level -> level.doubleValue() > low && level.doubleValue() < high)
        .toList();
  }

  /** Ever farther from the middle value, to both sides. */
  private static List<BigDecimal> both(double[] sorted) {
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double middle = quantile(sorted, 0.5);
    double least = (quantile(sorted, 0.6) - quantile(sorted, 0.4)) / 2;
    BigDecimal first = Ticks.step(Math.max(least, 1e-5 * (high - low)));
    BigDecimal base = rounded(middle, first);
    List<BigDecimal> distances =
        distances(first, Math.max(high - middle, middle - low), MOST / 2 + 1);
    List<BigDecimal> levels = new ArrayList<>();
    distances.reversed().forEach(d -> levels.add(base.subtract(d)));
    levels.add(base);
    distances.forEach(d -> levels.add(base.add(d)));
    levels.removeIf(level -> level.doubleValue() <= low || level.doubleValue() >= high);
    return levels;
  }

  private static BigDecimal rounded(double value, BigDecimal step) {
    return new BigDecimal(value).divide(step, 0, RoundingMode.HALF_EVEN).multiply(step);
  }

  private static List<BigDecimal> distances(BigDecimal first, double last) {
    return distances(first, last, MOST);
  }

  /** 1, 2, 5, 10, … times a power of ten; every third of them, or fewer, if those are too many. */
  private static List<BigDecimal> distances(BigDecimal first, double last, int most) {
    List<BigDecimal> all = new ArrayList<>();
    for (BigDecimal d = first; d.doubleValue() < last; d = Ticks.next(d)) all.add(d);
    int stride = all.size() <= most ? 1 : 3 * Math.ceilDiv(all.size(), 3 * most);
    List<BigDecimal> some = new ArrayList<>();
    for (int k = 0; k < all.size(); k += stride) some.add(all.get(k));
    return some;
  }

  private static List<BigDecimal> mirrored(List<BigDecimal> levels) {
    return levels.reversed().stream().map(BigDecimal::negate).toList();
  }

  int count() {
    return values.size();
  }

  double value(int level) {
    return values.get(level).doubleValue();
  }

  String label(int level) {
    return Ticks.label(values.get(level));
  }

  /** What fills between a level and the next one; below the first for -1. */
  Paint band(int level) {
    return Paint.band(level + 1, count() + 1);
  }

  /**
   * How high a value is, from 0 to 1, where the levels are evenly spaced and the ends are given.
   */
  double height(double value, double low, double high) {
    if (count() == 0) return 0.5;
    int above = 0;
    while (above < count() && this.value(above) <= value) above++;
    double from = above == 0 ? low : this.value(above - 1);
    double to = above == count() ? high : this.value(above);
    double share = to > from ? Math.clamp((value - from) / (to - from), 0, 1) : 0;
    return (above + share) / (count() + 1);
  }
}
