package nabla.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;

/** How large the axes of variables are, as far as arrays tell. */
final class Sizes {
  private final Expression function;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();
  private final List<String> assumed = new ArrayList<>();

  Sizes(Expression function, Map<String, NumericArray> known) {
    this.function = function;
    for (Symbol s : function.variables()) {
      NumericArray array = known.get(s.name());
      if (array != null) s.sizes(array).forEach(sizes::putIfAbsent);
    }
  }

  /**
   * Arrays of zeros for some variables, in the order of the function.
   *
   * @param usual what a size is that nothing tells; 0 if there is no such
   * @throws NablaException with {@link Code#VALUE} if nothing tells a size
   */
  Map<String, NumericArray> zeros(List<String> variables, int usual) {
    Map<String, NumericArray> zeros = new LinkedHashMap<>();
    for (Symbol s : function.variables()) {
      if (!variables.contains(s.name())) continue;
      for (Size size : s.shape()) {
        for (String name : size.names()) require(s, name, usual);
      }
      zeros.put(
          s.name(),
          NumericArray.zeros(s.shape().stream().mapToInt(size -> size.value(sizes)).toArray()));
    }
    return zeros;
  }

  private void require(Symbol variable, String name, int usual) {
    if (sizes.containsKey(name)) return;
    if (usual == 0) {
      throw new NablaException(
          Code.VALUE,
          "no data tell the size " + name + " of " + variable.name() + "; give a point");
    }
    sizes.put(name, usual);
    assumed.add("the size " + name + " of " + variable.name() + " is taken as " + usual);
  }

  /** An error with a hint at what sizes were assumed, which the function may not allow. */
  NablaException explained(NablaException e) {
    if (assumed.isEmpty() || e.diagnostic().code() != Code.VALUE) return e;
    String hint = String.join(", ", assumed) + ", as nothing tells it; declare what it is";
    return new NablaException(
        new Diagnostic(Code.VALUE, e.diagnostic().message(), Span.NONE, "", hint));
  }
}
