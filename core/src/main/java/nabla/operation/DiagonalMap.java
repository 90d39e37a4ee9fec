package nabla.operation;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The tensor T with T[i,j,p,q] = 1 where (i,j) and (p,q) are on one diagonal, else 0; or, for the
 * mean, one over the length of that diagonal. Contracted with a matrix G it gives the sum or the
 * mean of each diagonal at each of its entries; the latter is the nearest Toeplitz matrix.
 *
 * <p>Its operand, ones, only tells the sizes.
 */
public final class DiagonalMap implements MatrixMap {
  public static final DiagonalMap SUM = new DiagonalMap("diagsum", false);
  public static final DiagonalMap MEAN = new DiagonalMap("diagmean", true);

  static final List<Operation> ALL =
      List.of(
          SUM.definition("sum of each diagonal, at each of its entries"),
          MEAN.definition("mean of each diagonal, at each of its entries"),
          SUM,
          MEAN);

  private final String applied;
  private final boolean mean;

  private DiagonalMap(String applied, boolean mean) {
    this.applied = applied;
    this.mean = mean;
  }

  private Definition definition(String summary) {
    return new Definition(
        applied,
        summary,
        Signature.all("matrix[m,n] -> matrix[m,n]"),
        x -> Contractions.apply(at(x.getFirst().shape()), x.getFirst()));
  }

  /** The tensor for matrices of a shape. */
  public Tensor at(List<Size> shape) {
    List<Size> axes = List.of(shape.get(0), shape.get(1), shape.get(0), shape.get(1));
    return new Apply(this, List.of(Tensors.ones(shape)), axes);
  }

  @Override
  public String name() {
    return applied + "map";
  }

  @Override
  public String applied() {
    return applied;
  }

  @Override
  public List<Tensor> arguments(List<Tensor> operands) {
    return List.of();
  }

  @Override
  public List<Tensor> adjoint(List<Tensor> operands) {
    return operands;
  }

  @Override
  public String summary() {
    return applied
        + " as a tensor, for matrices of a shape: "
        + applied
        + "(G)[i,j] = "
        + name()
        + "(G)[i,j,p,q]*G[p,q]";
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("matrix[m,n] -> tensor[m,n,m,n]");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.getFirst().shape());
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    List<Size> axes = new ArrayList<>(result.shape());
    axes.addAll(operands.getFirst().shape());
    return Sum.zero(axes);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    int m = operands.getFirst().size(0);
    int n = operands.getFirst().size(1);
    double[] entries = new double[m * n * m * n];
    for (int k = 0; k < entries.length; k++) {
      int diagonal = k / (m * n) / n - k / (m * n) % n;
      int other = k % (m * n) / n - k % (m * n) % n;
      double one = operands.getFirst().data()[k % (m * n)];
      if (diagonal == other) entries[k] = mean ? one / length(diagonal, m, n) : one;
    }
    return NumericArray.of(new int[] {m, n, m, n}, entries);
  }

  @Override
  public NumericArray at(List<NumericArray> operands, NumericArray matrix) {
    int m = matrix.size(0);
    int n = matrix.size(1);
    double[] sums = new double[m + n];
    for (int k = 0; k < matrix.count(); k++) {
      sums[k / n - k % n + n] += operands.getFirst().data()[k] * matrix.data()[k];
    }
    NumericArray result = NumericArray.zeros(m, n);
    for (int k = 0; k < result.count(); k++) {
      int diagonal = k / n - k % n;
      result.data()[k] = sums[diagonal + n] / (mean ? length(diagonal, m, n) : 1);
    }
    return result;
  }

  private static int length(int diagonal, int m, int n) {
    return diagonal >= 0 ? Math.min(m - diagonal, n) : Math.min(n + diagonal, m);
  }
}
