package nabla.operation;

import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/**
 * The nuclear norm and what it leads to, for matrices of full rank with X = U S V': its gradient is
 * the polar factor U V', whose differential is U ((U'dX V - V'dX'U) ./ (s_i + s_j)) V' + (I - UU')
 * dX V inv(S) V' (for at least as many rows as columns).
 */
public final class Nuclear {
  static final Primitive NORM = new Norm();
  static final Primitive POLAR = new Polar();
  static final Primitive POLAR_DERIVATIVE = new PolarDerivative();

  private Nuclear() {}

  private static Condition fullRank(List<Tensor> operands) {
    return new Condition(operands.getFirst(), "has full rank");
  }

  /** The smallest singular value. */
  private static double rankLoss(NumericArray x) {
    if (x.count() == 0) return Double.POSITIVE_INFINITY;
    double[] values = SingularValues.of(x).values;
    return values[values.length - 1];
  }

  private record Norm() implements Primitive {
    @Override
    public String name() {
      return "nuc";
    }

    @Override
    public String summary() {
      return "nuclear norm, the sum of the singular values";
    }

    @Override
    public Transposition transposition() {
      return Transposition.IDLE;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("matrix[m,n] -> scalar");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, List.of());
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      return POLAR.of(operands);
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      double sum = 0;
      if (operands.getFirst().count() > 0) {
        for (double value : SingularValues.of(operands.getFirst()).values) sum += value;
      }
      return NumericArray.scalar(sum);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(fullRank(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return rankLoss(operands.getFirst());
    }
  }

  private record Polar() implements Primitive {
    @Override
    public String name() {
      return "polar";
    }

    @Override
    public String summary() {
      return "orthogonal factor U*V' of the polar decomposition";
    }

    @Override
    public Transposition transposition() {
      return Transposition.FOLLOWS;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("matrix[m,n] -> matrix[m,n]");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, operands.getFirst().shape());
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      return POLAR_DERIVATIVE.of(operands);
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      if (!x.isFinite()) return x.map(entry -> Double.NaN);
      return x.count() == 0 ? x : SingularValues.of(x).map(s -> 1);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(fullRank(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return rankLoss(operands.getFirst());
    }
  }

  private record PolarDerivative() implements MatrixMap {
    @Override
    public String name() {
      return "dpolar";
    }

    @Override
    public String summary() {
      return "derivative of polar, D[i,j,p,q] = ∂polar(X)[i,j]/∂X[p,q]";
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all(
          "matrix[m,n] -> tensor[m,n,m,n]", "matrix[m,n], matrix[m,n] -> matrix[m,n]");
    }

    @Override
    public String applied() {
      return name();
    }

    /** It is a second derivative, and so its own adjoint. */
    @Override
    public List<Tensor> adjoint(List<Tensor> operands) {
      return operands;
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      if (operands.size() == 2) {
        return Contractions.apply(of(operands.subList(0, 1)), operands.get(1));
      }
      List<Size> shape = operands.getFirst().shape();
      return new Apply(
          this, operands, List.of(shape.get(0), shape.get(1), shape.get(0), shape.get(1)));
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      throw new NablaException(Code.UNSUPPORTED, "third derivatives of the nuclear norm");
    }

    /**
     * With U, V thin: ΔP = U (Ω ./ (s_i + s_j)) V' + (I-UU')E V S⁻¹V' + U S⁻¹U'E (I-VV'); NaN
     * without full rank.
     */
    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      int m = x.size(0);
      int n = x.size(1);
      NumericArray value = NumericArray.zeros(m, n, m, n);
      if (x.count() == 0) return value;
      if (!x.isFinite()) return value.map(zero -> Double.NaN);
      SingularValues s = SingularValues.of(x);
      if (s.isNegligible(s.count - 1)) return value.map(zero -> Double.NaN);
      for (int k = 0; k < value.count(); k++) {
        int q = k % n;
        int p = k / n % m;
        int j = k / (n * m) % n;
        int i = k / (n * m * n);
        value.data()[k] = entry(s, i, j, p, q);
      }
      return value;
    }

    @Override
    public NumericArray at(List<NumericArray> operands, NumericArray matrix) {
      NumericArray x = operands.getFirst();
      if (x.count() == 0) return x;
      SingularValues s = x.isFinite() ? SingularValues.of(x) : null;
      if (s == null || s.isNegligible(s.count - 1)) return x.map(entry -> Double.NaN);
      return along(s, matrix);
    }

    /** (U T + (E V - U U'E V) S⁻¹) V' + U S⁻¹ (U'E - U'E V V') with the turned T. */
    private static NumericArray along(SingularValues s, NumericArray e) {
      int c = s.count;
      NumericArray u = NumericArray.of(new int[] {e.size(0), c}, s.left);
      NumericArray v = NumericArray.of(new int[] {e.size(1), c}, s.right);
      NumericArray transposed = LinearAlgebra.transpose(v);
      NumericArray right = LinearAlgebra.product(e, v);
      NumericArray left = LinearAlgebra.product(LinearAlgebra.transpose(u), e);
      NumericArray inner = LinearAlgebra.product(left, v);
      NumericArray within = LinearAlgebra.product(u, inner);
      NumericArray first = LinearAlgebra.product(u, turned(s, inner));
      for (int k = 0; k < first.count(); k++) {
        first.data()[k] += (right.data()[k] - within.data()[k]) / s.values[k % c];
      }
      NumericArray across = LinearAlgebra.product(inner, transposed);
      for (int k = 0; k < left.count(); k++) {
        left.data()[k] = (left.data()[k] - across.data()[k]) / s.values[k / e.size(1)];
      }
      NumericArray along = LinearAlgebra.product(first, transposed);
      NumericArray last = LinearAlgebra.product(u, left);
      for (int k = 0; k < along.count(); k++) along.data()[k] += last.data()[k];
      return along;
    }

    /** (U'E V - V'E'U) ./ (s_a + s_b). */
    private static NumericArray turned(SingularValues s, NumericArray inner) {
      NumericArray turned = NumericArray.zeros(inner.shape());
      for (int a = 0; a < s.count; a++) {
        for (int b = 0; b < s.count; b++) {
          double sum = s.values[a] + s.values[b];
          turned.data()[a * s.count + b] = (inner.get(a, b) - inner.get(b, a)) / sum;
        }
      }
      return turned;
    }

    private static double entry(SingularValues s, int i, int j, int p, int q) {
      int c = s.count;
      double sum = 0;
      for (int a = 0; a < c; a++) {
        for (int b = 0; b < c; b++) {
          double turned =
              s.left[p * c + a] * s.right[q * c + b] - s.right[q * c + a] * s.left[p * c + b];
          sum += s.left[i * c + a] * s.right[j * c + b] * turned / (s.values[a] + s.values[b]);
        }
      }
      double left = i == p ? 1 : 0;
      double right = j == q ? 1 : 0;
      double scaledRight = 0;
      double scaledLeft = 0;
      for (int a = 0; a < c; a++) {
        left -= s.left[i * c + a] * s.left[p * c + a];
        right -= s.right[j * c + a] * s.right[q * c + a];
        scaledRight += s.right[q * c + a] * s.right[j * c + a] / s.values[a];
        scaledLeft += s.left[i * c + a] * s.left[p * c + a] / s.values[a];
      }
      return sum + left * scaledRight + scaledLeft * right;
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(fullRank(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return rankLoss(operands.getFirst());
    }
  }
}
