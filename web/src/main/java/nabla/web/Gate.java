package nabla.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** What every request passes: headers that keep browsers safe, and the number of requests. */
final class Gate {
  /** Nothing but what this server has itself; styles in attributes are those of formulas. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
          + " img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private final RateLimit rate;
  private final Metrics metrics;

  Gate(Settings settings, Metrics metrics) {
    this.rate = new RateLimit(settings.rate());
    this.metrics = metrics;
  }

  HttpHandler before(HttpHandler handler) {
    return exchange -> {
      long start = System.nanoTime();
      secure(exchange.getResponseHeaders());
      try {
        String client = exchange.getRemoteAddress().getAddress().getHostAddress();
        if (rate.allows(client)) handler.handle(exchange);
        else refuse(exchange);
      } catch (IOException gone) {
        metrics.countLost();
      } finally {
        metrics.count(exchange.getResponseCode(), System.nanoTime() - start);
        exchange.close();
      }
    };
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", "1");
    Reply.error(Reply.TOO_MANY, "too many requests; wait a second").send(exchange);
  }
}
