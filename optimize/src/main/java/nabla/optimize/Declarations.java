package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.Expression;
import nabla.Symbol;

/** What is known of the variables of some expressions, as a user would declare it. */
final class Declarations {
  private final Map<String, String> byName = new LinkedHashMap<>();

  void add(Expression expression) {
    for (Symbol s : expression.variables()) byName.putIfAbsent(s.name(), s.declaration());
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
}
