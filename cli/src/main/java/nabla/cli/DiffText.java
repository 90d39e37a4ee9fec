package nabla.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.Derivative;
import nabla.Expression;
import nabla.json.NestedLists;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.verify.CheckReport;
import org.jspecify.annotations.Nullable;

/** A derivative for people: the formula, what an entry means, what must hold, and the check. */
final class DiffText {
  private static final int COLUMN = 40;

  private DiffText() {}

  static String of(Expression expression, Derivative derivative, @Nullable CheckReport check) {
    StringBuilder text = new StringBuilder(formula(derivative));
    String label = "where    ";
    for (String name : derivative.statements().subList(0, derivative.statements().size() - 1)) {
      text.append(label).append(name).append('\n');
      label = " ".repeat(label.length());
    }
    String inferred = inferred(expression);
    if (!inferred.isEmpty()) text.append("inferred ").append(inferred).append('\n');
    List<String> conditions = derivative.conditions();
    if (!conditions.isEmpty()) {
      text.append("needs    ").append(String.join(", ", conditions)).append('\n');
    }
    for (String note : derivative.notes()) text.append("note     ").append(note).append('\n');
    if (check != null) text.append(check(check));
    return text.toString();
  }

  /** The formula and what an entry of it is. */
  static String formula(Derivative derivative) {
    String meaning = meaning(derivative);
    String result = derivative.statements().getLast();
    if (derivative.isIndexed()) return result + "\n" + meaning + "\n";
    String formula = derivative.label() + " = " + result;
    int spaces = Math.max(2, COLUMN - formula.codePointCount(0, formula.length()) - 1);
    return formula + " ".repeat(spaces) + meaning + "\n";
  }

  /** What the undeclared variables were taken for, as one would declare them. */
  static String inferred(Expression expression) {
    return expression.variables().stream()
        .filter(symbol -> !symbol.declared())
        .map(symbol -> symbol.name() + ": " + symbol.kind() + sizes(symbol.shape()))
        .collect(Collectors.joining("; "));
  }

  private static String sizes(List<Size> shape) {
    if (shape.isEmpty()) return "";
    return shape.stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }

  private static String meaning(Derivative derivative) {
    if (derivative.shape().isEmpty()) {
      return "scalar" + (derivative.isTrace() ? ", " + derivative.entry() : "");
    }
    String indices = String.join(",", derivative.indices());
    return derivative.kind()
        + sizes(derivative.shape())
        + ", entry "
        + indices
        + " is "
        + derivative.entry();
  }

  /** One line, or some loud ones if the formula is wrong. */
  static String check(CheckReport report) {
    return switch (report.status()) {
      case PASSED ->
          "checked  central differences at "
              + (report.points() == 1 ? "1 random point" : report.points() + " random points")
              + " ("
              + sizes(report)
              + "seed "
              + report.seed()
              + "), worst relative error "
              + error(report.worstRelativeError())
              + "\n";
      case NOT_CHECKED -> "not checked: " + report.reason() + "\n";
      case FAILED -> failed(report);
    };
  }

  private static String sizes(CheckReport report) {
    return report.sizes().entrySet().stream()
        .map(e -> e.getKey() + " = " + join(e.getValue()) + "; ")
        .collect(Collectors.joining());
  }

  private static String join(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String error(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.0e", value);
  }

  private static String failed(CheckReport report) {
    StringBuilder text = new StringBuilder("WRONG    this formula failed its check (seed ");
    text.append(report.seed()).append("); please report it\n");
    if (!report.reason().isEmpty()) text.append("         ").append(report.reason()).append('\n');
    CheckReport.Counterexample c = report.counterexample();
    if (c == null) return text.toString();
    text.append("         entry (").append(join(c.index())).append(") of derivative ");
    text.append(c.order()).append(": central differences give ").append(c.expected());
    text.append(", the formula gives ").append(c.found()).append('\n');
    for (Map.Entry<String, NumericArray> e : c.point().variables().entrySet()) {
      text.append("         at ").append(e.getKey()).append(" = ");
      text.append(NestedLists.write(e.getValue())).append('\n');
    }
    return text.toString();
  }
}
