package nabla.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.json.Question;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/derivative} and its siblings, one a {@link Question}. An answer that takes long
 * begins with blanks, which JSON allows: sending them tells whether somebody still waits.
 */
final class Api implements HttpHandler {
  private static final String PREFIX = "/api/";
  private static final int LARGEST_BODY = 64 << 10;
  private static final int LARGEST_IGNORED = 1 << 20;

  private final Work work;

  Api(Work work) {
    this.work = work;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    Question question =
        Question.of(exchange.getRequestURI().getPath().substring(PREFIX.length())).orElse(null);
    Reply refused = refused(exchange, question);
    if (question == null || refused != null) {
      if (refused != null) refuse(exchange, refused);
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      refuse(exchange, tooLarge());
      return;
    }
    String text = text(body);
    if (text == null) Reply.error(Reply.BAD_REQUEST, "the body is no UTF-8").send(exchange);
    else answer(exchange, question, text);
  }

  private static @Nullable Reply refused(HttpExchange exchange, @Nullable Question question) {
    if (question == null) return Reply.error(Reply.NOT_FOUND, "there is no such question");
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return Reply.error(Reply.METHOD, "questions are sent with POST");
    }
    // what another site's form may send without being asked is never this
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return Reply.error(Reply.MEDIA_TYPE, "the body is application/json");
    }
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean tooLong =
        length != null && (length.length() > 9 || Integer.parseInt(length) > LARGEST_BODY);
    return tooLong ? tooLarge() : null;
  }

  /** Who still sends does not read an answer: so what is sent is taken first, up to a point. */
  private static void refuse(HttpExchange exchange, Reply reply) throws IOException {
    byte[] ignored = new byte[8192];
    int left = LARGEST_IGNORED;
    for (int n = 0; n >= 0 && left > 0; left -= n) n = exchange.getRequestBody().read(ignored);
    reply.send(exchange);
  }

  private static Reply tooLarge() {
    return Reply.error(Reply.TOO_LARGE, "a request has up to " + LARGEST_BODY + " bytes");
  }

  /** Null if it is no UTF-8. */
  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private void answer(HttpExchange exchange, Question question, String text) throws IOException {
    Blanks blanks = new Blanks(exchange);
    Reply reply;
    try {
      Map<String, @Nullable Object> answer = work.run(() -> question.answer(text), blanks);
      reply = Reply.json(status(answer), answer);
    } catch (Work.Stopped e) {
      if (e.busy) exchange.getResponseHeaders().set("Retry-After", "3");
      reply =
          e.busy
              ? Reply.error(Reply.BUSY, e.why)
              : Reply.json(Reply.OK, Question.failure(Code.LIMIT, e.why));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply = Reply.error(Reply.BUSY, "the server ends");
    }
    if (blanks.begun()) reply.end(exchange);
    else reply.send(exchange);
  }

  /** What is no question is a bad request; whatever the mathematics says is an answer. */
  private static int status(Map<String, @Nullable Object> answer) {
    boolean bad =
        answer.get("error") instanceof Map<?, ?> error
            && Code.REQUEST.label().equals(error.get("code"));
    return bad ? Reply.BAD_REQUEST : Reply.OK;
  }

  /** Sent while an answer is awaited. */
  private static final class Blanks implements Work.Patience {
    private final HttpExchange exchange;
    private boolean begun;

    Blanks(HttpExchange exchange) {
      this.exchange = exchange;
    }

    boolean begun() {
      return begun;
    }

    @Override
    public void waiting() throws IOException {
      if (!begun) {
        begun = true;
        exchange.getResponseHeaders().set("Content-Type", Reply.JSON);
        exchange.sendResponseHeaders(Reply.OK, 0);
      }
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
    }
  }
}
