package nabla.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import nabla.Nabla;
import org.jspecify.annotations.Nullable;

/** The files of the page, and what tells how the server is. */
final class Pages implements HttpHandler {
  private static final String FOLDER = "/nabla/web/page/";
  private static final Pattern NAME = Pattern.compile("(?:[a-zA-Z0-9_-]+/)*[a-zA-Z0-9._-]+");

  /** Vite gives these a name of their content. */
  private static final String ASSETS = "assets/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2",
          "webmanifest", "application/manifest+json");

  /**
   * @param packed the bytes as gzip has them; the bytes themselves where that is no less
   */
  private record File(String type, byte[] bytes, byte[] packed, String tag) {}

  private static final File MISSING = new File("", new byte[0], new byte[0], "");

  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final Metrics metrics;

  Pages(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Reply.error(Reply.METHOD, "pages are read with GET").send(exchange);
      return;
    }
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/health" -> Reply.json(Reply.OK, health()).send(exchange);
      case "/metrics" -> Reply.text(metrics.text()).send(exchange);
      default -> send(exchange, path.equals("/") ? "index.html" : path.substring(1));
    }
  }

  private static Map<String, @Nullable Object> health() {
    return Map.of("status", "ok", "version", Nabla.version());
  }

  private void send(HttpExchange exchange, String name) throws IOException {
    File file = NAME.matcher(name).matches() ? file(name) : MISSING;
    if (file == MISSING) {
      Reply.error(Reply.NOT_FOUND, "there is no such page").send(exchange);
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("ETag", file.tag);
    headers.set("Vary", "Accept-Encoding");
    headers.set(
        "Cache-Control",
        name.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      new Reply(Reply.NOT_MODIFIED, file.type, new byte[0]).send(exchange);
      return;
    }
    String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    boolean packs = file.packed != file.bytes && encodings != null && encodings.contains("gzip");
    if (packs) headers.set("Content-Encoding", "gzip");
    new Reply(Reply.OK, file.type, packs ? file.packed : file.bytes).send(exchange);
  }

  /** Only what exists is kept. */
  private File file(String name) {
    File known = files.get(name);
    if (known != null) return known;
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream in = type == null ? null : Pages.class.getResourceAsStream(FOLDER + name)) {
      if (type == null || in == null) return MISSING;
      byte[] bytes = in.readAllBytes();
      byte[] packed = packed(bytes);
      boolean less = packed.length < bytes.length;
      File file = new File(type, bytes, less ? packed : bytes, '"' + digest(bytes) + '"');
      files.put(name, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
