package nabla.notation;

import nabla.lang.Program;

/** Prints with the signs of mathematics, such as {@code (A + Aᵀ)·x}; it can be read again. */
public final class UnicodePrinter {
  private UnicodePrinter() {}

  public static String print(Program program) {
    return LinearPrinter.print(program, true);
  }
}
