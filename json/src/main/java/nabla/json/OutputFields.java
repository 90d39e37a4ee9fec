package nabla.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.Output;
import nabla.StructuredArray;

/** What an output of an evaluation is, as the JSON contract spells it; its numbers come after. */
public final class OutputFields {
  private OutputFields() {}

  public static Map<String, Object> of(Output output, StructuredArray array) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("operator", output.isValue() ? "value" : output.operator().label());
    fields.put("wrt", output.variables());
    fields.put("layout", output.layout().label());
    fields.put("shape", Arrays.stream(array.shape()).boxed().toList());
    fields.put("structure", array.structure());
    fields.put("stored", array.stored());
    return fields;
  }
}
