package nabla.tensor;

import java.util.Locale;

/** What a user may declare of a variable; it simplifies results and shapes the sample points. */
public enum Property {
  SYMMETRIC,
  SKEW,
  DIAGONAL,
  LOWER,
  UPPER,
  TOEPLITZ,
  ORTHOGONAL,
  IDEMPOTENT,
  INVERTIBLE,
  PSD,
  PD,
  POSITIVE,
  NONNEGATIVE,
  INTEGER,
  SIMPLEX,
  UNIT,
  CONSTANT;

  /** The property as a declaration spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
