package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/** A symbolic size as a number: what {@code tr(eye(n))} is. */
public final class Extent extends Tensor {
  private final Size size;

  private Extent(Size size) {
    super(List.of(), Digest.tag("extent").with(size));
    this.size = size;
  }

  /** The number {@code size}: exact if the size is a number. */
  public static Tensor of(Size size) {
    return size.isNumber()
        ? Tensors.number(Rational.of(size.value(java.util.Map.of())))
        : new Extent(size);
  }

  public Size size() {
    return size;
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
