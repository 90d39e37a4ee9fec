package nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What is said when the server itself fails, or ends. */
class FaultsTest {
  private static final Work.Patience PATIENCE = () -> {};

  private static HttpResponse<String> answer(HttpHandler handler) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", new Gate(Settings.usual(), new Metrics()).before(handler));
    http.start();
    try {
      String address = "http://127.0.0.1:" + http.getAddress().getPort() + "/";
      return new Client(address, HttpClient.newHttpClient()).get("");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void faultsAreAnswered() throws IOException {
    HttpResponse<String> response =
        answer(
            exchange -> {
              throw new IllegalStateException("this is a test");
            });
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("\"ok\":false", "please report it", "this is a test");
    assertThat(response.body()).doesNotContain("\tat ");
  }

  /** As often as one likes: what was not begun takes no place. */
  @Test
  void afterTheEndThereIsNoWork() {
    Work work = new Work(Settings.usual(), new Metrics());
    work.close();
    for (int k = 0; k < 100; k++) {
      assertThatThrownBy(() -> work.run(() -> 1, PATIENCE))
          .isInstanceOf(Work.Stopped.class)
          .hasMessage("the server ends");
    }
  }

  @Test
  void whatTheEndInterruptsHasNoAnswer() {
    try (Work work = new Work(Settings.usual(), new Metrics())) {
      assertThatThrownBy(
              () ->
                  work.run(
                      () -> {
                        throw new CancellationException();
                      },
                      PATIENCE))
          .isInstanceOf(Work.Stopped.class)
          .hasMessage("the server ends");
    }
  }
}
