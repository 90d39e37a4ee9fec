package nabla.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nabla.optimize.Minimum;
import nabla.optimize.Step;
import org.jspecify.annotations.Nullable;

/** What a minimisation has found, as JSON. */
public final class MinimumFields {
  private MinimumFields() {}

  public static Map<String, @Nullable Object> list(List<Minimum> found) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("stationaryPoints", found.stream().map(MinimumFields::of).toList());
    return fields;
  }

  public static Map<String, @Nullable Object> of(Minimum found) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("status", found.status().name().toLowerCase(Locale.ROOT));
    fields.put("reason", found.reason());
    fields.put("value", found.value());
    Map<String, @Nullable Object> point = new LinkedHashMap<>();
    found.point().forEach((name, array) -> point.put(name, NestedLists.write(array)));
    fields.put("point", point);
    fields.put("gradientNorm", found.gradientNorm());
    fields.put("violation", found.violation());
    Map<String, @Nullable Object> multipliers = new LinkedHashMap<>();
    found.multipliers().forEach((text, array) -> multipliers.put(text, NestedLists.write(array)));
    fields.put("multipliers", multipliers);
    fields.put("iterations", found.iterations());
    Map<String, @Nullable Object> curvature = new LinkedHashMap<>();
    curvature.put("kind", found.curvature().kind().name().toLowerCase(Locale.ROOT));
    if (!Double.isNaN(found.curvature().smallest())) {
      curvature.put("smallest", found.curvature().smallest());
      curvature.put("largest", found.curvature().largest());
    }
    fields.put("curvature", curvature);
    fields.put("global", found.global());
    fields.put("formula", new LinkedHashMap<>(found.formula()));
    return fields;
  }

  /** The fields of an answer with {@code explanation}, if it was asked for. */
  public static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> fields, @Nullable List<Step> steps) {
    if (steps == null) return fields;
    Map<String, @Nullable Object> all = new LinkedHashMap<>(fields);
    all.put("explanation", steps.stream().map(MinimumFields::of).toList());
    return all;
  }

  private static Map<String, @Nullable Object> of(Step step) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("left", step.left());
    fields.put("text", step.right());
    fields.put("remark", step.remark());
    return fields;
  }
}
