package nabla.operation;

import static nabla.tensor.Rational.MINUS_ONE;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** adj(X), the transposed matrix of cofactors: dP = (tr(P dX) P - P dX P)/d, for invertible X. */
public final class Adjugate implements Primitive {
  public static final Adjugate ADJUGATE = new Adjugate();

  private Adjugate() {}

  public static Tensor at(Tensor matrix) {
    return new Apply(ADJUGATE, List.of(matrix), matrix.shape());
  }

  @Override
  public String name() {
    return "adj";
  }

  @Override
  public String summary() {
    return "adjugate, adj(X)*X = det(X)*eye(n)";
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
    Tensor determinant = Determinant.at(operands.getFirst());
    return Tensors.add(term(y, determinant, false), Tensors.negate(term(y, determinant, true)));
  }

  /** P[i,j] P[q,p] / d, or P[i,p] P[q,j] / d if crossed. */
  private static Tensor term(Tensor y, Tensor determinant, boolean crossed) {
    Product product = new Product();
    int i = product.label(y.shape().get(0));
    int j = product.label(y.shape().get(1));
    int p = product.label(y.shape().get(0));
    int q = product.label(y.shape().get(1));
    product.factor(determinant, MINUS_ONE, List.of());
    if (crossed) product.factor(y, i, p).factor(y, q, j);
    else product.factor(y, i, j).factor(y, q, p);
    return product.to(i, j, p, q);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    return LinearAlgebra.adjugate(operands.getFirst());
  }

  @Override
  public boolean symmetric(List<Tensor> operands) {
    return operands.getFirst().isSymmetric();
  }
}
