package nabla.web;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Collection;
import java.util.List;

/** What threads take of the processor and of the heap. */
final class Heap {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  /** Between two collections that are asked for. */
  private static final long PAUSE_NANOS = 500_000_000L;

  /** Of the heap, how much jobs may hold. */
  private static final double MOST = 0.5;

  private final long limit;

  /** What is in use without any job. */
  private final long idle;

  private long collected = System.nanoTime() - PAUSE_NANOS;

  /**
   * @param limit bytes that a job may hold
   */
  Heap(long limit) {
    this.limit = limit;
    this.idle = used();
  }

  static long cpu(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  static long allocated(Thread thread) {
    return THREADS.getThreadAllocatedBytes(thread.threadId());
  }

  /**
   * Whether a job holds more than it may. No thread's part of the heap is known: this is so of the
   * one that has asked for most, when all together hold more than they may, or than half the heap,
   * right after a collection: what was in use after an earlier one may be that of jobs that ended.
   */
  boolean isHeldBy(Job<?> job, Collection<Job<?>> running) {
    long own = job.allocated();
    if (own <= limit || running.stream().anyMatch(other -> other.allocated() > own)) return false;
    double all = Math.min(limit * (double) running.size(), MOST * Runtime.getRuntime().maxMemory());
    boolean suspect = Math.max(used(), live()) - idle > all;
    return suspect && collect() && live() - idle > all;
  }

  /** Whether it was done: it takes time, and is not done at every question. */
  private synchronized boolean collect() {
    if (System.nanoTime() - collected < PAUSE_NANOS) return false;
    System.gc();
    collected = System.nanoTime();
    return true;
  }

  /** What is old may be in use or not. */
  private static long used() {
    long used = 0;
    for (MemoryPoolMXBean pool : POOLS) {
      // what is new goes by itself
      if (!pool.getName().matches(".*(Eden|Survivor).*")) used += pool.getUsage().getUsed();
    }
    return used;
  }

  /** Bytes that were in use after the last collections. */
  static long live() {
    long live = 0;
    for (MemoryPoolMXBean pool : POOLS) {
      MemoryUsage usage = pool.getCollectionUsage();
      if (usage != null) live += usage.getUsed();
    }
    return live;
  }
}
