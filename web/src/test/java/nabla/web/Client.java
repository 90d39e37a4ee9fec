package nabla.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.json.Json;
import nabla.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Asks a server as programs do. */
record Client(String address, HttpClient http) {
  static Client of(Server server) {
    return new Client(server.address(), HttpClient.newHttpClient());
  }

  HttpResponse<String> post(String question, String body) {
    return send(
        HttpRequest.newBuilder(uri("api/" + question))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri(String path) {
    return URI.create(address + path);
  }

  /** The answer to a question whose fields are texts. */
  Map<String, @Nullable Object> ask(String question, String... namesAndValues) {
    return fields(post(question, body(namesAndValues)));
  }

  static String body(String... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int k = 0; k < namesAndValues.length; k += 2) {
      fields.put(namesAndValues[k], namesAndValues[k + 1]);
    }
    return Json.write(fields);
  }

  static Map<String, @Nullable Object> fields(HttpResponse<String> response) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    JsonText.read(response.body(), fields);
    return fields;
  }

  /** The code of the error in an answer. */
  static @Nullable Object code(Map<String, @Nullable Object> answer) {
    return answer.get("error") instanceof Map<?, ?> error ? error.get("code") : null;
  }

  /** A number that the server counts. */
  double metric(String name) {
    return get("metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }
}
