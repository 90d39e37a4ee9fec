package nabla.cli;

import java.util.List;
import nabla.optimize.Step;
import org.jspecify.annotations.Nullable;

/** How one gets to the formula for a minimum, for people. */
final class StepsText {
  private static final int COLUMN = 40;

  private StepsText() {}

  /**
   * Line by line, with what leads to each beside it, or below it if the line is long.
   *
   * @param steps null if they were not asked for
   */
  static String people(@Nullable List<Step> steps) {
    if (steps == null) return "";
    if (steps.isEmpty()) return "explain  no formula was found, or none that could be verified\n";
    StringBuilder text = new StringBuilder("\n");
    String above = "";
    for (Step step : steps) {
      String left = step.left().equals(above) ? " ".repeat(above.length()) : step.left();
      above = step.left();
      String line = left + " = " + step.right();
      text.append(line);
      if (line.length() > COLUMN - 2) text.append('\n').append(" ".repeat(COLUMN));
      else text.append(" ".repeat(COLUMN - line.length()));
      text.append(step.remark()).append('\n');
    }
    return text.toString();
  }
}
