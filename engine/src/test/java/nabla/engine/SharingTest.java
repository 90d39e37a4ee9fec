package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Threads are used as long as they help, by a clock that the calls move. */
class SharingTest {
  private static final int CALLS = 20_000;

  private final AtomicLong clock = new AtomicLong();
  private final Sharing sharing = new Sharing(clock::get);

  /** The share of calls that were by threads, if a call takes so long each way. */
  private double shared(long byThreads, long alone) {
    AtomicInteger shared = new AtomicInteger();
    for (int k = 0; k < CALLS; k++) {
      sharing.run(
          threads -> {
            clock.addAndGet(threads ? byThreads : alone);
            if (threads) shared.incrementAndGet();
          });
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
    assertThat(shared(20_000_000, 10_000_000)).isEqualTo(1);
  }
}
