package nabla.json;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.Verdict;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** A verdict as the JSON contract spells it. */
public final class VerdictFields {
  private VerdictFields() {}

  public static Map<String, @Nullable Object> of(Verdict verdict) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("right", verdict.isRight());
    fields.put("kind", verdict.kind().label());
    fields.put("message", verdict.message());
    fields.put("correct", verdict.correct());
    if (!verdict.evidence().isEmpty()) fields.put("evidence", verdict.evidence());
    if (!verdict.label().isEmpty()) fields.put("label", verdict.label());
    if (!verdict.difference().isEmpty()) fields.put("difference", verdict.difference());
    verdict
        .counterexample()
        .ifPresent(
            d -> {
              Map<String, @Nullable Object> witness = new LinkedHashMap<>();
              Map<String, @Nullable Object> at = new LinkedHashMap<>();
              for (Map.Entry<String, NumericArray> e : d.at().variables().entrySet()) {
                at.put(e.getKey(), NestedLists.write(e.getValue()));
              }
              witness.put("at", at);
              witness.put("index", d.index());
              witness.put("correct", d.expected());
              witness.put("claim", d.found());
              fields.put("witness", witness);
            });
    return fields;
  }
}
