package nabla.web.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.json.JsonText;
import org.jspecify.annotations.Nullable;

/** The files of the page that are tables: its examples, and links of old. */
final class PageData {
  private PageData() {}

  /** The objects that a file holds a list of. */
  static Stream<Map<?, ?>> list(String file) {
    try {
      Object read = JsonText.value(Files.readString(Path.of("page").resolve(file)));
      if (!(read instanceof List<?> objects)) throw new IllegalStateException(file + " is no list");
      return objects.stream().map(PageData::object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<?, ?> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> fields) return fields;
    throw new IllegalStateException("no object: " + value);
  }

  /** The text of a field, empty if there is none. */
  static String text(Map<?, ?> object, String field) {
    return object.get(field) instanceof String text ? text : "";
  }

  /** The whole number of a field. */
  static int number(Map<?, ?> object, String field) {
    if (object.get(field) instanceof BigDecimal number) return number.intValueExact();
    throw new IllegalStateException("no number " + field + " in " + object);
  }

  /** The texts of a field. */
  static List<String> texts(Map<?, ?> object, String field) {
    return object.get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
