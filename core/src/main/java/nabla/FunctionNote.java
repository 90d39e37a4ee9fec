package nabla;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nabla.operation.FunctionSymbol;

/** What a reader should know of functions that are only declared. */
final class FunctionNote {
  private FunctionNote() {}

  static String of(List<FunctionSymbol> functions) {
    boolean several = functions.size() > 1;
    String names = functions.stream().map(FunctionSymbol::name).collect(Collectors.joining(", "));
    Optional<String> f =
        functions.stream().filter(g -> !g.isElementwise()).map(FunctionSymbol::name).findFirst();
    return names
        + (several ? " are any differentiable functions" : " is any differentiable function")
        + f.map(g -> "; " + g + "'(u) has the axes of u, then those of " + g + "(u)").orElse("")
        + "; in the check a random one stands for "
        + (several ? "each" : "it");
  }
}
