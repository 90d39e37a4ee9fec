package nabla.web;

import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task on its thread, and what it takes there. */
final class Job<T> extends FutureTask<T> {
  private final long start = System.nanoTime();
  private final Consumer<Job<?>> ended;
  private volatile @Nullable Thread thread;
  private volatile int nativeThread;
  private volatile long cpuBefore;
  private volatile long allocatedBefore;
  private boolean hasEnded;
  private boolean isLong;

  /**
   * @param ended is told when the thread has left it, be it cancelled or not
   */
  Job(Supplier<T> task, Consumer<Job<?>> ended) {
    super(task::get);
    this.ended = ended;
  }

  @Override
  public void run() {
    Thread own = Thread.currentThread();
    cpuBefore = Heap.cpu(own);
    allocatedBefore = Heap.allocated(own);
    nativeThread = Niceness.thread();
    thread = own;
    try {
      super.run();
    } finally {
      thread = null;
      synchronized (this) {
        hasEnded = true;
      }
      ended.accept(this);
    }
  }

  /** When it was made, by {@link System#nanoTime}. */
  long start() {
    return start;
  }

  synchronized boolean isLong() {
    return isLong;
  }

  /** From now on it is long, unless it has ended. */
  synchronized boolean becomesLong() {
    if (!hasEnded) isLong = true;
    return isLong;
  }

  /** From now on it has what is left of the processors. */
  void yieldToOthers() {
    // its thread takes no other job: nobody may take niceness back
    if (thread != null) Niceness.makeNice(nativeThread);
  }

  /** Nanoseconds of a processor that it has taken so far. */
  long cpu() {
    Thread own = thread;
    return own == null ? 0 : Heap.cpu(own) - cpuBefore;
  }

  /** Bytes that it has asked for so far, those that it needs no more included. */
  long allocated() {
    Thread own = thread;
    return own == null ? 0 : Heap.allocated(own) - allocatedBefore;
  }
}
