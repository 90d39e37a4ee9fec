package nabla.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Suggestions;
import nabla.tensor.NumericArray;

/**
 * An expression and an array for each of its variables. A variable that is not declared is what it
 * is without data, unless its data can't be that; then it is what they are.
 */
record Question(Expression expression, Map<String, NumericArray> data) {
  /**
   * @throws NablaException if the expression is wrong, a variable has no data or data of another
   *     kind, or a name is no variable
   */
  static Question read(String text, String declarations, DataWords words) {
    Question question = readPart(text, declarations, words);
    question.requireAll(Set.of(), words);
    return question;
  }

  /** The same where some variables may have no data. */
  static Question readPart(String text, String declarations, DataWords words) {
    Map<String, Datum> data = words.all();
    Expression expression = understood(text, declarations, data);
    requireVariables(expression, words.named());
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    for (Symbol s : expression.variables()) {
      Datum datum = data.get(s.name());
      if (datum != null) arrays.put(s.name(), datum.as(s.name(), s.kind(), s.shape().size()));
    }
    return new Question(expression, arrays);
  }

  private static Expression understood(String text, String declarations, Map<String, Datum> data) {
    Expression alone;
    try {
      alone = Expression.parse(text, declarations);
    } catch (NablaException open) {
      if (data.isEmpty()) throw open;
      Map<String, Integer> likely = new LinkedHashMap<>();
      data.forEach((name, datum) -> likely.put(name, datum.likelyRank()));
      return Expression.parse(text, declarations, ofRanks(likely));
    }
    Map<String, Integer> ranks = new LinkedHashMap<>();
    boolean fits = true;
    for (Symbol s : alone.variables()) {
      Datum datum = data.get(s.name());
      if (datum == null || s.declared()) continue;
      boolean own = datum.fits(s.shape().size());
      ranks.put(s.name(), own ? s.shape().size() : datum.likelyRank());
      fits &= own;
    }
    if (fits) return alone;
    try {
      return Expression.parse(text, declarations, ofRanks(ranks));
    } catch (NablaException meaningless) {
      return alone;
    }
  }

  /** Arrays that have nothing but a rank. */
  private static Map<String, NumericArray> ofRanks(Map<String, Integer> ranks) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    ranks.forEach((name, rank) -> arrays.put(name, NumericArray.zeros(new int[rank])));
    return arrays;
  }

  /** The variables that stand in the expression and have no data. */
  List<String> missing() {
    return expression.variables().stream()
        .map(Symbol::name)
        .filter(name -> !data.containsKey(name) && expression.mentions(name))
        .toList();
  }

  /**
   * The variables that move: those that are named, else those that have a start or no data.
   *
   * @throws NablaException with {@link Code#WRT} if nothing moves, or a name is no variable
   */
  List<String> over(List<String> named, Set<String> started) {
    List<String> all = expression.variables().stream().map(Symbol::name).toList();
    List<String> said = named.stream().map(String::strip).toList();
    for (String name : said) {
      if (all.contains(name)) continue;
      throw noVariable(Code.WRT, name + " is no variable of the function", name, all);
    }
    if (!said.isEmpty()) return said;
    List<String> missing = missing();
    List<String> over =
        all.stream().filter(name -> missing.contains(name) || started.contains(name)).toList();
    if (!over.isEmpty()) return over;
    throw new NablaException(
        Code.WRT,
        "nothing moves: " + (all.isEmpty() ? "there are no variables" : "all variables have data"));
  }

  /**
   * @param but what needs no data
   * @throws NablaException if another variable has none
   */
  void requireAll(Collection<String> but, DataWords words) {
    List<String> missing = missing().stream().filter(name -> !but.contains(name)).toList();
    if (missing.isEmpty()) return;
    List<String> others = new ArrayList<>(words.all().keySet());
    expression.variables().forEach(s -> others.remove(s.name()));
    String first = missing.getFirst();
    throw new NablaException(
        new Diagnostic(
            Code.VALUE,
            listed(missing)
                + (missing.size() == 1 ? " has no data" : " have no data")
                + (others.isEmpty() ? "" : "; there are some for " + String.join(", ", others)),
            Span.NONE,
            "",
            "--data %s=FILE, --data %s=0.5, --data \"%s=[1,2,3]\" give some"
                .formatted(first, first, first)));
  }

  private static String listed(List<String> names) {
    if (names.size() == 1) return names.getFirst();
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  private static void requireVariables(Expression expression, Map<String, Datum> named) {
    List<String> variables = expression.variables().stream().map(Symbol::name).toList();
    for (String name : named.keySet()) {
      if (variables.contains(name)) continue;
      throw noVariable(
          Code.VALUE, name + " has data, but is no variable of the expression", name, variables);
    }
  }

  private static NablaException noVariable(
      Code code, String message, String name, List<String> variables) {
    String nearest = Suggestions.nearest(name, variables);
    String hint =
        nearest != null
            ? "did you mean " + nearest + "?"
            : "the variables are " + String.join(", ", variables);
    return new NablaException(new Diagnostic(code, message, Span.NONE, "", hint));
  }
}
