package nabla.operation;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Triangle;

/**
 * The lower triangular L with L L' = X for a positive definite X; of any other matrix that of its
 * symmetric part. dL = L Φ(inv(L) dX inv(L)'), where Φ takes the lower triangle with half the
 * diagonal (Murray 2016, arXiv:1602.07527, section 3).
 */
public final class Cholesky implements Primitive {
  public static final Cholesky CHOL = new Cholesky();

  private Cholesky() {}

  @Override
  public String name() {
    return "chol";
  }

  @Override
  public String summary() {
    return "lower triangular L with L*L' = X, for positive definite X";
  }

  @Override
  public Transposition transposition() {
    return Transposition.IDLE;
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("matrix[n,n] -> matrix[n,n]");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return new Apply(this, operands, operands.getFirst().shape());
  }

  @Override
  public Tensor derivative(Tensor l, List<Tensor> operands, int position) {
    Tensor inverse = Inverse.at(l);
    return Tensors.add(
        triangle(l, inverse, false),
        triangle(l, inverse, true),
        diagonal(l, inverse, false),
        diagonal(l, inverse, true));
  }

  /** ½ L[i,a] T[a,j] M[a,p] M[j,q], where M = inv(L). */
  private static Tensor triangle(Tensor l, Tensor m, boolean swapped) {
    Size n = l.shape().getFirst();
    Product product = new Product().times(Rational.HALF);
    List<Integer> labels = product.labels(List.of(n, n, n, n, n));
    int i = labels.get(0);
    int j = labels.get(1);
    int p = labels.get(swapped ? 3 : 2);
    int q = labels.get(swapped ? 2 : 3);
    int a = labels.get(4);
    return product
        .factor(l, i, a)
        .factor(new Triangle(n, n), a, j)
        .factor(m, a, p)
        .factor(m, j, q)
        .to(labels.subList(0, 4));
  }

  /** -¼ L[i,j] M[j,p] M[j,q]. */
  private static Tensor diagonal(Tensor l, Tensor m, boolean swapped) {
    Size n = l.shape().getFirst();
    Product product = new Product().times(Rational.of(-1, 4));
    List<Integer> labels = product.labels(List.of(n, n, n, n));
    int p = labels.get(swapped ? 3 : 2);
    int q = labels.get(swapped ? 2 : 3);
    int j = labels.get(1);
    return product.factor(l, labels.get(0), j).factor(m, j, p).factor(m, j, q).to(labels);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    NumericArray x = operands.getFirst();
    int n = x.size(0);
    double[] l = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double sum = x.get(i, j) / 2 + x.get(j, i) / 2;
        for (int k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
        if (i == j) l[i * n + i] = sum > 0 ? Math.sqrt(sum) : Double.NaN;
        else l[i * n + j] = sum / l[j * n + j];
      }
    }
    return NumericArray.of(x.shape(), l);
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return List.of(new Condition(operands.getFirst(), "positive definite"));
  }
}
