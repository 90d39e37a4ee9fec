package nabla.notation;

import nabla.lang.Program;

/** Prints in the language's plain text, such as {@code (A + A')*x}; it can be read again. */
public final class TextPrinter {
  private TextPrinter() {}

  public static String print(Program program) {
    return LinearPrinter.print(program, false);
  }
}
