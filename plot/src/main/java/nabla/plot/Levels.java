package nabla.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The heights at which a function is shown: evenly spaced round numbers, or where most values lie
 * close to one number, such whose distance from it grows as 1, 2, 5, 10.
 *
 * @param base the number
 * @param unit the first distance; 0 if the levels are evenly spaced
 */
record Levels(List<BigDecimal> values, BigDecimal base, BigDecimal unit) {
  private static final Levels NONE = even(List.of());

  private static final int MOST = 12;

  /** Where the middle value is closer than that to an end, relative to the range, it is crowded. */
  private static final double CROWDED = 0.12;

  /**
   * @param sorted the values of the function, ascending
   */
  static Levels of(double[] sorted) {
    if (sorted.length == 0) return NONE;
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double spread = high - low;
    if (!(spread > 1e-13 * Math.max(Math.abs(low), Math.abs(high)))) return NONE;
    if (!Double.isFinite(spread)) return even(List.of(BigDecimal.ZERO));
    double middle = (quantile(sorted, 0.5) - low) / spread;
    double most = quantile(sorted, 0.8) - quantile(sorted, 0.2);
    if (middle < CROWDED) return from(low, quantile(sorted, 0.05) - low, high);
    if (middle > 1 - CROWDED) {
      return from(-high, high - quantile(sorted, 0.95), -low).negated();
    }
    if (most < CROWDED * spread) return both(sorted);
    return even(low, high);
  }

  private static Levels even(List<BigDecimal> values) {
    return new Levels(values, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static Levels even(double low, double high) {
    BigDecimal step = Ticks.step((high - low) / MOST);
    List<BigDecimal> levels = new ArrayList<>();
    long last = (long) Math.floor(high / step.doubleValue());
    for (long k = (long) Math.ceil(low / step.doubleValue()); k <= last; k++) {
      BigDecimal level = step.multiply(BigDecimal.valueOf(k));
      if (level.doubleValue() > low && level.doubleValue() < high) levels.add(level);
    }
    return even(levels);
  }

  /** Ever farther from the low end, first by about the least distance that matters. */
  private static Levels from(double low, double least, double high) {
    double distance = Math.max(least, 1e-9 * (high - low));
    BigDecimal first = Ticks.step(distance);
    BigDecimal base = rounded(low, first);
    List<BigDecimal> distances = distances(first, high - base.doubleValue());
    List<BigDecimal> levels =
        distances.stream()
            .map(base::add)
            .filter(level -> level.doubleValue() > low && level.doubleValue() < high)
            .toList();
    return new Levels(levels, base, first);
  }

  /** Ever farther from the middle value, to both sides. */
  private static Levels both(double[] sorted) {
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
    return new Levels(levels, base, first);
  }

  private static BigDecimal rounded(double value, BigDecimal step) {
    return new BigDecimal(value).divide(step, 0, RoundingMode.HALF_EVEN).multiply(step);
  }

  private static List<BigDecimal> distances(BigDecimal first, double last) {
    return distances(first, last, MOST);
  }

  /** 1, 2, 5, 10, … times a power of ten; powers of ten, or fewer, if those are too many. */
  private static List<BigDecimal> distances(BigDecimal first, double last, int most) {
    List<BigDecimal> all = new ArrayList<>();
    for (BigDecimal d = first; d.doubleValue() < last; d = Ticks.next(d)) all.add(d);
    if (all.size() <= most) return all;
    int stride = 3 * Math.ceilDiv(all.size(), 3 * most);
    int power = 0;
    while (all.get(power).stripTrailingZeros().unscaledValue().intValue() != 1) power++;
    List<BigDecimal> some = new ArrayList<>();
    for (int k = power; k < all.size(); k += stride) some.add(all.get(k));
    return some;
  }

  private Levels negated() {
    List<BigDecimal> negated = values.reversed().stream().map(BigDecimal::negate).toList();
    return new Levels(negated, base.negate(), unit);
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

  /** How high a value is between two others, from 0 to 1. */
  double height(double value, double low, double high) {
    double least = bent(low);
    double most = bent(high);
    return most > least ? Math.clamp((bent(value) - least) / (most - least), 0, 1) : 0.5;
  }

  /** The area hyperbolic sine: a logarithm of large distances from the base to both sides. */
  private double bent(double value) {
    if (unit.signum() == 0) return value;
    double distance = (value - base.doubleValue()) / unit.doubleValue();
    double size = Math.abs(distance);
    return Math.copySign(Math.log(size + Math.hypot(size, 1)), distance);
  }

  /** The levels that are written along an axis: a few, powers of ten where there are many. */
  List<Integer> written(int most) {
    List<Integer> some = new ArrayList<>();
    for (int k = 0; k < count(); k++) {
      String digits = values.get(k).stripTrailingZeros().unscaledValue().abs().toString();
      boolean round = digits.equals("1") || digits.equals("0");
      if (count() <= most || unit.signum() == 0 || round) some.add(k);
    }
    int stride = Math.max(1, Math.ceilDiv(some.size(), most));
    List<Integer> written = new ArrayList<>();
    for (int k = 0; k < some.size(); k += stride) written.add(some.get(k));
    return written;
  }
}
