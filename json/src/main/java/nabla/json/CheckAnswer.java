package nabla.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import nabla.Derivation;
import nabla.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Whether something that is claimed holds: an answer for a derivative, the equality of two
 * expressions, or a derivation line by line.
 */
final class CheckAnswer {
  private static final Set<String> EQUALITY = Set.of("id", "expr", "equal", "where");
  private static final Set<String> DERIVATION = Set.of("id", "derivation", "where");

  private CheckAnswer() {}

  static Map<String, @Nullable Object> to(Map<String, @Nullable Object> request) {
    Fields fields = new Fields(request);
    if (fields.has("derivation")) return derivation(fields);
    if (fields.has("equal")) return equality(fields);
    if (fields.text("claim", "").isBlank()) throw Fields.wrong("the field \"claim\" is missing");
    Map<String, @Nullable Object> quick = new LinkedHashMap<>(request);
    quick.putIfAbsent("check", false);
    return DerivativeAnswer.to(DerivativeRequest.of(quick));
  }

  private static Map<String, @Nullable Object> derivation(Fields fields) {
    fields.requireAmong(DERIVATION);
    return DerivationFields.of(
        Derivation.parse(fields.text("derivation"), fields.text("where", "")).judge());
  }

  private static Map<String, @Nullable Object> equality(Fields fields) {
    fields.requireAmong(EQUALITY);
    String declarations = fields.text("where", "");
    Expression first = Expression.parse(fields.text("expr"), declarations);
    Expression second = Expression.parse(fields.text("equal"), declarations);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("verdict", VerdictFields.of(first.judge(second)));
    return answer;
  }
}
