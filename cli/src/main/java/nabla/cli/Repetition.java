package nabla.cli;

import java.util.Arrays;

/**
 * How long something takes that is done again and again, in seconds.
 *
 * @param runs how often it was done
 */
record Repetition(double median, double fastest, int runs) {
  private static final double ENOUGH = 1;
  private static final int FEWEST = 5;
  private static final int MOST = 10_000;
  private static final double NANO = 1e-9;

  /** Does it for a second, but 5 times at least. */
  static Repetition of(Runnable action) {
    double[] seconds = new double[MOST];
    double sum = 0;
    int runs = 0;
    while (runs < MOST && (runs < FEWEST || sum < ENOUGH)) {
      seconds[runs] = seconds(action);
      sum += seconds[runs++];
    }
    double[] sorted = Arrays.copyOf(seconds, runs);
    Arrays.sort(sorted);
    return new Repetition(sorted[runs / 2], sorted[0], runs);
  }

  static double seconds(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) * NANO;
  }
}
