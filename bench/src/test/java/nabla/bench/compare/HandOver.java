package nabla.bench.compare;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long a word takes from one thread to another and back. Cores of a virtual machine may have a
 * cache in common at one time and none at another: then what takes microseconds is slower on two
 * threads, and nothing in the program is to blame.
 */
final class HandOver {
  /** Far enough apart that the processor does not move one place with the other. */
  private static final int THERE = 64;

  private static final int BACK = 128;
  private static final int ROUNDS = 20_000;
  private static final int SAMPLES = 5;

  private HandOver() {}

  /** In seconds: the fastest of some samples. */
  static double seconds() {
    AtomicIntegerArray words = new AtomicIntegerArray(192);
    Thread other =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  for (int k = 1; k <= ROUNDS * SAMPLES; k++) {
                    while (words.get(THERE) != k) Thread.onSpinWait();
                    words.set(BACK, k);
                  }
                });
    double fastest = Double.POSITIVE_INFINITY;
    for (int sample = 0; sample < SAMPLES; sample++) {
      long start = System.nanoTime();
      for (int k = 1; k <= ROUNDS; k++) {
        words.set(THERE, sample * ROUNDS + k);
        while (words.get(BACK) != sample * ROUNDS + k) Thread.onSpinWait();
      }
      fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9 / ROUNDS);
    }
    join(other);
    return fastest;
  }

  private static void join(Thread other) {
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
