package nabla;

import java.util.List;
import java.util.stream.Collectors;
import nabla.Explanation.Step;
import nabla.explain.Rule;

/** A derivation as a list in Markdown, with formulas as GitHub shows them. */
final class ExplanationMarkdown {
  private ExplanationMarkdown() {}

  static String of(List<Step> steps) {
    StringBuilder out = new StringBuilder();
    String left = "";
    for (Step step : steps) {
      boolean same = step.left().equals(left) && !left.isEmpty();
      String before = step.left().isEmpty() ? "" : same ? "{} = " : step.leftLatex() + " = ";
      out.append("1. $`").append(before).append(step.latex()).append("`$  \n");
      String rules =
          step.rules().stream().map(ExplanationMarkdown::text).collect(Collectors.joining("; "));
      if (!rules.isEmpty()) out.append("   ").append(rules).append('\n');
      if (!step.conditions().isEmpty()) {
        String conditions = String.join(", ", step.conditions());
        out.append("   needs `` ").append(conditions).append(" ``\n");
      }
      left = step.left();
    }
    return out.toString();
  }

  private static String text(Rule rule) {
    if (rule.statement().isEmpty()) return rule.name();
    return rule.name()
        + ": "
        + rule.latex()
            .map(formula -> "$`" + formula + "`$")
            .orElseGet(() -> "`` " + rule.statement() + " ``");
  }
}
