package nabla.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import nabla.json.Question;

/**
 * Serves the page and its JSON interface.
 *
 * <pre>{@code
 * try (Server server = Server.start(Settings.usual().withPort(0))) {
 *   server.address() // http://127.0.0.1:40123/
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 1024;

  /** Seconds that requests which are being answered have when the server ends. */
  private static final int FAREWELL = 2;

  private final HttpServer http;
  private final ExecutorService connections;
  private final Work work;

  private Server(HttpServer http, ExecutorService connections, Work work) {
    this.http = http;
    this.connections = connections;
    this.work = work;
  }

  /**
   * Starts one; it is ready when this returns.
   *
   * @throws IOException if the port is taken, or the host is none of this machine
   */
  public static Server start(Settings settings) throws IOException {
    limitConnections();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
    ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    Metrics metrics = new Metrics();
    Work work = new Work(settings, metrics);
    Gate gate = new Gate(settings, metrics);
    http.createContext("/", gate.before(new Pages(metrics)));
    http.createContext("/api/", gate.before(new Api(work)));
    http.setExecutor(connections);
    http.start();
    Thread.ofPlatform().daemon().name("warm-up").start(Server::warmUp);
    return new Server(http, connections, work);
  }

  /** Who asks first need not wait for what a JVM does only once. */
  private static void warmUp() {
    Question.PARSE.answer("{\"expr\":\"x'*A*x\"}");
    Question.DERIVATIVE.answer("{\"expr\":\"x'*A*x\",\"wrt\":\"x\"}");
  }

  /**
   * The JDK's server is told by system properties, where nobody has said otherwise: how long a
   * request may take to arrive, how long until its answer has been read, and how large its headers
   * may be. Answers are not held back to be sent with more.
   */
  private static void limitConnections() {
    Properties properties = System.getProperties();
    properties.putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    properties.putIfAbsent("sun.net.httpserver.maxRspTime", "60");
    properties.putIfAbsent("sun.net.httpserver.maxReqHeaders", "100");
    properties.putIfAbsent("sun.net.httpserver.maxReqHeaderSize", "16384");
    properties.putIfAbsent("sun.net.httpserver.nodelay", "true");
    properties.putIfAbsent("sun.net.httpserver.maxIdleConnections", "1000");
    properties.putIfAbsent("jdk.httpserver.maxConnections", "4000");
  }

  /** Where it is, as a browser needs it. */
  public String address() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    if (address.getAddress().isAnyLocalAddress()) host = "127.0.0.1";
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort()
        + "/";
  }

  /** Takes no more requests, and ends when those under way are answered, or after two seconds. */
  @Override
  public void close() {
    http.stop(FAREWELL);
    work.close();
    connections.shutdownNow();
  }
}
