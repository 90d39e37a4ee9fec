package nabla;

import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Program;
import nabla.notation.LatexPrinter;
import nabla.notation.TextPrinter;
import nabla.notation.UnicodePrinter;

/** A formula in every notation. */
public final class Formula {
  /** In characters; nobody reads a longer formula, even with names for what it repeats. */
  private static final int LONGEST = 200_000;

  private final Program program;
  private final Map<String, Integer> ranks;
  private final String text;

  /**
   * @param ranks the number of axes of each variable
   */
  Formula(Program program, Map<String, Integer> ranks) {
    this.program = program;
    this.ranks = ranks;
    this.text = TextPrinter.print(program);
    if (text.length() > LONGEST) throw tooLong();
  }

  private static NablaException tooLong() {
    return new NablaException(
        new Diagnostic(
            Code.LIMIT,
            "the formula of the derivative is longer than " + LONGEST + " characters",
            Span.NONE,
            "",
            "differentiate a part of it"));
  }

  Program program() {
    return program;
  }

  /** The formula in the language itself; it can be read again. */
  public String text() {
    return text;
  }

  /** The statements of {@link #text()}: the named intermediates, then the formula. */
  public List<String> statements() {
    return program.all().stream().map(d -> TextPrinter.print(new Program(List.of(), d))).toList();
  }

  /** With the signs of mathematics; it can be read again. */
  public String unicode() {
    return UnicodePrinter.print(program);
  }

  /** In LaTeX's mathematics mode; it can be read again. */
  public String latex() {
    return LatexPrinter.print(program, ranks);
  }

  /** Whether it needs index notation, {@code D[r,s,i,j] = …}. */
  public boolean isIndexed() {
    return !program.result().indices().isEmpty();
  }

  /** How it is put together; named intermediates are put in their places. */
  public Tree tree() {
    return Trees.of(program);
  }

  @Override
  public String toString() {
    return text;
  }
}
