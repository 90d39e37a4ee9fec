package nabla.diagnostic;

/** The only exception that core throws because of its input. */
public final class NablaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  public NablaException(Diagnostic diagnostic) {
    super(diagnostic.message());
    this.diagnostic = diagnostic;
  }

  /** A mistake that belongs to no place in the input. */
  public NablaException(Code code, String message) {
    this(new Diagnostic(code, message, Span.NONE, ""));
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
