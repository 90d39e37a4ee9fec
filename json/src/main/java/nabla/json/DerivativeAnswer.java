package nabla.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.Derivative;
import nabla.Explanation;
import nabla.Expression;
import nabla.Form;
import nabla.Layout;
import nabla.Symbol;
import nabla.Verdict;
import nabla.diagnostic.Span;
import nabla.explain.Rule;
import nabla.tensor.Property;
import nabla.tensor.Size;
import org.jspecify.annotations.Nullable;

/** Answers as the JSON contract spells them, field by field in its order. */
public final class DerivativeAnswer {
  private DerivativeAnswer() {}

  /** The answer to a request, computed now. */
  public static Map<String, @Nullable Object> to(DerivativeRequest request) {
    Expression expression =
        Expression.parse(request.expression(), request.declarations(), request.at());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("function", function(expression));
    boolean bound = !request.at().isEmpty();
    Map<String, Integer> sizes = Entries.sizes(expression, request.at());
    List<Derivative> all = request.derivatives(expression);
    if (!request.several()) {
      Derivative derivative = all.getFirst();
      answer.put("derivative", derivative(request, derivative));
      answer.put("variables", variables(expression));
      if (bound) answer.put("value", value(request, expression, sizes));
      numbers(request, derivative, sizes, answer);
      return answer;
    }
    List<Object> derivatives = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      List<String> by = request.each().get(k);
      Derivative derivative = all.get(k);
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("wrt", by.size() == 1 ? by.getFirst() : by);
      fields.putAll(derivative(request, derivative));
      numbers(request, derivative, sizes, fields);
      derivatives.add(fields);
    }
    answer.put("derivatives", derivatives);
    answer.put("variables", variables(expression));
    if (bound) answer.put("value", value(request, expression, sizes));
    return answer;
  }

  private static Object value(
      DerivativeRequest request, Expression expression, Map<String, Integer> sizes) {
    Entries.requireFew(expression.shape(), sizes);
    return NestedLists.write(expression.value(request.at()));
  }

  /** The same with the steps to the derivative, by differentials if nothing else is asked for. */
  static Map<String, @Nullable Object> explained(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> asked = new LinkedHashMap<>(fields);
    asked.putIfAbsent("explain", Explanation.Method.DIFFERENTIAL.label());
    asked.putIfAbsent("check", false);
    return to(DerivativeRequest.of(asked));
  }

  private static void numbers(
      DerivativeRequest request,
      Derivative derivative,
      Map<String, Integer> sizes,
      Map<String, @Nullable Object> fields) {
    boolean bound = !request.at().isEmpty();
    if (bound) {
      Entries.requireFew(derivative.shape(), sizes);
      fields.put("numeric", NestedLists.write(derivative.value(request.at())));
    }
    if (request.check()) fields.put("check", CheckFields.of(derivative.check(request.seed())));
    if (!request.explain().isEmpty()) {
      var options =
          new Explanation.Options(
              DerivativeRequest.method(request.explain()),
              request.detail(),
              Map.of(),
              request.seed());
      fields.put("explanation", explanation(derivative.explain(options)));
    }
    if (request.proof()) {
      fields.put("certificate", CertificateFields.of(derivative.certificate(request.seed())));
    }
    if (!request.claim().isBlank()) {
      Verdict verdict =
          bound
              ? derivative.judge(request.claim(), request.at())
              : derivative.judge(request.claim());
      fields.put("verdict", VerdictFields.of(verdict));
    }
  }

  static Map<String, Object> function(Expression expression) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", expression.text());
    fields.put("latex", expression.latex());
    fields.put("kind", expression.kind());
    fields.put("shape", shape(expression.shape()));
    return fields;
  }

  private static Map<String, Object> derivative(DerivativeRequest request, Derivative derivative) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", derivative.text());
    fields.put("unicode", derivative.unicode());
    fields.put("latex", derivative.latex());
    arrangement(derivative, fields);
    fields.put("conditions", derivative.conditions());
    if (!derivative.notes().isEmpty()) fields.put("notes", derivative.notes());
    if (request.allLayouts()) fields.put("layouts", layouts(derivative));
    if (request.forms()) {
      fields.put("forms", derivative.forms().stream().map(DerivativeAnswer::form).toList());
      if (derivative.isIndexed()) fields.put("whyIndexed", derivative.whyIndexed());
    }
    return fields;
  }

  private static void arrangement(Derivative derivative, Map<String, Object> fields) {
    fields.put("kind", derivative.kind());
    fields.put("shape", shape(derivative.shape()));
    String indices = String.join(",", derivative.indices());
    fields.put(
        "axes", (indices.isEmpty() ? "D" : "D[" + indices + "]") + " = " + derivative.entry());
  }

  private static List<Object> layouts(Derivative derivative) {
    List<Object> layouts = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      Derivative other = derivative.in(layout);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("layout", layout.label());
      fields.put("text", other.text());
      fields.put("latex", other.latex());
      arrangement(other, fields);
      layouts.add(fields);
    }
    return layouts;
  }

  private static Map<String, Object> form(Form form) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("form", form.kind().label());
    fields.put("label", form.label());
    fields.put("text", form.formula().text());
    fields.put("unicode", form.formula().unicode());
    fields.put("latex", form.formula().latex());
    fields.put("shape", shape(form.shape()));
    fields.put("meaning", form.meaning());
    return fields;
  }

  public static Map<String, Object> explanation(Explanation explanation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", explanation.method().label());
    fields.put("steps", explanation.steps().stream().map(DerivativeAnswer::step).toList());
    return fields;
  }

  private static Map<String, Object> step(Explanation.Step step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("left", step.left());
    fields.put("text", step.text());
    fields.put("unicode", step.unicode());
    String left = step.leftLatex().isEmpty() ? "" : step.leftLatex() + " = ";
    fields.put("latex", left + step.latex());
    List<Object> changed = new ArrayList<>();
    for (Span span : step.changed()) {
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("start", span.start());
      place.put("length", span.length());
      changed.add(place);
    }
    fields.put("changed", changed);
    List<Object> rules = new ArrayList<>();
    for (Rule rule : step.rules()) {
      Map<String, Object> named = new LinkedHashMap<>();
      named.put("name", rule.name());
      if (!rule.statement().isEmpty()) named.put("statement", rule.statement());
      rules.add(named);
    }
    fields.put("rules", rules);
    fields.put("conditions", step.conditions());
    fields.put("kind", step.kind());
    fields.put("shape", shape(step.shape()));
    return fields;
  }

  /** Sizes with a name are texts, the others numbers. */
  private static List<Object> shape(List<Size> shape) {
    return shape.stream()
        .<Object>map(size -> size.isNumber() ? size.value(Map.of()) : size.toString())
        .toList();
  }

  static List<Object> variables(Expression expression) {
    List<Object> variables = new ArrayList<>();
    for (Symbol symbol : expression.variables()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", symbol.name());
      fields.put("kind", symbol.kind());
      fields.put("shape", shape(symbol.shape()));
      fields.put("properties", labels(symbol.properties()));
      fields.put("declared", symbol.declared());
      variables.add(fields);
    }
    return variables;
  }

  private static List<String> labels(Set<Property> properties) {
    return properties.stream().sorted().map(Property::label).collect(Collectors.toList());
  }
}
