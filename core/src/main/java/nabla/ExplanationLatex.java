package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.Explanation.Step;
import nabla.explain.Rule;

/** A derivation as a document of its own, in LaTeX. */
final class ExplanationLatex {
  private static final String BEGIN =
      """
      \\documentclass{article}
      \\usepackage{amsmath,amssymb}
      \\allowdisplaybreaks
      \\begin{document}
      \\begin{align*}
      """;

  private static final String END =
      """
      \\end{align*}
      \\end{document}
      """;

  /** Characters that LaTeX reads otherwise, or not at all. */
  private static final Map<Integer, String> SPECIAL =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '\'', "\\textquotesingle{}"),
          Map.entry((int) '∂', "$\\partial$"),
          Map.entry((int) '≠', "$\\ne$"),
          Map.entry((int) '≤', "$\\le$"),
          Map.entry((int) '≥', "$\\ge$"),
          Map.entry((int) '→', "$\\to$"),
          Map.entry((int) '·', "$\\cdot$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) '⊗', "$\\otimes$"),
          Map.entry((int) '‖', "$\\|$"),
          Map.entry((int) '∞', "$\\infty$"),
          Map.entry((int) '²', "$^2$"),
          Map.entry((int) '³', "$^3$"));

  private ExplanationLatex() {}

  static String of(List<Step> steps) {
    StringBuilder out = new StringBuilder(BEGIN);
    String left = "";
    for (int k = 0; k < steps.size(); k++) {
      Step step = steps.get(k);
      String between = between(step);
      if (k > 0) out.append(" \\\\\n");
      if (!between.isEmpty()) out.append("\\intertext{").append(between).append("}\n");
      boolean same = step.left().equals(left) && !left.isEmpty();
      if (!same) out.append(step.leftLatex());
      out.append(step.left().isEmpty() ? "& " : " &= ").append(step.latex());
      left = step.left();
    }
    out.append('\n');
    return out.append(END).toString();
  }

  /** What leads to a line. */
  private static String between(Step step) {
    List<String> remarks = new ArrayList<>();
    step.rules().forEach(rule -> remarks.add(text(rule)));
    if (!step.conditions().isEmpty()) {
      remarks.add("needs " + escaped(String.join(", ", step.conditions())));
    }
    return String.join("; ", remarks);
  }

  private static String text(Rule rule) {
    String name = escaped(rule.name());
    if (rule.statement().isEmpty()) return name;
    return rule.latex()
        .map(formula -> name + ": $" + formula + "$")
        .orElseGet(() -> name + ": " + escaped(rule.statement()));
  }

  /** Words and formulas in text, as LaTeX sets them. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String special = SPECIAL.get(c);
              String letter = nabla.lang.Greek.name(c);
              if (special != null) out.append(special);
              else if (letter != null) out.append("$\\").append(letter).append("$");
              else out.appendCodePoint(c);
            });
    return out.toString();
  }
}
