package nabla.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What has been answered so far, in the text format of Prometheus. */
final class Metrics {
  /** Upper ends of the buckets of a histogram, in seconds. */
  private static final double[] BUCKETS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

  private static final double NANOS = 1e9;

  private final Map<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();
  private final LongAdder[] within = new LongAdder[BUCKETS.length];
  private final LongAdder nanos = new LongAdder();
  private final LongAdder stopped = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private IntSupplier running = () -> 0;
  private IntSupplier queued = () -> 0;

  Metrics() {
    Arrays.setAll(within, _ -> new LongAdder());
  }

  void watch(IntSupplier runningJobs, IntSupplier queuedJobs) {
    this.running = runningJobs;
    this.queued = queuedJobs;
  }

  /**
   * Counts a request.
   *
   * @param status -1 if nothing was sent
   */
  void count(int status, long duration) {
    byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
    nanos.add(duration);
    for (int k = 0; k < BUCKETS.length; k++) {
      if (duration <= BUCKETS[k] * NANOS) within[k].increment();
    }
  }

  /** Counts a task that was stopped by a limit, or because nobody waited for it. */
  void countStopped() {
    stopped.increment();
  }

  /** Counts a client that had gone before its answer. */
  void countLost() {
    lost.increment();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    describe(text, "nabla_requests_total", "counter", "Requests by the status of their answer.");
    Map<Integer, Long> counts = new TreeMap<>();
    byStatus.forEach((status, count) -> counts.put(status, count.sum()));
    long all = 0;
    for (Map.Entry<Integer, Long> e : counts.entrySet()) {
      text.append("nabla_requests_total{status=\"").append(e.getKey()).append("\"} ");
      text.append(e.getValue()).append('\n');
      all += e.getValue();
    }
    describe(text, "nabla_request_seconds", "histogram", "How long requests took.");
    for (int k = 0; k < BUCKETS.length; k++) {
      text.append("nabla_request_seconds_bucket{le=\"").append(BUCKETS[k]).append("\"} ");
      text.append(within[k].sum()).append('\n');
    }
    text.append("nabla_request_seconds_bucket{le=\"+Inf\"} ").append(all).append('\n');
    text.append(
        String.format(Locale.ROOT, "nabla_request_seconds_sum %.6f\n", nanos.sum() / NANOS));
    text.append("nabla_request_seconds_count ").append(all).append('\n');
    value(
        text, "nabla_stopped_total", "counter", "Tasks ended before their answer.", stopped.sum());
    value(text, "nabla_lost_total", "counter", "Clients gone before their answer.", lost.sum());
    value(text, "nabla_running", "gauge", "Tasks that run.", running.getAsInt());
    value(text, "nabla_queued", "gauge", "Tasks that wait.", queued.getAsInt());
    value(text, "nabla_heap_live_bytes", "gauge", "Heap after collections.", Heap.live());
    return text.toString();
  }

  private static void value(StringBuilder text, String name, String type, String help, long value) {
    describe(text, name, type, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void describe(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
