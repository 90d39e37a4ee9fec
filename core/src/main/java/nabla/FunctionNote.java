package nabla;

import java.util.List;
import java.util.stream.Collectors;
import nabla.operation.FunctionSymbol;

/** What a reader should know of functions that are only declared. */
final class FunctionNote {
  private FunctionNote() {}

  static String of(List<FunctionSymbol> functions) {
    boolean several = functions.size() > 1;
    String names = functions.stream().map(FunctionSymbol::name).collect(Collectors.joining(", "));
    String f = functions.getFirst().name();
    boolean elementwise = functions.stream().allMatch(FunctionSymbol::isElementwise);
    return names
        + (several ? " are any differentiable functions" : " is any differentiable function")
        + (elementwise ? "" : "; " + f + "'(u) has the axes of u, then those of " + f + "(u)")
        + "; in the check a random one stands for "
        + (several ? "each" : "it");
  }
}
