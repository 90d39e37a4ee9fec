package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.Expression;
import nabla.Symbol;
import nabla.tensor.Property;

/** What is known of the variables of some expressions, as a user would declare it. */
final class Declarations {
  private final Map<String, String> byName = new LinkedHashMap<>();

  void add(Expression expression) {
    for (Symbol s : expression.variables()) byName.putIfAbsent(s.name(), declaration(s));
  }

  String text() {
    return String.join("; ", byName.values());
  }

  boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** A name that no variable has. */
  String fresh(String wanted) {
    String name = wanted;
    while (contains(name)) name += "0";
    return name;
  }

  private static String declaration(Symbol symbol) {
    String sizes =
        symbol.shape().isEmpty()
            ? ""
            : symbol.shape().stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"));
    return symbol.name()
        + ": "
        + symbol.kind()
        + sizes
        + symbol.properties().stream().map(Property::label).map(l -> " " + l).collect(Collectors.joining());
  }
}
