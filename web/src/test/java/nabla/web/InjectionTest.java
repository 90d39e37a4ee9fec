package nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users send gets nowhere but into JSON texts, and into LaTeX not at all. */
@ExtendWith(OneServer.class)
class InjectionTest {
  /** Commands that do something in LaTeX or KaTeX but print. */
  private static final Pattern COMMANDS =
      Pattern.compile(
          "\\\\(href|url|input|include|includegraphics|htmlClass|htmlId|htmlStyle|htmlData|def|let"
              + "|newcommand|renewcommand|gdef|edef|write|read|openin|openout|immediate|catcode"
              + "|csname|special|verb|begin\\{document\\}|usepackage|require|unicode|style|class)");

  private final Client client;

  InjectionTest(Client client) {
    this.client = client;
  }

  /** Whatever field it is in, it comes back in a JSON text or not at all. */
  @ParameterizedTest
  @MethodSource("nabla.web.HostileTexts#all")
  void texts(String text) {
    List<HttpResponse<String>> all = new ArrayList<>();
    all.add(client.post("derivative", Client.body("expr", text, "wrt", "x")));
    all.add(client.post("derivative", Client.body("expr", "x'*x", "wrt", text)));
    all.add(client.post("derivative", Client.body("expr", "x'*x", "wrt", "x", "where", text)));
    all.add(client.post("derivative", Client.body("expr", "x'*x", "wrt", "x", "layout", text)));
    all.add(client.post("derivative", Client.body("expr", "x'*x", "wrt", "x", text, "1")));
    all.add(client.post("derivative", Client.body("id", text, "expr", "x'*x", "wrt", "x")));
    all.add(client.post("check", Client.body("expr", "x'*x", "wrt", "x", "claim", text)));
    all.add(client.post("minimize", Client.body("expr", "x'*x", "subject", text)));
    all.add(client.post("plot", Client.body("expr", text, "where", "x: scalar")));
    all.add(client.post("parse", text));
    for (HttpResponse<String> response : all) {
      assertThat(response.statusCode()).isIn(200, 400);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/json; charset=utf-8");
      assertThat(response.headers().map()).doesNotContainKey("set-cookie");
      requireNoCommand(Client.fields(response));
      assertThat(response.body()).doesNotContain("root:", "uid=");
    }
  }

  private static void requireNoCommand(@Nullable Object value) {
    if (value instanceof List<?> list) list.forEach(InjectionTest::requireNoCommand);
    if (!(value instanceof Map<?, ?> fields)) return;
    fields.forEach(
        (name, field) -> {
          if ("latex".equals(name)) {
            assertThat(String.valueOf(field)).doesNotContainPattern(COMMANDS).doesNotContain("<");
          } else if ("svg".equals(name)) {
            assertThat(String.valueOf(field)).doesNotContain("<script", "onload=", "javascript:");
          } else requireNoCommand(field);
        });
  }

  /** No path leads out of the page's files. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../Server.class",
        "/..%2fServer.class",
        "/%2e%2e/Server.class",
        "/%2e%2e%2fServer.class",
        "/page/../../Server.class",
        "/assets/../../openapi.yaml",
        "/....//Server.class",
        "/..\\Server.class",
        "/%5c..%5cServer.class",
        "//etc/passwd",
        "/etc/passwd",
        "/%00",
        "/index.html%00.js",
        "/Server.class",
        "/package-info.class",
        "/META-INF/MANIFEST.MF",
        "/api/../Server.class",
        "/api/derivative/../../Server.class",
        "/api/%0d%0aSet-Cookie:a=b",
        "/%0d%0aSet-Cookie:%20a=b",
        "/?x=%0d%0aSet-Cookie:a=b",
        "/api/DERIVATIVE",
        "/api/",
        "/api/derivative%00",
      })
  void paths(String path) throws IOException {
    String response =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    String head = response.substring(0, Math.max(0, response.indexOf("\r\n\r\n")));
    assertThat(head).doesNotContainIgnoringCase("set-cookie");
    if (!path.startsWith("/?")) assertThat(head).doesNotStartWith("HTTP/1.1 200");
    assertThat(head).doesNotStartWith("HTTP/1.1 5");
    assertThat(response).doesNotContain("root:", "nabla/web/Server", "\tat ");
  }

  @Test
  void deepPaths() {
    assertThat(client.get("a/".repeat(7_000)).statusCode()).isEqualTo(404);
  }

  /** Requests that are none are refused, and the server goes on; {@code |} ends a line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE||",
        "GET / HTTP/9.9|Host: x|Connection: close||",
        "POST /api/derivative HTTP/1.1|Host: x|Content-Length: -5|Connection: close||",
        "POST /api/derivative HTTP/1.1|Host: x|Content-Length: abc|Connection: close||",
        "POST /api/parse HTTP/1.1|Host: x|Content-Type: application/json|Content-Length:"
            + " 99999999999||",
        "POST /api/parse HTTP/1.1|Content-Type: application/json|Transfer-Encoding: chunked||ZZ|",
        "GET / HTTP/1.1|Host: x|X: a| b: c|Connection: close||",
        "GET http://x.test/ HTTP/1.1|Host: x|Connection: close||",
      })
  void requests(String request) throws IOException {
    String response = raw(request.replace("|", "\r\n"));
    assertThat(response).doesNotContain("\tat ", "at nabla");
    assertThat(client.get("health").statusCode()).isEqualTo(200);
  }

  private String raw(String request) throws IOException {
    URI address = URI.create(client.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(StandardCharsets.UTF_8);
    }
  }
}
