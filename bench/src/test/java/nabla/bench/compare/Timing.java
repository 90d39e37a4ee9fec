package nabla.bench.compare;

import java.util.Arrays;

/** How long a call takes, in seconds. {@code bench/peers/worker.py} measures in the same way. */
record Timing(double median, double lowerQuartile, double upperQuartile, int samples) {
  private static final double WARM_UP = 0.3;
  private static final double SAMPLE = 0.02;

  /** Calls until warm, then takes samples of as many calls as fill one. */
  static Timing of(Runnable call) {
    double each = warmUp(call, WARM_UP);
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

  /** Calls for a time and at least twice: how long a call took in the second half of it. */
  static double warmUp(Runnable call, double seconds) {
    call.run();
    long start = System.nanoTime();
    long half = start;
    long calls = 0;
    long late = 0;
    long now;
    do {
      call.run();
      calls++;
      late++;
      now = System.nanoTime();
      if (half == start && now - start > seconds * 0.5e9 && now - start < seconds * 1e9) {
        half = now;
        late = 0;
      }
    } while (now - start < seconds * 1e9);
    return late == 0 ? (now - start) / 1e9 / calls : (now - half) / 1e9 / late;
  }

  /** Nobody waits fifteen times for what takes a minute. */
  private static int samplesFor(double seconds) {
    if (seconds > 5) return 1;
    if (seconds > 1) return 3;
    return seconds > 0.2 ? 9 : 15;
  }
}
