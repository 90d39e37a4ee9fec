package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The unit vector that is 1 at one position and 0 elsewhere; contraction with it reads an entry.
 */
public final class Unit extends Tensor {
  private final Size size;
  private final int index;

  /**
   * @param size how long the vector is
   * @param index the position of the 1, counted from 1
   */
  public Unit(Size size, int index) {
    super(List.of(size), Digest.tag("unit").with(size).with(index));
    this.size = size;
    this.index = index;
  }

  public Size size() {
    return size;
  }

  /** The position of the 1, counted from 1. */
  public int index() {
    return index;
  }

  @Override
  public List<Tensor> operands() {
    return List.of();
  }

  @Override
  public Tensor mapOperands(UnaryOperator<Tensor> change) {
    return this;
  }

  @Override
  boolean symmetricContent() {
    return false;
  }
}
