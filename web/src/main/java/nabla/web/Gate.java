package nabla.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * What every request passes: headers that keep browsers safe, the number of requests, and what is
 * said when a handler fails.
 */
final class Gate {
  /** Nothing but what this server has itself; styles in attributes are those of formulas. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
          + " img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final int NETWORK_BYTES = 8;

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
        if (rate.allows(client(exchange.getRemoteAddress().getAddress()))) handler.handle(exchange);
        else refuse(exchange);
      } catch (IOException gone) {
        metrics.countLost();
        throw gone; // the JDK's server counts a connection as open until it is told
      } catch (RuntimeException | Error e) {
        fail(exchange, e);
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

  /** Who has one address of IPv6 has a network of them: all of it is one client. */
  static String client(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }

  /** Nothing can be said any more when an answer has begun; without its end it is none. */
  private static void fail(HttpExchange exchange, Throwable e) throws IOException {
    if (exchange.getResponseCode() >= 0) throw new IOException(e);
    Reply.failure(e).send(exchange);
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", "1");
    Reply.error(Reply.TOO_MANY, "too many requests; wait a second").send(exchange);
  }
}
