package nabla.operation;

import java.util.List;
import java.util.stream.Stream;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** The shape of a derivative: the axes of the result, then those of the operand. */
final class Stacked {
  private Stacked() {}

  static List<Size> shape(Tensor result, Tensor operand) {
    return Stream.concat(result.shape().stream(), operand.shape().stream()).toList();
  }
}
