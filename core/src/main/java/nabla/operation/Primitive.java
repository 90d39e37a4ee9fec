package nabla.operation;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Operator;
import nabla.tensor.Tensor;

/** An operation that is a node of its own, with a derivative and a value of its own. */
public interface Primitive extends Operation {
  /** The operation behind a node. */
  static Primitive of(Operator operator) {
    return (Primitive) operator;
  }

  /**
   * The derivative of a node by one of its operands, from which both modes follow.
   *
   * @param result the node itself, which the derivative may use
   * @param operands its operands
   * @param position which of them to differentiate by, from 0
   * @return of an {@link Elementwise} node: the factor at each position, of the node's shape; of an
   *     {@link Apply} node: a tensor with the axes of the result, then those of the operand
   */
  Tensor derivative(Tensor result, List<Tensor> operands, int position);

  /**
   * The value by a plain, well-known algorithm; NaN outside the domain.
   *
   * @param operands of the shapes that a signature says
   */
  NumericArray value(List<NumericArray> operands);

  /** The operands that a reader sees. */
  default List<Tensor> written(List<Tensor> operands) {
    return operands;
  }

  /** What must hold for the value and the derivative to exist. */
  default List<Condition> conditions(List<Tensor> operands) {
    return List.of();
  }

  /** How far the operands are from the nearest point where the derivative jumps. */
  default double distanceToKink(List<NumericArray> operands) {
    return Double.POSITIVE_INFINITY;
  }
}
