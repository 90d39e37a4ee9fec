package nabla.operation;

import static nabla.tensor.Rational.MINUS_ONE;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The tensor S with Z[i,j] = S[i,j,p,q] C[p,q] where A Z + Z B = C (Sylvester's equation). With it
 * the solution is linear in C, and dS = -S (dA ⊗ I) S - S (I ⊗ dB) S.
 */
public final class SylvesterInverse implements MatrixMap {
  public static final SylvesterInverse INVERSE = new SylvesterInverse();

  /** sylv(A,B,C). */
  static final Definition SYLV =
      new Definition(
          "sylv",
          "the Z with A*Z + Z*B = C",
          Signature.all("matrix[m,m], matrix[n,n], matrix[m,n] -> matrix[m,n]"),
          x -> Contractions.apply(at(x.get(0), x.get(1)), x.get(2)));

  private SylvesterInverse() {}

  public static Tensor at(Tensor a, Tensor b) {
    Size m = a.shape().getFirst();
    Size n = b.shape().getFirst();
    return new Apply(INVERSE, List.of(a, b), List.of(m, n, m, n));
  }

  @Override
  public String applied() {
    return SYLV.name();
  }

  @Override
  public List<Tensor> adjoint(List<Tensor> operands) {
    return operands.stream().map(Tensors::transpose).toList();
  }

  @Override
  public String name() {
    return "sylvinv";
  }

  @Override
  public String summary() {
    return "inverse of Z -> A*Z + Z*B as a tensor, sylv(A,B,C)[i,j] = sylvinv(A,B)[i,j,p,q]*C[p,q]";
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("matrix[m,m], matrix[n,n] -> tensor[m,n,m,n]");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.get(0), operands.get(1));
  }

  /** By A: -S[i,j,r,k] S[s,k,p,q]; by B: -S[i,j,k,s] S[k,r,p,q]; axes [i,j,p,q,r,s]. */
  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    Size m = result.shape().get(0);
    Size n = result.shape().get(1);
    Product product = new Product().times(MINUS_ONE);
    int i = product.label(m);
    int j = product.label(n);
    int p = product.label(m);
    int q = product.label(n);
    int k = product.label(position == 0 ? n : m);
    int r = product.label(position == 0 ? m : n);
    int s = product.label(position == 0 ? m : n);
    if (position == 0) product.factor(result, i, j, r, k).factor(result, s, k, p, q);
    else product.factor(result, i, j, k, s).factor(result, k, r, p, q);
    return product.to(i, j, p, q, r, s);
  }

  /** The inverse of the matrix that maps vec(Z), row by row, to vec(A Z + Z B). */
  @Override
  public NumericArray value(List<NumericArray> operands) {
    NumericArray a = operands.get(0);
    NumericArray b = operands.get(1);
    int m = a.size(0);
    int n = b.size(0);
    double[] system = new double[m * n * m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < m; k++) system[(i * n + j) * m * n + k * n + j] += a.get(i, k);
        for (int k = 0; k < n; k++) system[(i * n + j) * m * n + i * n + k] += b.get(k, j);
      }
    }
    NumericArray square = NumericArray.of(new int[] {m * n, m * n}, system);
    return NumericArray.of(new int[] {m, n, m, n}, LinearAlgebra.inverse(square).data());
  }

  @Override
  public NumericArray at(List<NumericArray> operands, NumericArray matrix) {
    NumericArray solution = SylvesterEquation.solve(operands.get(0), operands.get(1), matrix);
    if (solution != null) return solution;
    int count = matrix.count();
    NumericArray inverse = NumericArray.of(new int[] {count, count}, value(operands).data());
    NumericArray right = NumericArray.of(new int[] {count, 1}, matrix.data());
    return NumericArray.of(matrix.shape(), LinearAlgebra.product(inverse, right).data());
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    Tensor a = operands.get(0);
    Tensor b = operands.get(1);
    Tensor sum =
        Tensors.add(
            Reshapings.kronecker(Tensors.identity(b.shape().getFirst()), a),
            Reshapings.kronecker(Tensors.transpose(b), Tensors.identity(a.shape().getFirst())));
    return List.of(Condition.invertible(sum));
  }
}
