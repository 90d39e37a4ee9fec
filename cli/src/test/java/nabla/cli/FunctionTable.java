package nabla.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.operation.Catalogue;
import nabla.operation.Operation;
import nabla.operation.Signature;
import nabla.tensor.Size;

/** The catalogue as the documentation shows it. */
final class FunctionTable {
  private FunctionTable() {}

  static String markdown() {
    String rows = Catalogue.all().stream().map(FunctionTable::row).collect(Collectors.joining());
    return "| function | takes → gives | |\n|---|---|---|\n" + rows;
  }

  private static String row(Operation operation) {
    String names =
        Stream.concat(Stream.of(operation.name()), operation.aliases().stream())
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    String signatures =
        operation.signatures().stream()
            .map(FunctionTable::signature)
            .collect(Collectors.joining("; "));
    String summary = operation.summary().replace("|", "\\|");
    return "| " + names + " | " + signatures + " | " + summary + " |\n";
  }

  private static String signature(Signature signature) {
    List<String> operands = signature.parameters().stream().map(FunctionTable::kind).toList();
    return String.join(", ", operands) + " → " + kind(signature.result());
  }

  private static String kind(Signature.Parameter parameter) {
    if (parameter.any()) return "any";
    String kind =
        List.of("scalar", "vector", "matrix", "tensor").get(Math.min(3, parameter.rank()));
    if (parameter.rank() == 0) return kind;
    return kind
        + parameter.shape().stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
