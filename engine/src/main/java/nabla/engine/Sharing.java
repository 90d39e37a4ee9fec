package nabla.engine;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Runs parts of the work by threads or one after the other, whichever takes less time. To hand over
 * a part takes from 0.1 to more than 1 µs, by where the cores are, which a virtual machine changes
 * from one minute to the next: as long as a small part itself. The parts are the same both ways,
 * and so is the result, to the bit.
 */
final class Sharing {
  /** Calls of a trial, each way; the middle one of them counts. */
  private static final int RUNS = 5;

  /** Calls before the first trial, in which code is being compiled; twice as many before others. */
  private static final int FIRST = 64;

  private static final int MOST = 4096;

  /** What takes longer by threads is worth them, in nanoseconds. */
  private static final long LONG = 200_000;

  /** The other way must take less than so much of the time. */
  private static final double LESS = 0.9;

  private final LongSupplier clock;
  private final long[] times = new long[RUNS];
  private boolean shared = true;
  private int pause = FIRST;
  private int left = FIRST;

  /** The call of the trial that is next: first those by threads, which may have to wake up. */
  private int trial;

  private long byThreads;

  /**
   * @param clock in nanoseconds
   */
  Sharing(LongSupplier clock) {
    this.clock = clock;
  }

  void run(int threads, Workers.Part part) {
    if (threads == 1) {
      part.run(0);
    } else if (left > 0) {
      left--;
      run(shared, threads, part);
    } else {
      tried(threads, part);
    }
  }

  private static void run(boolean shared, int threads, Workers.Part part) {
    if (shared) Workers.run(threads, part);
    else for (int t = 0; t < threads; t++) part.run(t);
  }

  private void tried(int threads, Workers.Part part) {
    boolean first = trial < RUNS;
    long begin = clock.getAsLong();
    run(first, threads, part);
    times[trial++ % RUNS] = clock.getAsLong() - begin;
    if (trial % RUNS > 0) return;
    long middle = middle();
    if (first) {
      byThreads = middle;
      if (byThreads > LONG) choose(/* better= */ true);
    } else {
      choose(shared ? middle >= LESS * byThreads : byThreads < LESS * middle);
    }
  }

  private void choose(boolean better) {
    shared = better;
    trial = 0;
    pause = Math.min(MOST, 2 * pause);
    left = pause;
  }

  private long middle() {
    Arrays.sort(times);
    return times[RUNS / 2];
  }
}
