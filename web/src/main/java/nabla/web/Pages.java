package nabla.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import nabla.Nabla;
import nabla.json.FunctionFields;
import nabla.json.Json;
import org.jspecify.annotations.Nullable;

/** The files of the page, and what tells how the server is. */
final class Pages implements HttpHandler {
  private static final String FOLDER = "page/";
  private static final String INDEX = "index.html";
  private static final String DESCRIPTION = "openapi.json";
  private static final int LONGEST_NAME = 200;
  private static final Pattern NAME = Pattern.compile("(?:[a-zA-Z0-9_-]+/)*[a-zA-Z0-9._-]+");

  /** Among what a client takes, unless it says that it does not. */
  private static final Pattern GZIP =
      Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))");

  /** Vite gives these a name of their content. */
  private static final String ASSETS = "assets/";

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();
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
      case "/functions.json" -> new Reply(Reply.OK, Reply.JSON, Functions.LIST).send(exchange);
      case "/metrics" -> Reply.text(metrics.text()).send(exchange);
      default -> send(exchange, path.equals("/") ? INDEX : path.substring(1));
    }
  }

  /** Written when somebody asks for the first time. */
  private static final class Functions {
    static final byte[] LIST = Json.write(FunctionFields.all()).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> health() {
    return Map.of("status", "ok", "version", Nabla.version());
  }

  private void send(HttpExchange exchange, String name) throws IOException {
    // matching takes the deeper a stack the more folders there are
    boolean named = name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    PageFile file = named ? file(name) : null;
    if (file == null) {
      String why = "there is no such page";
      if (name.equals(INDEX)) why = "this Nabla was built without its page, which needs npm";
      Reply.error(Reply.NOT_FOUND, why).send(exchange);
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", file.tag());
    headers.set("Vary", "Accept-Encoding");
    headers.set(
        "Cache-Control",
        name.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache");
    // a list, or marked as weak by a proxy that packs
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (known != null && known.contains(file.tag())) {
      file.unchanged().send(exchange);
      return;
    }
    String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    boolean packed = file.packs() && encodings != null && GZIP.matcher(encodings).find();
    if (packed) headers.set("Content-Encoding", "gzip");
    file.reply(packed).send(exchange);
  }

  /** Only what exists is kept. */
  private @Nullable PageFile file(String name) throws IOException {
    PageFile known = files.get(name);
    if (known != null) return known;
    PageFile file = PageFile.read(name.equals(DESCRIPTION) ? name : FOLDER + name);
    if (file != null) files.put(name, file);
    return file;
  }
}
