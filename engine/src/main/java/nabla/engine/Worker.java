package nabla.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does a part of the work, and then waits for the next one. To wake a thread that
 * sleeps takes longer than many a pass, so whoever waits looks again and again for a while before
 * it sleeps.
 */
final class Worker implements Runnable {
  /** About as long as a pass may take that is still worth sharing. */
  private static final long AWAKE = TimeUnit.MICROSECONDS.toNanos(200);

  /** After so long without work a thread ends. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  /** A look at the clock costs as much as so many looks at a field. */
  private static final int LOOKS = 64;

  /** The one that works for the same caller, if there is one. */
  @Nullable Worker before;

  private Workers.@Nullable Part part;
  private int number;
  private @Nullable Throwable failure;
  private volatile boolean busy;

  /** Who sleeps until the work begins, and who until it ends. */
  private volatile @Nullable Thread sleeper;

  private volatile @Nullable Thread caller;

  void begin(Workers.Part work, int thread) {
    part = work;
    number = thread;
    busy = true;
    wake(sleeper);
  }

  /** Waits for the end; an interrupt is kept for later. Returns what the work threw. */
  @Nullable Throwable await() {
    boolean interrupted = false;
    if (!looksUntil(false)) {
      caller = Thread.currentThread();
      while (busy) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      caller = null;
    }
    if (interrupted) Thread.currentThread().interrupt();
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }

  @Override
  public void run() {
    while (isTaken()) {
      try {
        if (part != null) part.run(number);
      } catch (Throwable e) {
        failure = e;
      }
      part = null;
      busy = false;
      wake(caller);
    }
  }

  /** Waits for work; false if there was none for long. */
  private boolean isTaken() {
    if (looksUntil(true)) return true;
    sleeper = Thread.currentThread();
    try {
      while (!busy) {
        long begin = System.nanoTime();
        LockSupport.parkNanos(this, PATIENCE);
        Thread.interrupted();
        boolean idle = !busy && System.nanoTime() - begin >= PATIENCE;
        if (idle && Workers.remove(this)) return false;
      }
      return true;
    } finally {
      sleeper = null;
    }
  }

  /** Looks for a while whether there is work, or none; false if that has not come. */
  @SuppressWarnings("ThreadPriorityCheck") // no result depends on who runs when
  private boolean looksUntil(boolean wanted) {
    long begin = System.nanoTime();
    for (int looks = 1; ; looks++) {
      if (busy == wanted) return true;
      if (looks % LOOKS != 0) {
        Thread.onSpinWait();
        continue;
      }
      if (System.nanoTime() - begin > AWAKE) return false;
      Thread.yield(); // for those who have work and no core
    }
  }

  private static void wake(@Nullable Thread thread) {
    if (thread != null) LockSupport.unpark(thread);
  }
}
