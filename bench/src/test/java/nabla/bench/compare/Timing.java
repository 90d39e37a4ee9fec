package nabla.bench.compare;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How long a call takes, in seconds. {@code bench/peers/worker.py} measures in the same way. */
record Timing(double median, double lowerQuartile, double upperQuartile, int samples) {
  private static final double ROUND = 0.15;

  /** A loop that a call runs a few times waits for seconds until the compiler takes it. */
  private static final int LEAST_ROUNDS = 20;

  private static final int MOST_ROUNDS = 32;

  /** What is not faster than this share of the fastest round so far is no faster. */
  private static final double FASTER = 0.95;

  /** While the virtual machine compiles for more than this share of a round, it is not warm. */
  private static final double COMPILING = 0.1;

  private static final double SAMPLE = 0.02;
  private static final double SHORT = 1e-4;
  private static final double LONG = 5;

  /**
   * Calls until warm, then takes samples of as many calls as fill one. What was computed before and
   * takes long is called once.
   */
  static Timing of(Runnable call) {
    double first = average(call, 0);
    if (first > LONG) return new Timing(first, first, first, 1);
    double each = untilWarm(call);
    long calls = Math.max(1, Math.round(SAMPLE / each));
    double[] samples = new double[samplesFor(each)];
    for (int i = 0; i < samples.length; i++) {
      long start = System.nanoTime();
      for (long j = 0; j < calls; j++) call.run();
      samples[i] = (System.nanoTime() - start) / 1e9 / calls;
    }
    Arrays.sort(samples);
    int last = samples.length - 1;
    return new Timing(samples[last / 2], samples[last / 4], samples[last - last / 4], last + 1);
  }

  /** The one with the middle median: how memory lies differs from process to process. */
  static Timing middle(List<Timing> each) {
    List<Timing> sorted = each.stream().sorted(Comparator.comparingDouble(Timing::median)).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  /**
   * Calls until two rounds in turn are no faster than one before, and nothing is being compiled:
   * what is not compiled yet is not what is measured. How long a call took in the fastest round.
   */
  private static double untilWarm(Runnable call) {
    double fastest = Double.POSITIVE_INFINITY;
    int inVain = 0;
    for (int round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || inVain < 2); round++) {
      double compiled = compiled();
      double each = average(call, ROUND);
      boolean compiling = compiled() - compiled > COMPILING * ROUND;
      inVain = compiling || each < FASTER * fastest ? 0 : inVain + 1;
      fastest = Math.min(fastest, each);
      if (each > LONG) break;
    }
    return fastest;
  }

  /** For how many seconds the virtual machine has been compiling, if it does. */
  private static double compiled() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : 1e-3 * compiler.getTotalCompilationTime();
  }

  /** Calls for a time and at least twice: how long a call took in the second half of it. */
  static double warmUp(Runnable call, double seconds) {
    average(call, seconds / 2);
    return average(call, seconds / 2);
  }

  /**
   * The fastest of many short samples, in seconds a call: what else the machine does spares some of
   * them. Calls until warm before, for as long as it measures.
   */
  static double fastest(Runnable call, double seconds) {
    double each = warmUp(call, seconds);
    long calls = Math.max(1, Math.round(SHORT / each));
    double fastest = Double.POSITIVE_INFINITY;
    long start = System.nanoTime();
    for (int k = 0; k < 3 || (System.nanoTime() - start) / 1e9 < seconds; k++) {
      long begin = System.nanoTime();
      for (long j = 0; j < calls; j++) call.run();
      fastest = Math.min(fastest, (System.nanoTime() - begin) / 1e9 / calls);
    }
    return fastest;
  }

  private static double average(Runnable call, double seconds) {
    long start = System.nanoTime();
    double elapsed;
    long calls = 0;
    do {
      call.run();
      calls++;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return elapsed / calls;
  }

  /** Nobody waits fifteen times for what takes seconds. */
  private static int samplesFor(double seconds) {
    if (seconds > 1) return 3;
    return seconds > 0.2 ? 9 : 15;
  }
}
