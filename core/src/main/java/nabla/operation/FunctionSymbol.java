package nabla.operation;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.Elementwise;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * A differentiable function of which nothing is known but what it takes and gives.
 *
 * @param argument the sizes of the axes of its argument
 * @param result those of its value
 */
public record FunctionSymbol(String name, List<Size> argument, List<Size> result) {
  public FunctionSymbol {
    argument = List.copyOf(argument);
    result = List.copyOf(result);
  }

  /** Whether it takes a number to a number, and so any array to an array, entry by entry. */
  public boolean isElementwise() {
    return argument.isEmpty() && result.isEmpty();
  }

  /**
   * A derivative, of order 0 the function itself, at a tensor.
   *
   * @return with the axes of the argument, as often as the order says, then those of the value
   */
  public Tensor at(int order, Tensor operand) {
    FunctionDerivative derivative = new FunctionDerivative(this, order);
    if (isElementwise()) return new Elementwise(derivative, List.of(operand));
    return new Apply(derivative, List.of(operand, Tensors.ones(result)), shape(order));
  }

  /** The sizes of the axes of a derivative. */
  public List<Size> shape(int order) {
    List<Size> shape = new ArrayList<>();
    for (int k = 0; k < order; k++) shape.addAll(argument);
    shape.addAll(result);
    return shape;
  }
}
