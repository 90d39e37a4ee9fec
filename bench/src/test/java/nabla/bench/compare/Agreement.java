package nabla.bench.compare;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Whether systems have the same result: the largest difference, relative to the largest entry. */
final class Agreement {
  private static final double TOLERANCE = 1e-8;

  private final Map<Rival, double[]> results = new LinkedHashMap<>();

  /** Takes the result from a file, which is deleted. */
  void add(Rival rival, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Array array = Npy.map(file, arena);
      double[] numbers = new double[Math.toIntExact(array.count())];
      for (int i = 0; i < numbers.length; i++) numbers[i] = array.get(i);
      results.put(rival, numbers);
    }
    Files.delete(file);
  }

  /**
   * The largest difference between any two.
   *
   * @throws Disagreement if it is too large, with the systems and that difference
   */
  double worst(String what) {
    double worst = 0;
    for (var one : results.entrySet()) {
      for (var other : results.entrySet()) {
        if (one.getKey() == other.getKey()) break;
        double difference = difference(one.getValue(), other.getValue());
        if (!(difference <= TOLERANCE)) {
          throw new Disagreement(
              String.format(
                  Locale.ROOT,
                  "%s: %s and %s differ by %.2g of the largest entry",
                  what,
                  other.getKey().title(),
                  one.getKey().title(),
                  difference));
        }
        worst = Math.max(worst, difference);
      }
    }
    return worst;
  }

  private static double difference(double[] a, double[] b) {
    if (a.length != b.length) return Double.POSITIVE_INFINITY;
    double largest = Double.MIN_NORMAL;
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs(a[i] - b[i]);
      if (!Double.isFinite(difference)) return Double.POSITIVE_INFINITY;
      worst = Math.max(worst, difference);
      largest = Math.max(largest, Math.abs(a[i]));
    }
    return worst / largest;
  }
}
