package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Threads are used as long as they help, by a clock that the parts move. */
class SharingTest {
  private static final int THREADS = 3;
  private static final int CALLS = 20_000;

  private final AtomicLong clock = new AtomicLong();
  private final Sharing sharing = new Sharing(clock::get);

  /** The share of calls that were by threads, if all parts of a call take so long each way. */
  private double shared(long byThreads, long alone) {
    Thread caller = Thread.currentThread();
    AtomicInteger shared = new AtomicInteger();
    for (int k = 0; k < CALLS; k++) {
      AtomicInteger ran = new AtomicInteger();
      sharing.run(
          THREADS,
          t -> {
            ran.addAndGet(1 << t);
            if (t != 1) return;
            boolean own = Thread.currentThread() == caller;
            clock.addAndGet(own ? alone : byThreads);
            if (!own) shared.incrementAndGet();
          });
      assertThat(ran).as("each part once").hasValue((1 << THREADS) - 1);
    }
    return (double) shared.get() / CALLS;
  }

  @Test
  void whatIsFaster() {
    assertThat(shared(1000, 2000)).isBetween(0.98, 0.9999);
    assertThat(shared(3000, 2000)).isLessThan(0.3);
    assertThat(shared(3000, 2000)).isBetween(0.0001, 0.02);
    assertThat(shared(1000, 2000)).isGreaterThan(0.7);
    assertThat(shared(1000, 2000)).isBetween(0.98, 0.9999);
  }

  /** Where both take about as long, it stays as it is. */
  @Test
  void asBefore() {
    assertThat(shared(1000, 950)).isGreaterThan(0.98);
    assertThat(shared(1000, 500)).isLessThan(0.3);
    assertThat(shared(950, 1000)).isLessThan(0.02);
  }

  /** Long work is not tried alone. */
  @Test
  void alwaysIfItIsLong() {
    assertThat(shared(1_000_000, 500_000)).isEqualTo(1);
  }
}
