package nabla.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Suggestions;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for: the derivative of an expression by some variables, one after the other.
 *
 * @param operator what is made of the derivatives, such as a Laplacian
 * @param each the lists of variables to differentiate by, one for every derivative that is asked
 *     for
 * @param several whether the answer is a list, because several derivatives were asked for
 * @param allLayouts whether the other layouts are shown, too
 * @param at data for variables; empty if none was given
 * @param proof whether the derivative is to be certified, too
 * @param nameRepeats whether long parts that are repeated get names
 * @param forms whether the other forms of the derivative are shown, too
 * @param claim what the derivative is claimed to be; empty if nothing is
 * @param explain the way in which it is explained; empty if it is not
 * @param detail how much of it
 */
record Request(
    String expression,
    DifferentialOperator operator,
    List<List<String>> each,
    boolean several,
    String declarations,
    Layout layout,
    boolean allLayouts,
    Structure structure,
    Map<String, NumericArray> at,
    boolean check,
    boolean proof,
    long seed,
    boolean nameRepeats,
    boolean forms,
    String claim,
    String explain,
    int detail) {
  private static final int HIGHEST_ORDER = 6;
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "expr",
          "wrt",
          "each",
          "where",
          "order",
          "operator",
          "layout",
          "structure",
          "at",
          "check",
          "proof",
          "seed",
          "nameRepeats",
          "forms",
          "claim",
          "explain",
          "detail");

  /** The variables of a derivative of an order: one variable counts as often as the order says. */
  static List<String> by(List<String> variables, long order) {
    if (order < 1 || order > HIGHEST_ORDER) {
      throw new NablaException(Code.REQUEST, "the order is a number from 1 to " + HIGHEST_ORDER);
    }
    if (variables.size() == 1) return Collections.nCopies((int) order, variables.getFirst());
    if (order == 1 || order == variables.size()) return variables;
    throw new NablaException(
        Code.REQUEST,
        "an order goes with one variable; by "
            + String.join(", ", variables)
            + " the order is "
            + variables.size());
  }

  /** What stands for every layout. */
  static final String ALL = "all";

  /** The layout with a name; the default one if all are asked for. */
  static Layout layout(String name) {
    if (name.equals(ALL)) return Layout.DENOMINATOR;
    return Layout.of(name)
        .orElseThrow(
            () ->
                new NablaException(
                    Code.REQUEST,
                    "there is no layout " + name + "; it is denominator, numerator, mixed or all"));
  }

  /** The differential operator with a name. */
  static DifferentialOperator operator(String name) {
    List<String> labels =
        Stream.of(DifferentialOperator.values()).map(DifferentialOperator::label).toList();
    return DifferentialOperator.of(name)
        .orElseThrow(
            () ->
                wrong(
                    "there is no operator "
                        + name
                        + "; it is one of "
                        + String.join(", ", labels)));
  }

  /** The structure with a name. */
  static Structure structure(String name) {
    return Structure.of(name)
        .orElseThrow(
            () ->
                new NablaException(
                    Code.REQUEST,
                    "there is no structure " + name + "; it is ambient, projected or independent"));
  }

  /**
   * Reads one line of a batch.
   *
   * @throws NablaException with {@link Code#REQUEST} if a field is missing, unknown or of the wrong
   *     type
   */
  static Request of(Map<?, ?> fields) {
    for (Object name : fields.keySet()) {
      if (!FIELDS.contains(name)) throw unknown(String.valueOf(name));
    }
    boolean several = fields.containsKey("each");
    if (several == fields.containsKey("wrt")) {
      throw wrong(several ? "wrt and each exclude each other" : "the field \"wrt\" is missing");
    }
    DifferentialOperator operator = operator(text(fields, "operator", "derivative"));
    if (operator != DifferentialOperator.DERIVATIVE && fields.containsKey("order")) {
      throw wrong("the order of the " + operator.label() + " is known; leave \"order\" out");
    }
    long order = whole(fields, "order", 1).longValue();
    List<List<String>> each = new ArrayList<>();
    if (several) for (String v : names(fields, "each")) each.add(by(List.of(v), order));
    else each.add(by(names(fields, "wrt"), order));
    return new Request(
        text(fields, "expr", null),
        operator,
        each,
        several,
        text(fields, "where", ""),
        layout(text(fields, "layout", "denominator")),
        text(fields, "layout", "").equals(ALL),
        structure(text(fields, "structure", "ambient")),
        data(fields.get("at")),
        flag(fields, "check", true),
        flag(fields, "proof", false),
        whole(fields, "seed", 1).longValue(),
        flag(fields, "nameRepeats", false),
        flag(fields, "forms", false),
        text(fields, "claim", ""),
        text(fields, "explain", ""),
        Math.clamp(whole(fields, "detail", 1).longValue(), -1, 4));
  }

  /** The derivatives as they are to be shown. */
  List<Derivative> derivatives(Expression expression) {
    return expression.each(operator, each, layout, structure).stream()
        .map(d -> nameRepeats ? d.namingRepeats() : d)
        .toList();
  }

  private static NablaException unknown(String field) {
    String nearest = Suggestions.nearest(field, FIELDS);
    return wrong(
        "there is no field \""
            + field
            + "\""
            + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"));
  }

  private static NablaException wrong(String message) {
    return new NablaException(Code.REQUEST, message);
  }

  private static String text(Map<?, ?> fields, String name, @Nullable String otherwise) {
    Object value = fields.get(name);
    if (value instanceof String s) return s;
    if (value != null) throw wrong("the field \"" + name + "\" is a text");
    if (otherwise == null) throw wrong("the field \"" + name + "\" is missing");
    return otherwise;
  }

  private static boolean flag(Map<?, ?> fields, String name, boolean otherwise) {
    Object value = fields.get(name);
    if (value instanceof Boolean b) return b;
    if (value == null) return otherwise;
    throw wrong("the field \"" + name + "\" is true or false");
  }

  private static Number whole(Map<?, ?> fields, String name, long otherwise) {
    Object value = fields.get(name);
    if (value == null) return otherwise;
    try {
      if (value instanceof BigDecimal number) return number.longValueExact();
    } catch (ArithmeticException notWhole) {
      // the same answer as for a text
    }
    throw wrong("the field \"" + name + "\" is a whole number");
  }

  private static List<String> names(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (value instanceof String s) return List.of(s);
    List<String> names = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) if (element instanceof String s) names.add(s);
      if (!names.isEmpty() && names.size() == list.size()) return names;
    }
    throw wrong("the field \"" + name + "\" is a name or a list of names");
  }

  private static Map<String, NumericArray> data(@Nullable Object at) {
    Map<String, NumericArray> data = new LinkedHashMap<>();
    if (at == null) return data;
    if (!(at instanceof Map<?, ?> fields)) throw wrong("the field \"at\" is an object");
    fields.forEach(
        (name, value) -> data.put(String.valueOf(name), Arrays.read(String.valueOf(name), value)));
    return data;
  }
}
