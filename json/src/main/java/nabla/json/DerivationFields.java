package nabla.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Derivation.Step;
import nabla.Verdict;
import org.jspecify.annotations.Nullable;

/** A derivation with what became of each step, as the JSON contract spells it. */
public final class DerivationFields {
  private DerivationFields() {}

  public static Map<String, @Nullable Object> of(List<Step> steps) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("right", steps.stream().allMatch(Step::isRight));
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Step step : steps) {
      Map<String, @Nullable Object> own = new LinkedHashMap<>();
      own.put("line", step.line());
      own.put("text", step.text());
      Verdict verdict = step.verdict();
      if (verdict != null) {
        own.put("against", step.label());
        own.put("verdict", VerdictFields.of(verdict));
      }
      all.add(own);
    }
    fields.put("steps", all);
    return fields;
  }
}
