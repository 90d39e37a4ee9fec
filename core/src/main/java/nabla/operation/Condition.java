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

  public static Condition nonzero(Tensor tensor) {
    return new Condition(tensor, "≠ 0");
  }
}
