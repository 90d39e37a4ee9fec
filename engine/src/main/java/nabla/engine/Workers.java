package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

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

  /**
   * Runs all parts, the first one on this thread, and waits for them, whatever happens: until the
   * last one ends it writes to memory that others may get next. An interrupt is kept for later.
   * What a part throws is thrown here in the end.
   */
  static void run(int threads, Part part) {
    List<FutureTask<?>> others = new ArrayList<>();
    try {
      for (int t = 1; t < threads; t++) {
        int thread = t;
        FutureTask<?> other = new FutureTask<>(() -> part.run(thread), null);
        POOL.execute(other);
        others.add(other);
      }
      part.run(0);
    } finally {
      await(others);
    }
    for (FutureTask<?> other : others) {
      if (other.state() == FutureTask.State.FAILED) fail(other.exceptionNow());
    }
  }

  private static void await(List<FutureTask<?>> tasks) {
    boolean interrupted = false;
    for (FutureTask<?> task : tasks) {
      while (!task.isDone()) {
        try {
          task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          // thrown when all are done
        }
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private static void fail(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
