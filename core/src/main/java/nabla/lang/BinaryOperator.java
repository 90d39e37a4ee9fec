package nabla.lang;

/** The operators between two operands, with the spelling that the text form uses. */
public enum BinaryOperator {
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  LEFT_DIVIDE("\\"),
  POWER("^"),
  ELEMENTWISE_MULTIPLY(".*"),
  ELEMENTWISE_DIVIDE("./"),
  ELEMENTWISE_POWER(".^"),
  KRONECKER("⊗");

  private final String text;

  BinaryOperator(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** Whether the left operand is raised to the right one. */
  boolean isPower() {
    return this == POWER || this == ELEMENTWISE_POWER;
  }
}
