package nabla.notation;

import nabla.lang.Program;

/** Stub. */
public final class UnicodePrinter {
  private UnicodePrinter() {}

  public static String print(Program program) {
    return program.toString();
  }

  public static String print(Formula formula) {
    return formula.toString();
  }
}
