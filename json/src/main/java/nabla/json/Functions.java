package nabla.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/** A function of which some variables have data and the others move. */
final class Functions {
  private Functions() {}

  /** The function, where what a variable is follows from its data or from its start. */
  static Expression understood(
      Fields fields, Map<String, NumericArray> data, Map<String, NumericArray> start) {
    Map<String, NumericArray> known = new LinkedHashMap<>(start);
    known.putAll(data);
    return Expression.parse(fields.text("expr"), fields.text("where", ""), known);
  }

  /**
   * What moves: what the field {@code over} names, else all that have no data.
   *
   * @throws NablaException with {@link Code#WRT} if nothing does
   */
  static String[] over(Expression function, Fields fields, Map<String, NumericArray> data) {
    List<String> named = fields.names("over");
    if (!named.isEmpty()) return named.toArray(String[]::new);
    String[] over =
        function.variables().stream()
            .map(Symbol::name)
            .filter(name -> !data.containsKey(name))
            .toArray(String[]::new);
    if (over.length > 0) return over;
    throw new NablaException(Code.WRT, "nothing moves: all variables have data");
  }
}
