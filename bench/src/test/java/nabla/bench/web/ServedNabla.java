package nabla.bench.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code ./nabla serve} in a process of its own. */
final class ServedNabla implements AutoCloseable {
  private static final String SAYS = "Nabla is at ";

  private final Process process;
  private final URI address;

  /** From the start of the process until it said that it is there. */
  final double startSeconds;

  private ServedNabla(Process process, URI address, double startSeconds) {
    this.process = process;
    this.address = address;
    this.startSeconds = startSeconds;
  }

  /**
   * @param peers a folder of the benchmarks, whose place says where the launcher is
   * @param port 0 for one that is free
   */
  static ServedNabla start(Path peers, int port) throws IOException {
    Path launcher = peers.resolve("../../nabla").normalize();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(launcher.toString(), "serve", "--port", String.valueOf(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (!line.startsWith(SAYS)) continue;
      String url = line.substring(SAYS.length(), line.indexOf(' ', SAYS.length()));
      return new ServedNabla(process, URI.create(url), (System.nanoTime() - start) / 1e9);
    }
    throw new IOException("nabla serve said nothing");
  }

  int port() {
    return address.getPort();
  }

  Connection connect() {
    try {
      return new Connection(address.getHost(), address.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the heap that are in use after a collection. */
  double heap() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    try (Connection connection = connect()) {
      @Nullable String line =
          connection
              .get("/metrics")
              .body()
              .lines()
              .filter(l -> l.startsWith("nabla_heap_live_bytes "))
              .findFirst()
              .orElse(null);
      return line == null ? Double.NaN : Double.parseDouble(line.substring(line.indexOf(' ')));
    }
  }

  /** As when the power fails. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
