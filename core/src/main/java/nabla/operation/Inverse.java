package nabla.operation;

import static nabla.tensor.Rational.MINUS_ONE;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** inv(X): dY = -Y dX Y (Matrix Cookbook 40; Giles 2008 section 2.2.3). */
public final class Inverse implements Primitive {
  public static final Inverse INVERSE = new Inverse();

  static final Definition SOLVE =
      new Definition(
          "solve",
          "solve(A,b) is A\\b",
          Signature.all(
              "matrix[n,n], vector[n] -> vector[n]", "matrix[n,n], matrix[n,m] -> matrix[n,m]"),
          x -> Tensors.multiply(at(x.get(0)), x.get(1)));

  private Inverse() {}

  public static Tensor at(Tensor matrix) {
    return new Apply(INVERSE, List.of(matrix), matrix.shape());
  }

  @Override
  public String name() {
    return "inv";
  }

  @Override
  public String summary() {
    return "inverse of a square matrix (Matrix Cookbook 40)";
  }

  @Override
  public Transposition transposition() {
    return Transposition.FOLLOWS;
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("matrix[n,n] -> matrix[n,n]");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.getFirst());
  }

  @Override
  public Tensor derivative(Tensor y, List<Tensor> operands, int position) {
    Product product = new Product().times(MINUS_ONE);
    int i = product.label(y.shape().get(0));
    int j = product.label(y.shape().get(1));
    int p = product.label(y.shape().get(0));
    int q = product.label(y.shape().get(1));
    return product.factor(y, i, p).factor(y, q, j).to(i, j, p, q);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    return LinearAlgebra.inverse(operands.getFirst());
  }

  /** Whether the matrix is far enough from a singular one for its inverse to mean something. */
  public static boolean isAccurate(NumericArray inverse, NumericArray matrix) {
    return LinearAlgebra.isAccurate(inverse.data(), matrix.data(), matrix.size(0));
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return List.of(Condition.invertible(operands.getFirst()));
  }

  @Override
  public boolean symmetric(List<Tensor> operands) {
    return operands.getFirst().isSymmetric();
  }
}
