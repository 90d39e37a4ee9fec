package nabla.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Explanation;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

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
public record DerivativeRequest(
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
  public static List<String> by(List<String> variables, long order) {
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
  public static final String ALL = "all";

  /** The layout with a name; the default one if all are asked for. */
  public static Layout layout(String name) {
    if (name.equals(ALL)) return Layout.DENOMINATOR;
    return Layout.of(name)
        .orElseThrow(
            () ->
                new NablaException(
                    Code.REQUEST,
                    "there is no layout " + name + "; it is denominator, numerator, mixed or all"));
  }

  /** The differential operator with a name. */
  public static DifferentialOperator operator(String name) {
    List<String> labels =
        Stream.of(DifferentialOperator.values()).map(DifferentialOperator::label).toList();
    return DifferentialOperator.of(name)
        .orElseThrow(
            () ->
                Fields.wrong(
                    "there is no operator "
                        + name
                        + "; it is one of "
                        + String.join(", ", labels)));
  }

  /** The structure with a name. */
  public static Structure structure(String name) {
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
  public static DerivativeRequest of(Map<?, ?> request) {
    Fields fields = new Fields(request);
    fields.requireAmong(FIELDS);
    boolean several = fields.has("each");
    if (several == fields.has("wrt")) {
      throw Fields.wrong(
          several ? "wrt and each exclude each other" : "the field \"wrt\" is missing");
    }
    DifferentialOperator operator = operator(fields.text("operator", "derivative"));
    if (operator != DifferentialOperator.DERIVATIVE && fields.has("order")) {
      throw Fields.wrong("the order of the " + operator.label() + " is known; leave \"order\" out");
    }
    long order = fields.whole("order", 1);
    List<List<String>> each = new ArrayList<>();
    if (several) for (String v : fields.names("each")) each.add(by(List.of(v), order));
    else each.add(by(fields.names("wrt"), order));
    return new DerivativeRequest(
        fields.text("expr"),
        operator,
        each,
        several,
        fields.text("where", ""),
        layout(fields.text("layout", "denominator")),
        fields.text("layout", "").equals(ALL),
        structure(fields.text("structure", "ambient")),
        fields.arrays("at"),
        fields.flag("check", true),
        fields.flag("proof", false),
        fields.whole("seed", 1),
        fields.flag("nameRepeats", false),
        fields.flag("forms", false),
        fields.text("claim", ""),
        fields.text("explain", ""),
        Math.clamp(fields.whole("detail", 1), -1, 4));
  }

  /** The way to explain with a name. */
  public static Explanation.Method method(String name) {
    List<String> labels =
        Stream.of(Explanation.Method.values()).map(Explanation.Method::label).toList();
    return Explanation.Method.of(name)
        .orElseThrow(
            () ->
                Fields.wrong(
                    "there is no way " + name + "; explain by " + String.join(", ", labels)));
  }

  /** The derivatives as they are to be shown. */
  public List<Derivative> derivatives(Expression expression) {
    return expression.each(operator, each, layout, structure).stream()
        .map(d -> nameRepeats ? d.namingRepeats() : d)
        .toList();
  }
}
