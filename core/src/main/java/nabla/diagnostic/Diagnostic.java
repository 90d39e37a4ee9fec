package nabla.diagnostic;

/**
 * One mistake in the input: what was found, where, and what to write instead.
 *
 * @param code the kind of mistake
 * @param message one sentence that names what was found and what was expected
 * @param span where it is in {@code source}; {@link Span#NONE} if nowhere in particular
 * @param source the text that the span counts in: the expression, or the declarations
 * @param hint what to write instead; empty if nothing can be proposed
 */
public record Diagnostic(Code code, String message, Span span, String source, String hint) {
  public Diagnostic(Code code, String message, Span span, String source) {
    this(code, message, span, source, "");
  }
}
