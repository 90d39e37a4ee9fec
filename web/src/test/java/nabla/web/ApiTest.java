package nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.json.JsonText;
import nabla.json.Question;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered, question by question. */
@ExtendWith(OneServer.class)
class ApiTest {
  private final Client client;

  ApiTest(Client client) {
    this.client = client;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "derivative | {\"expr\":\"x'*A*x\",\"wrt\":\"x\"} | \"text\":\"(A + A')*x\"",
        "derivative | {\"expr\":\"x'*A*x\",\"wrt\":\"x\"} | \"passed\":true",
        "derivative | {\"id\":7,\"expr\":\"x'*x\",\"wrt\":\"x\",\"at\":{\"x\":[1,2]}} |"
            + " \"numeric\":[2.0,4.0]",
        "derivative | {\"expr\":\"A*x\",\"wrt\":\"x\",\"layout\":\"all\"} |"
            + " \"layout\":\"numerator\"",
        "derivative | {\"expr\":\"logdet(X)\",\"wrt\":\"X\",\"proof\":true} | \"certified\":true",
        "parse | {\"expr\":\"A*x - b\"} | \"kind\":\"vector\"",
        "parse | {\"expr\":\"A*x - b\"} |"
            + " \"name\":\"A\",\"kind\":\"matrix\",\"shape\":[\"m\",\"n\"]",
        "explain | {\"expr\":\"x'*A*x\",\"wrt\":\"x\"} | \"method\":\"differential\"",
        "explain | {\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"explain\":\"limit\"} |"
            + " \"method\":\"limit\"",
        "check | {\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"claim\":\"2*A*x\"} | \"right\":false",
        "check | {\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"claim\":\"A*x + A'*x\"} | \"right\":true",
        "check | {\"expr\":\"tr(A*B)\",\"equal\":\"tr(B*A)\"} | \"right\":true",
        "evaluate | {\"expr\":\"x'*x\",\"at\":{\"x\":[3,4]},\"value\":true,\"gradient\":\"x\"} |"
            + " \"numeric\":25.0",
        "evaluate | {\"expr\":\"x'*x\",\"at\":{\"x\":[3,4]},\"gradient\":\"x\"} |"
            + " \"numeric\":[6.0,8.0]",
        "evaluate | {\"expr\":\"A*x\",\"size\":{\"m\":2,\"n\":3}} | \"drawn\":{\"A\":",
        "evaluate | {\"expr\":\"A*x\",\"size\":{\"m\":200,\"n\":300},\"cost\":true} |"
            + " \"cost\":{\"flops\":120000.0,\"bytes\":1600.0}",
        "minimize | {\"expr\":\"norm2(x - [1;2])^2\"} | \"status\":\"converged\"",
        "minimize | {\"expr\":\"x'*x\",\"from\":{\"x\":[1,1]},\"subject\":\"sum(x) = 1\"} |"
            + " \"multipliers\":{\"sum(x) = 1\":",
        "minimize | {\"expr\":\"(x^2-1)^2\",\"where\":\"x: scalar\",\"starts\":10} |"
            + " \"stationaryPoints\":[",
        "convex | {\"expr\":\"norm2(A*x-b)^2\",\"over\":\"x\"} | \"kind\":\"convex\"",
        "plot | {\"expr\":\"x^2\",\"where\":\"x: scalar\"} | \"svg\":\"<svg",
        "plot | {\"expr\":\"x^2-y^2\",\"where\":\"x, y:"
            + " scalar\",\"kind\":\"surface\",\"range\":{\"x\":[-2,2]}} | \"svg\":\"<svg",
      })
  void answers(String question, String request, String part) {
    HttpResponse<String> response = client.post(question, request);
    assertThat(response.body().strip())
        .startsWith(request.contains("\"id\"") ? "{\"id\":7" : "{\"ok\":true");
    assertThat(response.body()).contains(part);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=utf-8");
  }

  /** What the mathematics refuses is an answer; what is no question is a bad request. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | derivative | {\"expr\":\"A*x + x'\",\"wrt\":\"x\"} | shape",
        "200 | derivative | {\"expr\":\"nrom2(x)\",\"wrt\":\"x\"} | name",
        "200 | derivative | {\"expr\":\"x +\",\"wrt\":\"x\"} | syntax",
        "200 | derivative | {\"expr\":\"x'*x\",\"wrt\":\"y\"} | wrt",
        "200 | minimize | {\"expr\":\"A*x\"} | kind",
        "200 | evaluate | {\"expr\":\"x*x'\",\"size\":{\"n\":100000}} | limit",
        "200 | evaluate | {\"expr\":\"sum(x)\",\"size\":{\"n\":100000000}} | limit",
        "400 | derivative | {\"expr\":\"x'*x\"} | request",
        "400 | derivative | {\"expr\":\"x'*x\",\"wrt\":\"x\",\"lay\":1} | request",
        "400 | derivative | {\"expr\":1,\"wrt\":\"x\"} | request",
        "400 | derivative | [] | request",
        "400 | derivative | {\"expr\" | request",
        "400 | plot | {\"expr\":\"x^2\",\"where\":\"x: scalar\",\"kind\":\"pie\"} | request",
        "400 | evaluate | {\"expr\":\"x\",\"size\":{\"n\":0}} | request",
        "404 | integral | {\"expr\":\"x\"} | request",
      })
  void refuses(int status, String question, String request, String code) {
    HttpResponse<String> response = client.post(question, request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Client.code(Client.fields(response))).isEqualTo(code);
  }

  @Test
  void errorsNameTheColumn() {
    Map<String, @Nullable Object> answer =
        client.ask("derivative", "expr", "x'*nrom2(x)", "wrt", "x");
    assertThat(answer.get("error"))
        .asString()
        .contains("column=4", "length=5", "field=expr", "hint=did you mean norm2?");
  }

  @Test
  void healthAndMetrics() {
    assertThat(client.get("health").body()).startsWith("{").contains("\"status\":\"ok\"");
    assertThat(client.get("metrics").body())
        .contains(
            "# TYPE nabla_requests_total counter", "nabla_request_seconds_bucket{le=\"+Inf\"}");
  }

  @Test
  void functionsAreListed() {
    assertThat(client.get("functions.json").body())
        .startsWith("[{")
        .contains("\"name\":\"logdet\"");
  }

  /** The description names every question, and no field that is unknown to it. */
  @Test
  void description() {
    Map<String, @Nullable Object> document = Client.fields(client.get("openapi.json"));
    Map<String, @Nullable Object> paths = object(document.get("paths"));
    for (Question question : Question.values()) {
      assertThat(paths).containsKey("/api/" + question.label());
      String text = String.valueOf(paths.get("/api/" + question.label()));
      assertThat(text).contains("requestBody");
      for (String field : properties(object(paths.get("/api/" + question.label())))) {
        Map<String, @Nullable Object> answer =
            client.ask(question.label(), "expr", "x", field, "?");
        assertThat(String.valueOf(answer)).as(field).doesNotContain("there is no field \"" + field);
      }
    }
    paths.keySet().stream()
        .filter(path -> !path.startsWith("/api/"))
        .forEach(path -> assertThat(client.get(path.substring(1)).statusCode()).isEqualTo(200));
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) map.forEach((k, v) -> fields.put(String.valueOf(k), v));
    return fields;
  }

  private static List<String> properties(Map<String, @Nullable Object> path) {
    Map<String, @Nullable Object> at = path;
    for (String step : List.of("post", "requestBody", "content", "application/json", "schema")) {
      at = object(at.get(step));
    }
    return List.copyOf(object(at.get("properties")).keySet());
  }

  @Test
  void otherMethodsAndTypesAreRefused() {
    assertThat(client.get("api/derivative").statusCode()).isEqualTo(405);
    HttpRequest.Builder form =
        HttpRequest.newBuilder(client.uri("api/derivative"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{\"expr\":\"x\",\"wrt\":\"x\"}"));
    assertThat(client.send(form).statusCode()).isEqualTo(415);
    HttpRequest.Builder put =
        HttpRequest.newBuilder(client.uri("")).PUT(HttpRequest.BodyPublishers.noBody());
    assertThat(client.send(put).statusCode()).isEqualTo(405);
  }

  @Test
  void headIsGetWithoutBody() {
    HttpRequest.Builder head = HttpRequest.newBuilder(client.uri("health")).HEAD();
    HttpResponse<String> response = client.send(head);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length"))
        .hasValue(String.valueOf(client.get("health").body().length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "br, gzip;q=0.5 | true",
        "gzip;q=0 | false",
        "br, gzip; q=0.0, deflate | false",
        "identity | false",
      })
  void whatIsPackedIsAskedFor(String encodings, boolean packed) {
    HttpRequest.Builder get =
        HttpRequest.newBuilder(client.uri("openapi.json")).header("Accept-Encoding", encodings);
    assertThat(client.send(get).headers().firstValue("Content-Encoding").isPresent())
        .isEqualTo(packed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s"})
  void whatIsKnownIsNotSentAgain(String form) {
    String tag = client.get("openapi.json").headers().firstValue("ETag").orElse("");
    HttpRequest.Builder get =
        HttpRequest.newBuilder(client.uri("openapi.json"))
            .header("If-None-Match", String.format(form, tag));
    HttpResponse<String> response = client.send(get);
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void everyReplyHasSafeHeaders() {
    for (HttpResponse<String> response :
        List.of(client.get("health"), client.get("nothing"), client.post("derivative", "{}"))) {
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("script-src 'self' 'unsafe-inline'");
      assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
  }

  @Test
  void noAnswerHasAStackTrace() {
    assertThat(JsonText.value("1")).isNotNull();
    String body =
        client.post("derivative", "{\"expr\":\"" + "(".repeat(150) + "\",\"wrt\":\"x\"}").body();
    assertThat(body).doesNotContain("at nabla.", "Exception");
  }
}
