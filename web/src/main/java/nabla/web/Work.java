package nabla.web;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What is computed, on threads of its own: as much at once as the machine can, each within its
 * limits. What takes long gives its place to what does not, and there are few such places.
 */
final class Work implements AutoCloseable {
  /** Why there is no answer. */
  static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;
    final String why;
    final boolean busy;

    Stopped(String why, boolean busy) {
      super(why);
      this.why = why;
      this.busy = busy;
    }
  }

  /** Is told now and then that an answer takes longer. */
  interface Patience {
    /**
     * @throws IOException if nobody waits for the answer any more
     */
    void waiting() throws IOException;
  }

  private static final int PLACES = 16 * Runtime.getRuntime().availableProcessors();
  private static final int LONG_PLACES = 16;
  private static final int LONGEST_QUEUE = 256;
  private static final long QUEUEING_MILLIS = 5_000;
  private static final long TICK_MILLIS = 20;

  /** Between two times that the client is told; by the clock, as ticks take longer under load. */
  private static final long TELLING_NANOS = 200_000_000;

  /** Before the first. */
  private static final long FIRST_TELLING_NANOS = 400_000_000;

  private static final long LONG_NANOS = 50_000_000;

  /** Until then long work goes on without a place; of a server that is cold, all is long. */
  private static final long TOO_LONG_NANOS = 500_000_000;

  /** Wall time, of what has no processor. */
  private static final long LONGEST_NANOS = 20_000_000_000L;

  private static final long STACK = 64L << 20;

  private final Settings settings;
  private final Metrics metrics;
  private final Semaphore places = new Semaphore(PLACES, true);
  private final Semaphore longPlaces = new Semaphore(LONG_PLACES);
  private final Set<Job<?>> running = ConcurrentHashMap.newKeySet();
  private final Heap heap;
  private final ExecutorService threads;

  Work(Settings settings, Metrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.heap = new Heap(settings.memory());
    this.threads =
        Executors.newThreadPerTaskExecutor(
            // formulas are walked recursively
            task -> Thread.ofPlatform().daemon().name("work").stackSize(STACK).unstarted(task));
    metrics.watch(running::size, places::getQueueLength);
  }

  /**
   * The result of a task, which ends early when its thread is interrupted.
   *
   * @throws Stopped if a limit stopped it, or there is too much work
   * @throws IOException if the client has gone; the task is stopped then, too
   */
  <T> T run(Supplier<T> task, Patience client) throws Stopped, IOException, InterruptedException {
    if (places.getQueueLength() >= LONGEST_QUEUE) throw busy();
    if (!places.tryAcquire(QUEUEING_MILLIS, TimeUnit.MILLISECONDS)) throw busy();
    Job<T> job = new Job<>(task, this::ended);
    running.add(job);
    start(job);
    long telling = System.nanoTime() + FIRST_TELLING_NANOS;
    try {
      while (true) {
        try {
          return job.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
          watch(job);
          if (System.nanoTime() - telling < 0) continue;
          client.waiting();
          telling = System.nanoTime() + TELLING_NANOS;
        }
      }
    } catch (IOException | InterruptedException e) {
      stop(job);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancellationException) throw ends();
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What no thread takes gives its place back. */
  private void start(Job<?> job) throws Stopped {
    boolean started = false;
    try {
      threads.execute(job);
      started = true;
    } catch (RejectedExecutionException closed) {
      throw ends();
    } finally {
      if (!started) ended(job);
    }
  }

  private static Stopped ends() {
    return new Stopped("the server ends", true);
  }

  private void ended(Job<?> job) {
    running.remove(job);
    (job.isLong() ? longPlaces : places).release();
  }

  private static Stopped busy() {
    return new Stopped("there is too much work at the moment; try again in some seconds", true);
  }

  private void watch(Job<?> job) throws Stopped {
    long cpu = job.cpu();
    if (cpu > settings.cpu().toNanos()) {
      throw stopped(job, "this takes more than " + settings.cpu().toMillis() / 1e3 + " s", false);
    }
    if (System.nanoTime() - job.start() > LONGEST_NANOS)
      throw stopped(job, "this takes too long", false);
    if (heap.isHeldBy(job, running)) {
      String memory = (settings.memory() >> 20) + " MB";
      throw stopped(job, "this takes more than " + memory + " of memory", false);
    }
    if (cpu <= LONG_NANOS || job.isLong()) return;
    if (!longPlaces.tryAcquire()) {
      if (cpu <= TOO_LONG_NANOS) return;
      throw stopped(job, "there is too much long work; try again in some seconds", true);
    }
    if (job.becomesLong()) {
      places.release();
      job.yieldToOthers();
    } else longPlaces.release();
  }

  private Stopped stopped(Job<?> job, String why, boolean busy) {
    stop(job);
    return new Stopped(why, busy);
  }

  private void stop(Job<?> job) {
    job.cancel(true);
    metrics.countStopped();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
