package nabla.engine.kernel;

/**
 * The half of a square matrix that is read; the other half counts as 0, whatever is stored there.
 */
public enum Triangle {
  LOWER,
  UPPER,
  /** With ones on the diagonal, whatever is stored there. */
  UNIT_LOWER,
  /** With ones on the diagonal, whatever is stored there. */
  UNIT_UPPER;

  /** The half of the transpose. */
  Triangle transpose() {
    return switch (this) {
      case LOWER -> UPPER;
      case UPPER -> LOWER;
      case UNIT_LOWER -> UNIT_UPPER;
      case UNIT_UPPER -> UNIT_LOWER;
    };
  }

  boolean isLower() {
    return this == LOWER || this == UNIT_LOWER;
  }

  boolean isUnit() {
    return this == UNIT_LOWER || this == UNIT_UPPER;
  }
}
