package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/** A scalar function applied at every position of operands that all have the result's shape. */
public final class Elementwise extends Tensor {
  private final Operator operator;
  private final List<Tensor> operands;

  /**
   * @throws IllegalArgumentException unless the operands have one shape
   */
  public Elementwise(Operator operator, List<Tensor> operands) {
    super(operands.getFirst().shape(), Apply.digest("elementwise", operator, operands));
    for (Tensor operand : operands) {
      if (operand.rank() != rank()) {
        throw new IllegalArgumentException(operator.name() + " of different shapes " + operands);
      }
    }
    this.operator = operator;
    this.operands = List.copyOf(operands);
  }

  public Operator operator() {
    return operator;
  }

  @Override
  public List<Tensor> operands() {
    return operands;
  }

  @Override
  public Tensor mapOperands(UnaryOperator<Tensor> change) {
    return new Elementwise(operator, operands.stream().map(change).toList());
  }

  @Override
  boolean symmetricContent() {
    return operands.stream().allMatch(Tensor::isSymmetric);
  }
}
