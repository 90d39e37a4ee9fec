package nabla.operation;

import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The pseudo-inverse of Moore and Penrose, where the rank does not change: dP = -P dX P + P P' dX'
 * (I - X P) + (I - P X) dX' P' P (Golub and Pereyra 1973).
 */
public final class PseudoInverse implements Primitive {
  public static final PseudoInverse PINV = new PseudoInverse();

  private PseudoInverse() {}

  public static Tensor at(Tensor matrix) {
    return new Apply(PINV, List.of(matrix), matrix.shape().reversed());
  }

  @Override
  public String name() {
    return "pinv";
  }

  @Override
  public String summary() {
    return "pseudo-inverse of Moore and Penrose";
  }

  @Override
  public Transposition transposition() {
    return Transposition.FOLLOWS;
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("matrix[m,n] -> matrix[n,m]");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.getFirst());
  }

  @Override
  public Tensor derivative(Tensor p, List<Tensor> operands, int position) {
    Tensor x = operands.getFirst();
    Tensor pp = Tensors.multiply(p, Tensors.transpose(p));
    Tensor qq = Tensors.multiply(Tensors.transpose(p), p);
    Tensor left = Tensors.multiply(x, p);
    Tensor right = Tensors.multiply(p, x);
    return Tensors.add(
        Tensors.negate(straight(p)),
        crossed(pp, Tensors.identity(x.shape().get(0))),
        Tensors.negate(crossed(pp, left)),
        crossed(Tensors.identity(x.shape().get(1)), qq),
        Tensors.negate(crossed(right, qq)));
  }

  /** P[i,r] P[s,j], axes [i,j,r,s]. */
  private static Tensor straight(Tensor p) {
    Product product = new Product();
    int i = product.label(p.shape().get(0));
    int j = product.label(p.shape().get(1));
    int r = product.label(p.shape().get(1));
    int s = product.label(p.shape().get(0));
    return product.factor(p, i, r).factor(p, s, j).to(i, j, r, s);
  }

  /** A[i,s] B[r,j], axes [i,j,r,s]. */
  private static Tensor crossed(Tensor a, Tensor b) {
    Product product = new Product();
    int i = product.label(a.shape().get(0));
    int s = product.label(a.shape().get(1));
    int r = product.label(b.shape().get(0));
    int j = product.label(b.shape().get(1));
    return product.dissolved(a, List.of(i, s)).dissolved(b, List.of(r, j)).to(i, j, r, s);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    NumericArray x = operands.getFirst();
    NumericArray turned = NumericArray.zeros(x.size(1), x.size(0));
    if (!x.isFinite()) return turned.map(zero -> Double.NaN);
    if (x.count() == 0) return turned;
    double[] mapped = SingularValues.of(x).map(s -> 1 / s).data();
    IntStream.range(0, mapped.length)
        .forEach(k -> turned.data()[k % x.size(1) * x.size(0) + k / x.size(1)] = mapped[k]);
    return turned;
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return List.of(new Condition(operands.getFirst(), "keeps its rank nearby"));
  }

  @Override
  public boolean symmetric(List<Tensor> operands) {
    return operands.getFirst().isSymmetric();
  }
}
