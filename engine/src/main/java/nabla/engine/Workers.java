package nabla.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Threads that take parts of the work; there are as many as are used at once. */
final class Workers {
  /** Those that wait for work; the one that came last is the first to go, as it may be awake. */
  private static final ArrayDeque<Worker> FREE = new ArrayDeque<>();

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
    Worker last = null;
    Throwable failure = null;
    try {
      for (int t = 1; t < threads; t++) {
        Worker worker = take();
        worker.before = last;
        last = worker;
        worker.begin(part, t);
      }
      part.run(0);
    } catch (Throwable e) {
      failure = e;
    }
    while (last != null) {
      Throwable other = last.await();
      if (failure == null) failure = other;
      Worker before = last.before;
      give(last);
      last = before;
    }
    if (failure != null) fail(failure);
  }

  private static Worker take() {
    synchronized (FREE) {
      Worker worker = FREE.poll();
      if (worker != null) return worker;
    }
    Worker worker = new Worker();
    Thread thread = new Thread(null, worker, "nabla-worker", 0, /* inherits= */ false);
    thread.setDaemon(true);
    thread.start();
    return worker;
  }

  private static void give(Worker worker) {
    worker.before = null;
    synchronized (FREE) {
      FREE.push(worker);
    }
  }

  /** Whether nobody takes this one any more. */
  static boolean remove(Worker worker) {
    synchronized (FREE) {
      return FREE.remove(worker);
    }
  }

  private static void fail(@Nullable Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(failure);
    }
  }
}
