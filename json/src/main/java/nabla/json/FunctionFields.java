package nabla.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.operation.Catalogue;
import nabla.operation.Operation;
import nabla.operation.Signature;
import nabla.tensor.Size;

/** The functions of the language, for those who complete or explain them. */
public final class FunctionFields {
  private static final List<String> KINDS = List.of("scalar", "vector", "matrix", "tensor");

  private FunctionFields() {}

  /** All of them, in the order of the catalogue. */
  public static List<Object> all() {
    List<Object> all = new ArrayList<>();
    for (Operation operation : Catalogue.all()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", operation.name());
      fields.put("aliases", List.copyOf(operation.aliases()));
      fields.put("signatures", operation.signatures().stream().map(FunctionFields::text).toList());
      fields.put("summary", operation.summary());
      all.add(fields);
    }
    return all;
  }

  private static String text(Signature signature) {
    List<String> operands = signature.parameters().stream().map(FunctionFields::kind).toList();
    return String.join(", ", operands) + " → " + kind(signature.result());
  }

  private static String kind(Signature.Parameter parameter) {
    if (parameter.any()) return "any";
    String kind = KINDS.get(Math.min(KINDS.size() - 1, parameter.rank()));
    if (parameter.rank() == 0) return kind;
    return kind
        + parameter.shape().stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
