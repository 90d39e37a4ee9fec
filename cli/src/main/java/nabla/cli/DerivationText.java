package nabla.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Derivation.Step;
import nabla.Verdict;
import org.jspecify.annotations.Nullable;

/** A derivation with what became of each step, for people and as the JSON contract spells it. */
final class DerivationText {
  private DerivationText() {}

  /** A line for each step; the first that is wrong is explained, the others in a word. */
  static String of(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    int width = String.valueOf(steps.getLast().line()).length();
    boolean explained = false;
    for (Step step : steps) {
      Verdict verdict = step.verdict();
      String mark = verdict == null ? "·" : verdict.isRight() ? "✓" : "✗";
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

  static Map<String, @Nullable Object> fields(List<Step> steps) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("right", steps.stream().allMatch(Step::isRight));
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Step step : steps) {
      Map<String, @Nullable Object> own = new LinkedHashMap<>();
      own.put("line", step.line());
      own.put("text", step.text());
      Verdict verdict = step.verdict();
      if (verdict != null) {
        own.put("against", step.label());
        own.put("verdict", VerdictText.fields(verdict));
      }
      all.add(own);
    }
    fields.put("steps", all);
    return fields;
  }
}
