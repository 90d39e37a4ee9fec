package nabla.cli;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
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

  /** How long a round before the measurement takes, in seconds. */
  private static final double ROUND = 0.15;

  /** So many rounds, one after the other, are no faster when all is compiled. */
  private static final int ROUNDS = 2;

  /** How long rounds go on at most, in seconds. */
  private static final double LONGEST = 5;

  /** A round is faster if a run takes less than this share of one in the fastest round before. */
  private static final double FASTER = 0.97;

  /** While the virtual machine compiles for more than this share of a round, it may get faster. */
  private static final double COMPILING = 0.1;

  /** Does it until that gets no faster, and then for a second, but 5 times at least. */
  static Repetition of(Runnable action) {
    warmUp(action);
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

  /**
   * The virtual machine compiles what is done often; until then the same takes several times as
   * long.
   */
  private static void warmUp(Runnable action) {
    double best = Double.POSITIVE_INFINITY;
    int noFaster = 0;
    double sum = 0;
    while (noFaster < ROUNDS && sum < LONGEST) {
      double compiled = compiled();
      double round = 0;
      int runs = 0;
      for (; round < ROUND; runs++) round += seconds(action);
      sum += round;
      boolean compiling = compiled() - compiled > COMPILING * round;
      noFaster = compiling || round / runs < FASTER * best ? 0 : noFaster + 1;
      best = Math.min(best, round / runs);
    }
  }

  /** For how many seconds the virtual machine has been compiling, if it does. */
  private static double compiled() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : 1e-3 * compiler.getTotalCompilationTime();
  }

  static double seconds(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) * NANO;
  }
}
