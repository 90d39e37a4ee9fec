package nabla.json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import nabla.optimize.Convexity;
import nabla.optimize.Convexity.Counterexample;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** What is known of a function's convexity, as JSON. */
public final class ConvexityFields {
  private ConvexityFields() {}

  public static Map<String, @Nullable Object> of(Convexity found) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("kind", found.kind().name().toLowerCase(Locale.ROOT));
    fields.put("over", found.over());
    found.modulus().ifPresent(m -> fields.put("modulus", m));
    fields.put("where", found.where());
    fields.put("reason", found.reason());
    found.notConvex().ifPresent(e -> fields.put("notConvex", of(e)));
    found.notConcave().ifPresent(e -> fields.put("notConcave", of(e)));
    return fields;
  }

  private static Map<String, @Nullable Object> of(Counterexample e) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("point", arrays(e.point()));
    fields.put("direction", arrays(e.direction()));
    fields.put("difference", e.difference());
    return fields;
  }

  private static Map<String, @Nullable Object> arrays(Map<String, NumericArray> arrays) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    new TreeMap<>(arrays).forEach((name, x) -> fields.put(name, NestedLists.write(x)));
    return fields;
  }
}
