package nabla.engine;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Whether threads share an evaluation, or the caller does all parts, one after the other: whichever
 * takes less time. To hand over a part takes from 0.1 to more than 1 µs, by where the cores are,
 * which a virtual machine changes from one minute to the next: as long as a small part itself. What
 * one core has made comes slowly to another one, too, so that a step may take less time by threads
 * and the next one lose more: an evaluation is tried as a whole. The parts are the same both ways,
 * and so is the result, to the bit.
 */
final class Sharing {
  /** What can be done both ways. */
  interface Evaluation {
    void run(boolean shared);
  }

  /** Calls of a trial, each way; the middle one of them counts. */
  private static final int RUNS = 5;

  /** Calls before the first trial, in which code is being compiled; twice as many before others. */
  private static final int FIRST = 64;

  private static final int MOST = 4096;

  /** What takes longer by threads is worth them, in nanoseconds. */
  private static final long LONG = 10_000_000;

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

  void run(Evaluation evaluation) {
    if (left > 0) {
      left--;
      evaluation.run(shared);
    } else {
      tried(evaluation);
    }
  }

  private void tried(Evaluation evaluation) {
    boolean first = trial < RUNS;
    long begin = clock.getAsLong();
    evaluation.run(first);
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
