package nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LIMIT = 64;

  /** One for which what other tests have left is no memory that comes back. */
  private static Heap heap() {
    System.gc();
    return new Heap((long) LIMIT * MEGABYTE);
  }

  /** Asks for four times the limit, and holds some of it until it may end. */
  private static boolean isHeld(Heap heap, int held) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch judged = new CountDownLatch(1);
    Job<Integer> job =
        new Job<>(
            () -> {
              List<byte[]> kept = new ArrayList<>();
              for (int k = 0; k < 4 * LIMIT; k++) {
                byte[] part = new byte[MEGABYTE];
                if (k < held) kept.add(part);
              }
              asked.countDown();
              try {
                judged.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return kept.size();
            },
            _ -> {});
    Thread thread = Thread.ofPlatform().start(job);
    asked.await();
    boolean is = heap.isHeldBy(job, Set.of(job));
    judged.countDown();
    thread.join();
    return is;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, LIMIT / 4, 4 * LIMIT})
  void whatIsHeldCountsNotWhatWasAskedFor(int held) throws InterruptedException {
    Heap heap = heap();
    assertThat(isHeld(heap, held)).isEqualTo(held > LIMIT);
  }

  @Test
  void whatEndedJobsHeldDoesNotCount() throws InterruptedException {
    Heap heap = heap();
    List<byte[]> earlier = new ArrayList<>();
    for (int k = 0; k < 4 * LIMIT; k++) earlier.add(new byte[MEGABYTE]);
    System.gc();
    assertThat(earlier).hasSize(4 * LIMIT);
    assertThat(Heap.live()).isGreaterThan(3L * LIMIT * MEGABYTE);
    earlier.clear();
    assertThat(isHeld(heap, 0)).isFalse();
  }
}
