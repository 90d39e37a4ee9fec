package nabla.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.json.Json;
import nabla.json.Question;
import org.jspecify.annotations.Nullable;

/** What is sent back. */
final class Reply {
  static final int OK = 200;
  static final int NOT_MODIFIED = 304;
  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int METHOD = 405;
  static final int TOO_LARGE = 413;
  static final int MEDIA_TYPE = 415;
  static final int TOO_MANY = 429;
  static final int FAILURE = 500;
  static final int BUSY = 503;

  static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final String type;
  private final byte[] body;

  Reply(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  static Reply json(int status, Map<String, @Nullable Object> fields) {
    return new Reply(status, JSON, Json.write(fields).getBytes(StandardCharsets.UTF_8));
  }

  static Reply text(String text) {
    return new Reply(
        OK, "text/plain; version=0.0.4; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An error as the JSON contract spells it. */
  static Reply error(int status, String message) {
    boolean limit = status == TOO_LARGE || status == TOO_MANY || status == BUSY;
    return json(status, Question.failure(limit ? Code.LIMIT : Code.REQUEST, message));
  }

  /** What is said of a fault of the server's own. */
  static Reply failure(Throwable e) {
    return json(
        FAILURE, Question.failure(Code.UNSUPPORTED, "internal error, please report it: " + e));
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    boolean empty = head || body.length == 0;
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) end(exchange);
  }

  /**
   * Sends the body to a client that has got the headers.
   *
   * @throws IOException if it has gone; closing the exchange alone would not tell
   */
  void end(HttpExchange exchange) throws IOException {
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
