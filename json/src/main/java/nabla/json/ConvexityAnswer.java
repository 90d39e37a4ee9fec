package nabla.json;

import java.util.Map;
import java.util.Set;
import nabla.Expression;
import nabla.optimize.Convexity;
import org.jspecify.annotations.Nullable;

/** Whether a function is convex. */
final class ConvexityAnswer {
  private static final Set<String> FIELDS = Set.of("id", "expr", "where", "over");

  private ConvexityAnswer() {}

  static Map<String, @Nullable Object> to(Fields fields) {
    fields.requireAmong(FIELDS);
    Expression function = Expression.parse(fields.text("expr"), fields.text("where", ""));
    return ConvexityFields.of(Convexity.of(function, fields.names("over").toArray(String[]::new)));
  }
}
