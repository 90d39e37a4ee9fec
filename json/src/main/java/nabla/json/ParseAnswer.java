package nabla.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import nabla.Expression;
import org.jspecify.annotations.Nullable;

/** How an expression is understood. */
final class ParseAnswer {
  private static final Set<String> FIELDS = Set.of("id", "expr", "where", "at");

  private ParseAnswer() {}

  static Map<String, @Nullable Object> to(Fields fields) {
    fields.requireAmong(FIELDS);
    Expression expression =
        Expression.parse(fields.text("expr"), fields.text("where", ""), fields.arrays("at"));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("function", DerivativeAnswer.function(expression));
    answer.put("variables", DerivativeAnswer.variables(expression));
    return answer;
  }
}
