package nabla.web.browser;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Links as anybody may write them. */
final class Links {
  private Links() {}

  static String to(String expression, String by) {
    return "#v1;e=" + escape(expression) + ";d=" + escape(by);
  }

  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
