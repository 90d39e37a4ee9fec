package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * Directions in which a function is looked at, with their names.
 *
 * @param entries each as long as a point
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Directions(List<String> names, double[][] entries, boolean random) {
  private static final List<String> USUAL = List.of("s", "t");

  /**
   * Those that are given, or so many random ones of length 1 at right angles.
   *
   * @throws NablaException with {@link Code#VALUE} if one has another number of entries than a
   *     point, or is zero; with {@link Code#REQUEST} if there are more than so many
   */
  static Directions of(Plot plot, int size, int count) {
    Map<String, NumericArray> given = plot.directions();
    if (given.isEmpty()) return random(size, Math.min(count, size), plot.options().seed());
    if (given.size() > count) {
      throw new NablaException(
          Code.REQUEST, "at most " + count + " directions are drawn, not " + given.size());
    }
    List<double[]> entries = new ArrayList<>();
    given.forEach((name, array) -> entries.add(checked(name, array, size)));
    return new Directions(List.copyOf(given.keySet()), entries.toArray(double[][]::new), false);
  }

  private static double[] checked(String name, NumericArray array, int size) {
    if (array.count() != size) {
      throw new NablaException(
          Code.VALUE,
          "the direction %s has %d entries, but %d numbers move"
              .formatted(name, array.count(), size));
    }
    if (!array.isFinite() || array.largest() == 0) {
      throw new NablaException(Code.VALUE, "the direction " + name + " leads nowhere");
    }
    return array.data();
  }

  private static Directions random(int size, int count, long seed) {
    Random random = new Random(~seed); // not the numbers of a random point
    double[][] entries = new double[count][];
    for (int d = 0; d < count; d++) {
      double[] next = random.doubles(size, -1, 1).toArray();
      for (int before = 0; before < d; before++) subtract(next, entries[before]);
      double length = Math.sqrt(product(next, next));
      for (int k = 0; k < size; k++) next[k] /= length;
      entries[d] = next;
    }
    return new Directions(USUAL.subList(0, count), entries, true);
  }

  /** The part along another direction of length 1. */
  private static void subtract(double[] direction, double[] other) {
    double product = product(direction, other);
    for (int k = 0; k < direction.length; k++) direction[k] -= product * other[k];
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) sum += x[k] * y[k];
    return sum;
  }
}
