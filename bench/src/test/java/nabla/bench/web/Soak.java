package nabla.bench.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Good, wrong and hostile questions for minutes: what is answered, how long it takes at most, and
 * whether the heap grows.
 */
final class Soak {
  private static final int CLIENTS = 8;
  private static final double WARM_UP_MINUTES = 2;
  private static final double NANOS_A_MINUTE = 60e9;
  private static final long SEED = 20261126;

  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final AtomicLong longest = new AtomicLong();
  private final ServedNabla server;

  private Soak(ServedNabla server) {
    this.server = server;
  }

  /**
   * Prints what came back.
   *
   * @param args the folder of the peers, one for results, and for how many minutes
   */
  public static void main(String[] args) throws Exception {
    double minutes = Double.parseDouble(args[2].replace("options:", ""));
    try (ServedNabla server = ServedNabla.start(Path.of(args[0]), 0)) {
      Soak soak = new Soak(server);
      soak.run(WARM_UP_MINUTES);
      double before = server.heap();
      soak.run(minutes);
      double after = server.heap();
      System.out.printf(Locale.ROOT, "seed %d, %.0f minutes, %d clients%n", SEED, minutes, CLIENTS);
      soak.statuses.forEach((status, count) -> System.out.println(status + ": " + count.sum()));
      System.out.printf(Locale.ROOT, "longest answer %.2f s%n", soak.longest.get() / 1e9);
      System.out.printf(
          Locale.ROOT,
          "heap after %.0f minutes %.1f MB, at the end %.1f MB: %+.1f %%%n",
          WARM_UP_MINUTES,
          before / 1e6,
          after / 1e6,
          100 * (after / before - 1));
    }
  }

  private void run(double minutes) throws InterruptedException {
    long end = System.nanoTime() + (long) (minutes * NANOS_A_MINUTE);
    List<Thread> clients = new ArrayList<>();
    for (int k = 0; k < CLIENTS; k++) {
      Random random = new Random(SEED + k);
      clients.add(Thread.ofPlatform().start(() -> ask(random, end)));
    }
    for (Thread client : clients) client.join();
  }

  private void ask(Random random, long end) {
    try (Connection connection = server.connect()) {
      while (System.nanoTime() < end) {
        Traffic.Request request = Traffic.any(random);
        long start = System.nanoTime();
        Connection.Reply reply = connection.post(request.question(), request.body());
        long taken = System.nanoTime() - start;
        longest.accumulateAndGet(taken, Math::max);
        statuses.computeIfAbsent(reply.status(), _ -> new LongAdder()).increment();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
