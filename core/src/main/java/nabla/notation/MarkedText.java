package nabla.notation;

import java.util.List;
import java.util.Set;
import nabla.diagnostic.Span;
import nabla.lang.Program;
import nabla.lang.Syntax;

/**
 * A formula on one line and where some of its parts stand in it.
 *
 * @param marks in the order in which they end
 */
public record MarkedText(String text, List<Span> marks) {
  public MarkedText {
    marks = List.copyOf(marks);
  }

  /**
   * Prints a formula.
   *
   * @param unicode with the signs of mathematics
   * @param marked parts of the formula, compared as objects
   */
  public static MarkedText print(Program program, boolean unicode, Set<Syntax> marked) {
    return LinearPrinter.print(program, unicode, marked);
  }
}
