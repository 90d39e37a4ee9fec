package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;

/** Where a minimisation starts: what the user says, and zeros of the sizes that the data have. */
final class InitialValues {
  private final Map<String, Symbol> symbols = new LinkedHashMap<>();
  private final List<String> over;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  /**
   * @param expressions in which the variables stand
   */
  InitialValues(List<Expression> expressions, List<String> over, Map<String, NumericArray> data) {
    this.over = over;
    for (Expression e : expressions) e.variables().forEach(s -> symbols.putIfAbsent(s.name(), s));
    learn(data);
  }

  private void learn(Map<String, NumericArray> data) {
    for (Symbol s : symbols.values()) {
      NumericArray array = data.get(s.name());
      if (array != null) s.sizes(array).forEach(sizes::putIfAbsent);
    }
  }

  Map<String, NumericArray> with(Map<String, NumericArray> given) {
    learn(given);
    Map<String, NumericArray> start = new LinkedHashMap<>();
    for (Symbol s : symbols.values()) {
      if (!over.contains(s.name())) continue;
      NumericArray known = given.get(s.name());
      start.put(s.name(), known != null ? known : zeros(s));
    }
    return start;
  }

  private NumericArray zeros(Symbol variable) {
    for (Size size : variable.shape()) {
      for (String name : size.names()) {
        if (sizes.containsKey(name)) continue;
        throw new NablaException(
            Code.VALUE,
            "no data tell the size " + name + " of " + variable.name() + "; give a start");
      }
    }
    return NumericArray.zeros(
        variable.shape().stream().mapToInt(size -> size.value(sizes)).toArray());
  }
}
