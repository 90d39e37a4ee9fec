package nabla.notation;

import nabla.lang.Program;

/** Stub. */
public final class LatexPrinter {
  private LatexPrinter() {}

  public static String print(Program program) {
    return program.toString();
  }

  public static String print(Formula formula) {
    return formula.toString();
  }
}
