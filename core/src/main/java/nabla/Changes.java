package nabla;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.Derivation.Part;
import nabla.diagnostic.Code;
import nabla.lang.Program;
import nabla.notation.TextPrinter;
import nabla.tensor.Property;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.TermByTerm;
import nabla.tensor.Variable;

/**
 * The variables that change in a differential, each with the variable {@code dx} for its change.
 */
record Changes(Map<Variable, Variable> of) {
  static final Changes NONE = new Changes(Map.of());

  /** Structures that a change of what has them has, too. */
  private static final Set<Property> LINEAR =
      Set.of(Property.SYMMETRIC, Property.SKEW, Property.DIAGONAL, Property.LOWER, Property.UPPER);

  /** Those of the variables whose changes stand in some parts; all of them if there are none. */
  static Changes in(List<Part> parts, List<Variable> variables) {
    Set<String> met = new LinkedHashSet<>();
    for (Part part : parts) met.addAll(LeftSide.names(part.text()));
    Map<Variable, Variable> some = new LinkedHashMap<>();
    Map<Variable, Variable> all = new LinkedHashMap<>();
    for (Variable v : variables) {
      all.put(v, change(v));
      if (met.contains("d" + v.name())) some.put(v, change(v));
    }
    return new Changes(some.isEmpty() ? all : some);
  }

  static Variable change(Variable v) {
    Set<Property> kept = new LinkedHashSet<>(v.properties());
    boolean symmetric = v.is(Property.PD) || v.is(Property.PSD);
    kept.retainAll(LINEAR);
    if (symmetric) kept.add(Property.SYMMETRIC);
    return new Variable("d" + v.name(), v.shape(), kept);
  }

  List<Variable> variables() {
    return List.copyOf(of.values());
  }

  /** The differential of an expression. */
  Tensor of(Expression expression) {
    Tensor sum = Sum.zero(expression.shape());
    for (Variable x : Tensors.variables(expression.problem().tensor())) {
      Variable change = of.get(x);
      if (change == null) continue;
      Tensor slope = expression.derivative(List.of(x.name()), Layout.DENOMINATOR).tensor();
      Tensor part =
          TermByTerm.each(
              slope,
              (product, labels) ->
                  product
                      .factor(change, labels.subList(0, x.rank()))
                      .to(labels.subList(x.rank(), labels.size())));
      sum = Tensors.add(sum, part);
    }
    return sum;
  }

  /** A text with every {@code d(…)} carried out, and every {@code du} of a defined name. */
  String expanded(String text, Scope scope, Part part) {
    if (of.isEmpty()) return text;
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      boolean inWord = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
      boolean opens = !inWord && text.startsWith("d(", at);
      int end = opens ? LeftSide.closes(text, at + 1) : -1;
      if (end < 0) {
        expanded.append(text.charAt(at++));
        continue;
      }
      String inside = expanded(text.substring(at + 2, end), scope, part);
      expanded.append(written(scope.read(part, inside, NONE), part));
      at = end + 1;
    }
    return withDefined(expanded.toString(), scope, part);
  }

  private String withDefined(String text, Scope scope, Part part) {
    String result = text;
    for (String name : LeftSide.names(text)) {
      Optional<String> defined =
          scope.defined().stream().filter(u -> name.equals("d" + u)).findFirst();
      if (defined.isEmpty()) continue;
      String change = written(scope.value(part, defined.get()), part);
      result =
          result.replaceAll("(?<![\\p{L}\\d_])" + name + "(?![\\p{L}\\d_])", "(" + change + ")");
    }
    return result;
  }

  /** The differential of an expression in the language. */
  private String written(Expression expression, Part part) {
    SharedWork work = new SharedWork(expression, List.of());
    var notation = work.notation(variables());
    boolean row = expression.problem().row();
    Program program = notation.of(work.shortest(of(expression), notation), List.of(), row);
    if (!program.result().indices().isEmpty() || !program.definitions().isEmpty()) {
      throw part.error(Code.UNSUPPORTED, "this differential has no matrix notation", "");
    }
    return "(" + TextPrinter.print(program) + ")";
  }

  /** The variables and their changes. */
  List<Variable> with(List<Variable> known) {
    Set<Variable> all = new LinkedHashSet<>(known);
    all.addAll(of.values());
    return new ArrayList<>(all);
  }
}
