package nabla.cli;

import java.util.List;
import nabla.Derivation.Step;
import nabla.Verdict;

/** A derivation with what became of each step, for people. */
final class DerivationText {
  private DerivationText() {}

  /** A line for each step; the first that is wrong is explained, the others in a word. */
  static String of(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    int width = String.valueOf(steps.getLast().line()).length();
    boolean explained = false;
    for (Step step : steps) {
      Verdict verdict = step.verdict();
      String mark = verdict == null ? "·" : mark(verdict);
      String indent = step.text().startsWith("=") ? "  " : "";
      text.append(" ".repeat(width - String.valueOf(step.line()).length()));
      text.append(step.line()).append(' ').append(mark).append(' ').append(indent);
      text.append(step.text());
      if (verdict != null) {
        boolean aside = verdict.isRight() ? verdict.kind() != Verdict.Kind.RIGHT : explained;
        if (aside) text.append("   (").append(verdict.message()).append(')');
      }
      text.append('\n');
      if (verdict == null || verdict.isRight() || explained) continue;
      text.append(VerdictText.of(verdict, step.label(), "this line").indent(width + 3));
      explained = true;
    }
    return text.toString();
  }

  private static String mark(Verdict verdict) {
    if (verdict.isRight()) return "✓";
    return verdict.kind() == Verdict.Kind.UNDECIDED ? "?" : "✗";
  }
}
