package nabla.operation;

import java.util.List;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;

/**
 * An operation whose result is a linear map of matrices as a tensor L[i,j,p,q]. Contracted with a
 * matrix it is written as a function, which takes the operands and then that matrix.
 */
public interface MatrixMap extends Primitive {
  /** The name of that function. */
  String applied();

  /** The operands that the function takes before the matrix. */
  default List<Tensor> arguments(List<Tensor> operands) {
    return operands;
  }

  /** The operands of the adjoint map, L[p,q,i,j]. */
  List<Tensor> adjoint(List<Tensor> operands);

  /** What the map makes of a matrix: L[i,j,p,q] E[p,q] without all of L. */
  NumericArray at(List<NumericArray> operands, NumericArray matrix);
}
