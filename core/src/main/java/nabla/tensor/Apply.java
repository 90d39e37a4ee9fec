package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/** An operation that is no product, no sum and not elementwise: inv, det, softmax, max … */
public final class Apply extends Tensor {
  private final Operator operator;
  private final List<Tensor> operands;

  public Apply(Operator operator, List<Tensor> operands, List<Size> shape) {
    super(List.copyOf(shape), digest("apply", operator, operands));
    this.operator = operator;
    this.operands = List.copyOf(operands);
  }

  static Digest digest(String tag, Operator operator, List<Tensor> operands) {
    Digest digest = Digest.tag(tag).with(operator.name());
    for (Tensor operand : operands) digest = digest.with(operand.digest());
    return digest;
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
    return new Apply(operator, operands.stream().map(change).toList(), shape());
  }

  @Override
  boolean symmetricContent() {
    return operator.symmetric(operands);
  }
}
