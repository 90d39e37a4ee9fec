package nabla.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.verify.CheckReport;
import nabla.verify.CheckReport.Counterexample;
import org.jspecify.annotations.Nullable;

/** What a check found, as the JSON contract spells it. */
final class CheckFields {
  private CheckFields() {}

  static Map<String, @Nullable Object> of(CheckReport report) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    boolean checked = report.status() != CheckReport.Status.NOT_CHECKED;
    fields.put("passed", checked ? report.passed() : null);
    fields.put("points", report.points());
    if (checked) {
      fields.put("maxRelativeError", report.worstRelativeError());
      fields.put("sizes", sizes(report));
      fields.put("seed", report.seed());
    }
    if (!report.reason().isEmpty()) fields.put("reason", report.reason());
    Counterexample counterexample = report.counterexample();
    if (counterexample != null) fields.put("counterexample", of(counterexample));
    return fields;
  }

  /** Point by point, as a certificate has them. */
  private static List<Map<String, Object>> sizes(CheckReport report) {
    List<Map<String, Object>> sizes = new ArrayList<>();
    report
        .sizes()
        .forEach(
            (name, numbers) -> {
              for (int k = 0; k < numbers.size(); k++) {
                if (k == sizes.size()) sizes.add(new LinkedHashMap<>());
                sizes.get(k).put(name, numbers.get(k));
              }
            });
    return sizes;
  }

  private static Map<String, Object> of(Counterexample counterexample) {
    Map<String, Object> at = new LinkedHashMap<>();
    counterexample
        .point()
        .variables()
        .forEach((name, array) -> at.put(name, NestedLists.write(array)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", at);
    fields.put("order", counterexample.order());
    fields.put("index", counterexample.index());
    fields.put("expected", counterexample.expected());
    fields.put("found", counterexample.found());
    return fields;
  }
}
