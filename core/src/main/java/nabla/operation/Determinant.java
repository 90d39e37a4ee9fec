package nabla.operation;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** det(X): dd = tr(adj(X) dX), valid for singular X too (Jacobi's formula; Matrix Cookbook 46). */
public final class Determinant implements Primitive {
  public static final Determinant DETERMINANT = new Determinant();

  private Determinant() {}

  public static Tensor at(Tensor matrix) {
    return new Apply(DETERMINANT, List.of(matrix), List.of());
  }

  @Override
  public String name() {
    return "det";
  }

  @Override
  public String summary() {
    return "determinant (Matrix Cookbook 46)";
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
    return Tensors.transpose(Adjugate.at(operands.getFirst()));
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    return NumericArray.scalar(LinearAlgebra.determinant(operands.getFirst()));
  }
}
