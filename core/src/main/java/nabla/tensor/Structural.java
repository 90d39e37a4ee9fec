package nabla.tensor;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A constant tensor whose entries are 0, 1 or -1 by a rule. Products with such tensors carry
 * reshapings, blocks, slices and triangles, so that these are linear and need no derivative of
 * their own; contraction eliminates them, and nothing stores them.
 */
public abstract sealed class Structural extends Tensor
    permits Unit, Fuse, Triangle, Selection, Alternating {

  Structural(List<Size> shape, Digest digest) {
    super(shape, digest);
  }

  /**
   * An entry.
   *
   * @param index one index for every axis, from 0
   * @param sizes a number for every name of a size
   */
  public abstract int entry(int[] index, Map<String, Integer> sizes);

  /** Whether every entry is 0 or 1, so that all powers are alike. */
  boolean isIndicator() {
    return true;
  }

  @Override
  public final List<Tensor> operands() {
    return List.of();
  }

  @Override
  public final Tensor mapOperands(UnaryOperator<Tensor> change) {
    return this;
  }

  @Override
  final boolean symmetricContent() {
    return false;
  }
}
