package nabla;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import nabla.Explanation.Step;
import nabla.diagnostic.Span;
import nabla.tensor.Size;

/** A derivation for a terminal: one line below the other, what is new underlined. */
final class ExplanationText {
  private static final int COLUMN = 40;
  private static final String EQUALS = " = ";

  private final StringBuilder out = new StringBuilder();
  private final Function<Step, String> formula;

  private ExplanationText(Function<Step, String> formula) {
    this.formula = formula;
  }

  /**
   * @param formula the notation of the formulas; marks are those of the text
   */
  static String of(List<Step> steps, Function<Step, String> formula) {
    ExplanationText text = new ExplanationText(formula);
    String left = "";
    String shape = "";
    for (Step step : steps) {
      boolean same = step.left().equals(left) && !left.isEmpty();
      text.line(step, same, !shape(step).equals(shape));
      left = step.left();
      shape = shape(step);
    }
    return text.out.toString();
  }

  private void line(Step step, boolean sameLeft, boolean newShape) {
    StringBuilder line = new StringBuilder();
    if (!step.left().isEmpty()) {
      line.append(sameLeft ? " ".repeat(length(step.left())) : step.left()).append(EQUALS);
    }
    int indent = line.length();
    line.append(formula.apply(step));
    List<String> remarks = remarks(step, newShape);
    int length = length(line);
    boolean beside = !remarks.isEmpty() && length <= COLUMN - 2;
    if (beside) line.append(" ".repeat(COLUMN - length)).append(remarks.getFirst());
    out.append(line).append('\n');
    if (formula.apply(step).equals(step.text())) underline(step, indent);
    for (String remark : remarks.subList(beside ? 1 : 0, remarks.size())) {
      out.append(" ".repeat(COLUMN)).append(remark).append('\n');
    }
  }

  /** What leads to the line, and its shape where that is new. */
  static List<String> remarks(Step step, boolean shape) {
    List<String> remarks = new ArrayList<>();
    step.rules().forEach(rule -> remarks.add(rule.toString()));
    if (!step.conditions().isEmpty()) {
      remarks.add("needs " + String.join(", ", step.conditions()));
    }
    if (shape) remarks.add(shape(step));
    return remarks;
  }

  private static String shape(Step step) {
    if (step.shape().isEmpty()) return step.kind();
    return step.kind()
        + step.shape().stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }

  private void underline(Step step, int indent) {
    List<Character> marks = new ArrayList<>(Collections.nCopies(step.text().length(), ' '));
    for (Span s : step.changed()) {
      for (int k = s.start(); k < s.start() + s.length(); k++) marks.set(k, '~');
    }
    if (!marks.contains('~') || !marks.contains(' ')) return;
    String row = marks.stream().map(String::valueOf).collect(Collectors.joining()).stripTrailing();
    out.append(" ".repeat(indent)).append(row).append('\n');
  }

  private static int length(CharSequence text) {
    return text.toString().codePointCount(0, text.length());
  }
}
