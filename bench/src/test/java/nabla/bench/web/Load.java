package nabla.bench.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How fast the server answers typical questions: one client, many at once, and many beside slow
 * clients and heavy work; and how soon it is there, also after it was killed.
 */
final class Load {
  private static final int CLIENTS = 16;
  private static final double WARM_UP_SECONDS = 20;
  private static final double SECONDS = 20;
  private static final int SLOW = 200;
  private static final int HEAVY = 16;
  private static final double NANOS = 1e9;

  private final ServedNabla server;

  private Load(ServedNabla server) {
    this.server = server;
  }

  /**
   * Prints a table.
   *
   * @param args the folder of the peers
   */
  public static void main(String[] args) throws Exception {
    Path peers = Path.of(args[0]);
    System.out.println("| server | requests a second | median | p95 | p99 | other than 200 |");
    System.out.println("|-|-|-|-|-|-|");
    double start;
    double again;
    double left;
    try (ServedNabla server = ServedNabla.start(peers, 0)) {
      start = server.startSeconds;
      Load load = new Load(server);
      load.run("", CLIENTS, WARM_UP_SECONDS, Traffic.DERIVATIVES);
      load.run("one client", 1, SECONDS, Traffic.DERIVATIVES);
      load.run(CLIENTS + " clients", CLIENTS, SECONDS, Traffic.DERIVATIVES);
      List<Socket> slow = load.slowClients();
      load.run(
          CLIENTS + " clients beside " + SLOW + " slow ones",
          CLIENTS,
          SECONDS,
          Traffic.DERIVATIVES);
      for (Socket s : slow) s.close();
      load.besideHeavyWork();
      left = load.untilLeftWorkEnds();
      server.kill();
      try (ServedNabla next = ServedNabla.start(peers, server.port())) {
        again = next.startSeconds;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nReady after %.2f s, and %.2f s after it was killed. Work of a client that left ends"
            + " after %.2f s.%n",
        start,
        again,
        left);
  }

  /** Many that send their request a byte at a time, and never all of it. */
  private List<Socket> slowClients() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int k = 0; k < SLOW; k++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      String part =
          k % 2 == 0
              ? "POST /api/derivative HT"
              : "POST /api/parse HTTP/1.1\r\nHost: x\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
      socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
      sockets.add(socket);
    }
    return sockets;
  }

  private void besideHeavyWork() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService heavy = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int k = 0; k < HEAVY; k++) {
        heavy.execute(
            () -> {
              try (Connection connection = server.connect()) {
                while (!over.get()) connection.post("derivative", Traffic.HEAVY);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
      Thread.sleep(1000);
      run("one client beside " + HEAVY + " heavy ones", 1, SECONDS, Traffic.DERIVATIVES);
      over.set(true);
    }
  }

  /** Seconds from when a client closes its connection until nothing runs any more. */
  private double untilLeftWorkEnds() throws IOException, InterruptedException {
    try (Connection observer = server.connect()) {
      while (running(observer) > 0) Thread.sleep(10);
      Connection leaving = server.connect();
      leaving.ask("derivative", Traffic.HEAVY);
      while (running(observer) == 0) Thread.sleep(10);
      leaving.close();
      long start = System.nanoTime();
      while (running(observer) > 0) Thread.sleep(10);
      return (System.nanoTime() - start) / NANOS;
    }
  }

  private static long running(Connection observer) throws IOException {
    return observer
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("nabla_running "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /**
   * Prints a row.
   *
   * @param name empty if nothing is to be printed
   */
  private void run(String name, int clients, double seconds, List<String> questions)
      throws InterruptedException {
    List<Client> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int k = 0; k < clients; k++) {
      Client client = new Client(server.connect(), questions, k, start + (long) (seconds * NANOS));
      all.add(client);
      client.start();
    }
    for (Client client : all) client.join();
    double taken = (System.nanoTime() - start) / NANOS;
    if (name.isEmpty()) return;
    double[] times =
        all.stream().flatMap(c -> c.seconds.stream()).mapToDouble(s -> s).sorted().toArray();
    long others = all.stream().mapToLong(c -> c.others).sum();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.1f ms | %.1f ms | %.1f ms | %d |%n",
        name,
        times.length / taken,
        1e3 * times[times.length / 2],
        1e3 * times[times.length * 95 / 100],
        1e3 * times[times.length * 99 / 100],
        others);
  }

  /** Asks one question after the other. */
  private static final class Client extends Thread {
    private final Connection connection;
    private final List<String> questions;
    private final int first;
    private final long end;
    private final List<Double> seconds = new ArrayList<>();
    private long others;

    Client(Connection connection, List<String> questions, int first, long end) {
      this.connection = connection;
      this.questions = questions;
      this.first = first;
      this.end = end;
    }

    @Override
    public void run() {
      try (connection) {
        for (int k = first; System.nanoTime() < end; k++) {
          long start = System.nanoTime();
          Connection.Reply reply =
              connection.post("derivative", questions.get(k % questions.size()));
          seconds.add((System.nanoTime() - start) / NANOS);
          if (reply.status() != 200) others++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
