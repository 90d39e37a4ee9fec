package nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request may take, and what happens when it wants more. */
class LimitsTest {
  /** Takes some seconds. */
  private static final String HEAVY =
      Client.body(
          "expr",
          IntStream.rangeClosed(1, 90)
              .mapToObj(k -> "sin(a" + k + "'*x)")
              .collect(Collectors.joining("*")),
          "wrt",
          "x",
          "operator",
          "hessian");

  private static final String LIGHT = Client.body("expr", "x'*A*x", "wrt", "x");

  private static Server server(Settings settings) throws IOException {
    return Server.start(settings.withPort(0));
  }

  private static String message(Map<String, @Nullable Object> answer) {
    return String.valueOf(answer.get("error"));
  }

  @Test
  void bodies() throws IOException {
    try (Server server = server(Settings.usual())) {
      Client client = Client.of(server);
      HttpResponse<String> large = client.post("derivative", " ".repeat(65_537));
      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(Client.code(Client.fields(large))).isEqualTo("limit");
      for (int k = 0; k < 20; k++) {
        assertThat(client.post("derivative", " ".repeat(1_000_000)).statusCode()).isEqualTo(413);
      }
      assertThat(client.post("derivative", LIGHT + " ".repeat(60_000)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void lengthAndDepth() throws IOException {
    try (Server server = server(Settings.usual())) {
      Client client = Client.of(server);
      Map<String, @Nullable Object> long_ =
          client.ask("derivative", "expr", "x+".repeat(5_000) + "x", "wrt", "x");
      assertThat(Client.code(long_)).isEqualTo("limit");
      Map<String, @Nullable Object> deep =
          client.ask("derivative", "expr", "(".repeat(201) + "x" + ")".repeat(201), "wrt", "x");
      assertThat(Client.code(deep)).isEqualTo("limit");
    }
  }

  @Test
  void processorTime() throws IOException {
    try (Server server = server(Settings.usual().withCpu(Duration.ofMillis(200)))) {
      Client client = Client.of(server);
      HttpResponse<String> response = client.post("derivative", HEAVY);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(message(Client.fields(response))).contains("limit", "more than 0.2 s");
      awaitIdle(client);
      assertThat(client.metric("nabla_stopped_total")).isEqualTo(1);
      assertThat(client.post("derivative", LIGHT).body()).contains("(A + A')*x");
    }
  }

  private static void awaitIdle(Client client) {
    for (int k = 0; k < 1000 && client.metric("nabla_running") > 0; k++) sleep(10);
    assertThat(client.metric("nabla_running")).isZero();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One step of an evaluation may take half a minute. */
  @Test
  void aLongStepEndsInTime() throws IOException {
    try (Server server = server(Settings.usual().withCpu(Duration.ofMillis(500)))) {
      Client client = Client.of(server);
      String request = "{\"expr\":\"sum(expm(A*X))\",\"size\":{\"m\":9,\"n\":9},\"hessian\":\"X\"}";
      assertThat(message(Client.fields(client.post("evaluate", request))))
          .contains("limit", "more than 0.5 s");
      awaitIdle(client);
    }
  }

  @Test
  void workForAClientThatLeftEnds() throws IOException {
    try (Server server = server(Settings.usual().withCpu(Duration.ofMinutes(1)))) {
      Client client = Client.of(server);
      try (Socket socket = post(server, HEAVY)) {
        for (int k = 0; k < 200 && client.metric("nabla_running") == 0; k++) sleep(10);
        assertThat(client.metric("nabla_running")).isEqualTo(1);
        assertThat(socket.isClosed()).isFalse();
      }
      awaitIdle(client);
      assertThat(client.metric("nabla_stopped_total")).isEqualTo(1);
    }
  }

  /** What evaluates the same function again and again ends, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minimize | sum(sin(x).*cos(3*x)) + norm2(A*x)^2 + sum(log(1+exp(x))) | x: vector[60] |"
            + " ,\"starts\":1000",
        "plot | tr(pinv(A + x*A')) | x: scalar | ,\"seed\":1",
      })
  void evaluationsEnd(String question, String expression, String where, String more)
      throws IOException {
    String row =
        IntStream.range(0, 60)
            .mapToObj(k -> String.valueOf(k % 7))
            .collect(Collectors.joining(","));
    String rows = String.join(",", Collections.nCopies(60, "[" + row + "]"));
    String request =
        String.format(
            "{\"expr\":\"%s\",\"where\":\"A: matrix[60,60]; %s\",\"at\":{\"A\":[%s]}%s}",
            expression, where, rows, more);
    try (Server server = server(Settings.usual().withCpu(Duration.ofMillis(500)))) {
      Client client = Client.of(server);
      assertThat(client.post(question, request).body()).contains("more than 0.5 s");
      awaitIdle(client);
    }
  }

  /** There are 4000 connections at most. */
  @Test
  void clientsThatLeftTakeNoConnections() throws Exception {
    try (Server server = server(Settings.usual());
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Client client = Client.of(server);
      while (client.metric("nabla_lost_total") < 4_100) {
        List<Callable<Void>> leaving = Collections.nCopies(500, () -> leave(server));
        for (Future<Void> left : clients.invokeAll(leaving)) left.get();
      }
      assertThat(Client.of(server).get("health").statusCode()).isEqualTo(200);
    }
  }

  /** Asks, and is gone before the answer. */
  private static Void leave(Server server) throws IOException {
    try (Socket socket = post(server, LIGHT)) {
      sleep(2);
      socket.setSoLinger(true, 0);
    }
    return null;
  }

  private static Socket post(Server server, String body) throws IOException {
    URI address = URI.create(server.address());
    Socket socket = new Socket(address.getHost(), address.getPort());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    out.write(
        ("POST /api/derivative HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + bytes.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
    return socket;
  }

  @Test
  void aSlowAnswerBeginsWithBlanksAndIsTheSame() throws IOException {
    try (Server server = server(Settings.usual().withCpu(Duration.ofMillis(900)))) {
      HttpResponse<String> response = Client.of(server).post("derivative", HEAVY);
      assertThat(response.body()).startsWith(" ").contains("\"ok\":false");
    }
  }

  @Test
  void heavyWorkLeavesRoomForLightWork() throws Exception {
    try (Server server = server(Settings.usual());
        ExecutorService heavy = Executors.newVirtualThreadPerTaskExecutor()) {
      Client client = Client.of(server);
      client.post("derivative", LIGHT);
      List<Callable<HttpResponse<String>>> jobs = new ArrayList<>();
      for (int k = 0; k < 24; k++) jobs.add(() -> client.post("derivative", HEAVY));
      List<Future<HttpResponse<String>>> answers = jobs.stream().map(heavy::submit).toList();
      sleep(300);
      for (int k = 0; k < 20; k++) {
        assertThat(client.post("derivative", LIGHT).body()).contains("(A + A')*x");
      }
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isIn(200, 503);
        if (answer.get().statusCode() == 503) {
          assertThat(answer.get().headers().firstValue("Retry-After")).isPresent();
        }
      }
    }
  }

  @Test
  void aClientMayAskSoManyTimesASecond() throws IOException {
    try (Server server = server(Settings.usual().withRate(2))) {
      Client client = Client.of(server);
      List<Integer> statuses =
          IntStream.range(0, 12).mapToObj(_ -> client.get("health").statusCode()).toList();
      assertThat(statuses.subList(0, 10)).containsOnly(200);
      assertThat(statuses.getLast()).isEqualTo(429);
      assertThat(client.get("health").headers().firstValue("Retry-After")).isPresent();
    }
  }

  /** Five seconds' worth at once, then as many as time brings. */
  @Test
  void rateByTime() {
    RateLimit limit = new RateLimit(2);
    long second = 1_000_000_000L;
    for (int k = 0; k < 10; k++) assertThat(limit.allows("a", 0)).isTrue();
    assertThat(limit.allows("a", 0)).isFalse();
    assertThat(limit.allows("b", 0)).isTrue();
    assertThat(limit.allows("a", second)).isTrue();
    assertThat(limit.allows("a", second)).isTrue();
    assertThat(limit.allows("a", second)).isFalse();
  }

  @Test
  void clientsAreForgotten() {
    RateLimit limit = new RateLimit(2);
    for (int k = 0; k < 30_000; k++) assertThat(limit.allows("client " + k, 0)).isTrue();
    assertThat(limit.clients()).isEqualTo(30_000);
    for (int k = 0; k < 20_000; k++)
      assertThat(limit.allows("later " + k, 9_000_000_000L)).isTrue();
    assertThat(limit.clients()).isLessThan(30_000);
  }

  @Test
  void aNetworkIsOneClient() throws IOException {
    String one = Gate.client(InetAddress.getByName("2001:db8:0:1::1"));
    assertThat(Gate.client(InetAddress.getByName("2001:db8:0:1:ffff::2"))).isEqualTo(one);
    assertThat(Gate.client(InetAddress.getByName("2001:db8:0:2::1"))).isNotEqualTo(one);
    assertThat(Gate.client(InetAddress.getByName("10.0.0.1")))
        .isNotEqualTo(Gate.client(InetAddress.getByName("10.0.0.2")));
  }

  @Test
  void aServerEndsInTime() throws IOException {
    Server server = server(Settings.usual());
    Client client = Client.of(server);
    assertThat(client.get("health").statusCode()).isEqualTo(200);
    long start = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }
}
