package nabla.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Suggestions;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** The fields of a request, each of the type that is asked for, or an error that names it. */
record Fields(Map<?, ?> fields) {
  /**
   * @throws NablaException with {@link Code#REQUEST} if there is another field
   */
  void requireAmong(Set<String> known) {
    for (Object name : fields.keySet()) {
      if (known.contains(name)) continue;
      String nearest = Suggestions.nearest(String.valueOf(name), known);
      throw wrong(
          "there is no field \""
              + name
              + "\""
              + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"));
    }
  }

  static NablaException wrong(String message) {
    return new NablaException(Code.REQUEST, message);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A text that must be there. */
  String text(String name) {
    if (fields.get(name) == null) throw wrong("the field \"" + name + "\" is missing");
    return text(name, "");
  }

  String text(String name, String otherwise) {
    Object value = fields.get(name);
    if (value instanceof String s) return s;
    if (value != null) throw wrong("the field \"" + name + "\" is a text");
    return otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    Object value = fields.get(name);
    if (value instanceof Boolean b) return b;
    if (value == null) return otherwise;
    throw wrong("the field \"" + name + "\" is true or false");
  }

  long whole(String name, long otherwise) {
    Object value = fields.get(name);
    if (value == null) return otherwise;
    try {
      if (value instanceof BigDecimal number) return number.longValueExact();
    } catch (ArithmeticException notWhole) {
      // the same answer as for a text
    }
    throw wrong("the field \"" + name + "\" is a whole number");
  }

  double number(String name, double otherwise) {
    Object value = fields.get(name);
    if (value == null) return otherwise;
    if (value instanceof BigDecimal number) return number.doubleValue();
    throw wrong("the field \"" + name + "\" is a number");
  }

  /** One name or several; none if the field is not there. */
  List<String> names(String name) {
    return has(name) ? names(name, fields.get(name)) : List.of();
  }

  private static List<String> names(String name, @Nullable Object value) {
    if (value instanceof String s) return List.of(s);
    List<String> names = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) if (element instanceof String s) names.add(s);
      if (!names.isEmpty() && names.size() == list.size()) return names;
    }
    throw wrong("the field \"" + name + "\" is a name or a list of names");
  }

  /** The fields of an object within; none if it is not there. */
  Map<String, @Nullable Object> object(String name) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    Object value = fields.get(name);
    if (value == null) return object;
    if (!(value instanceof Map<?, ?> own)) {
      throw wrong("the field \"" + name + "\" is an object");
    }
    own.forEach((key, element) -> object.put(String.valueOf(key), element));
    return object;
  }

  /** Arrays by the names of variables. */
  Map<String, NumericArray> arrays(String name) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    object(name)
        .forEach((variable, value) -> arrays.put(variable, NestedLists.read(variable, value)));
    return arrays;
  }

  /** Whole numbers from 1 on by the names of sizes. */
  Map<String, Integer> sizes(String name) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    Fields own = new Fields(object(name));
    for (Object size : own.fields.keySet()) {
      long number = own.whole(String.valueOf(size), 0);
      if (number < 1 || number > Integer.MAX_VALUE)
        throw wrong("the size " + size + " is 1 or more");
      sizes.put(String.valueOf(size), (int) number);
    }
    return sizes;
  }
}
