package nabla.operation;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** logdet(X) = log(det(X)) for det(X) > 0: dl = tr(inv(X) dX) (Matrix Cookbook 43). */
public final class LogDeterminant implements Primitive {
  public static final LogDeterminant LOGDET = new LogDeterminant();

  private LogDeterminant() {}

  public static Tensor at(Tensor matrix) {
    return new Apply(LOGDET, List.of(matrix), List.of());
  }

  @Override
  public String name() {
    return "logdet";
  }

  @Override
  public String summary() {
    return "logarithm of the determinant, where it is positive (Matrix Cookbook 43)";
  }

  @Override
  public Transposition transposition() {
    return Transposition.IDLE;
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("matrix[n,n] -> scalar");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.getFirst());
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    return Tensors.transpose(Inverse.at(operands.getFirst()));
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    return NumericArray.scalar(LinearAlgebra.logDeterminant(operands.getFirst()));
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return List.of(Condition.positive(Determinant.at(operands.getFirst())));
  }
}
