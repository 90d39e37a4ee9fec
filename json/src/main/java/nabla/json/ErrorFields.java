package nabla.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Diagnostic;
import org.jspecify.annotations.Nullable;

/** An answer that says what went wrong. */
final class ErrorFields {
  private ErrorFields() {}

  /**
   * What went wrong.
   *
   * @param request its fields, to say in which of them the column counts
   */
  static Map<String, @Nullable Object> of(
      Diagnostic diagnostic, Map<String, @Nullable Object> request) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("code", diagnostic.code().label());
    error.put("message", diagnostic.message());
    if (diagnostic.span().start() >= 0) {
      error.put("column", diagnostic.span().start() + 1);
      error.put("length", diagnostic.span().length());
      for (String field : List.of("expr", "where")) {
        if (diagnostic.source().equals(request.get(field))) error.putIfAbsent("field", field);
      }
    }
    if (!diagnostic.hint().isEmpty()) error.put("hint", diagnostic.hint());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", false);
    answer.put("error", error);
    return answer;
  }
}
