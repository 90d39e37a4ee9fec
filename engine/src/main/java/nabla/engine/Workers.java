package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that take parts of the work; there are as many as are used at once. */
final class Workers {
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "nabla-worker");
            thread.setDaemon(true);
            return thread;
          });

  private Workers() {}

  /** Work for one of several threads. */
  interface Part {
    void run(int thread);
  }

  /** Runs all parts, the first one on this thread, and waits for them. */
  static void run(int threads, Part part) {
    List<Future<?>> others = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      int thread = t;
      others.add(POOL.submit(() -> part.run(thread)));
    }
    try {
      part.run(0);
    } finally {
      for (Future<?> other : others) join(other);
    }
  }

  private static void join(Future<?> other) {
    try {
      other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
