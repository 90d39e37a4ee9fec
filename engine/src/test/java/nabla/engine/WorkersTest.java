package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, all parts have ended when the caller goes on. */
class WorkersTest {
  private static final int THREADS = 4;

  /** The other parts end only after the caller waits for them, or has thrown. */
  private static void slow(CountDownLatch begun, AtomicInteger ended) {
    try {
      begun.await();
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ended.incrementAndGet();
  }

  @Test
  void anInterruptIsKeptForLater() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Workers.run(
        THREADS,
        t -> {
          if (t > 0) {
            slow(begun, ended);
            return;
          }
          Thread.currentThread().interrupt();
          begun.countDown();
        });
    assertThat(ended).hasValue(THREADS - 1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void whatOnePartThrowsIsThrownWhenAllHaveEnded(int failing) {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Workers.run(
                    THREADS,
                    t -> {
                      if (t == 0) begun.countDown();
                      if (t == failing) throw new OutOfMemoryError("for a test");
                      slow(begun, ended);
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(ended).hasValue(THREADS - 1);
  }
}
