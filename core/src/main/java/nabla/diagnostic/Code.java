package nabla.diagnostic;

import java.util.Locale;

/** What kind of mistake a {@link Diagnostic} reports; the names are part of the JSON contract. */
public enum Code {
  SYNTAX,
  NAME,
  SHAPE,
  KIND,
  ARITY,
  DECLARATION,
  WRT,
  PROPERTY,
  VALUE,
  DOMAIN,
  UNSUPPORTED,
  LIMIT,
  REQUEST;

  /** The code as the JSON contract spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
