package nabla.operation;

import nabla.tensor.Tensor;

/**
 * Something that must hold for a formula to be right, such as {@code X invertible}.
 *
 * @param subject the tensor that it is said of
 * @param requirement what must hold of it, or of each of its entries: {@code invertible}, {@code >
 *     0}, {@code ≠ 0}
 */
public record Condition(Tensor subject, String requirement) {
  public static Condition invertible(Tensor matrix) {
    return new Condition(matrix, "invertible");
  }

  public static Condition positive(Tensor tensor) {
    return new Condition(tensor, "> 0");
  }

  /** No entry is 0. */
  public static Condition nonzero(Tensor tensor) {
    return new Condition(tensor, "≠ 0");
  }

  /** Not every entry is 0. */
  public static Condition notZero(Tensor tensor) {
    return tensor.rank() == 0 ? nonzero(tensor) : new Condition(tensor, "not zero");
  }

  /**
   * The condition as it is read. A vector is not 0 if one entry is not, so that it is said where
   * none may be.
   *
   * @param written the subject
   */
  public String text(String written) {
    if (requirement.equals("not zero")) return written + " ≠ 0";
    boolean entries = requirement.equals("≠ 0") && subject.rank() > 0;
    return (entries ? "every entry of " : "") + written + " " + requirement;
  }
}
