package nabla.operation;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The largest and the smallest eigenvalue of a symmetric matrix and their unit eigenvectors; of any
 * other matrix those of its symmetric part. For a simple eigenvalue dλ = v' dX v and dv = (λI - X)⁺
 * dX v (Magnus 1985; Matrix Cookbook 67, 68). The entry of largest size of an eigenvector is
 * positive.
 */
public final class Eigen {
  static final Primitive LARGEST = new Value(true);
  static final Primitive SMALLEST = new Value(false);
  static final Primitive LARGEST_VECTOR = new Vector(true);
  static final Primitive SMALLEST_VECTOR = new Vector(false);

  private Eigen() {}

  /** Of any other matrix, values and formulas are those of its symmetric part. */
  private static List<Condition> conditions(Tensor x, boolean largest) {
    String single = "has a single " + (largest ? "largest" : "smallest") + " eigenvalue";
    Condition simple = new Condition(x, single);
    return x.isSymmetric() ? List.of(simple) : List.of(simple, new Condition(x, "symmetric"));
  }

  private record Value(boolean largest) implements Primitive {
    @Override
    public String name() {
      return largest ? "lmax" : "lmin";
    }

    @Override
    public String summary() {
      return (largest ? "largest" : "smallest")
          + " eigenvalue of a symmetric matrix, or of the symmetric part of another (Matrix"
          + " Cookbook 67)";
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
      return new Apply(this, operands, List.of());
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      Tensor v = (largest ? LARGEST_VECTOR : SMALLEST_VECTOR).of(operands);
      return Contractions.outer(v, v);
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      SymmetricEigen eigen = SymmetricEigen.of(operands.getFirst());
      if (eigen.n == 0) return NumericArray.scalar(Double.NaN);
      return NumericArray.scalar(eigen.values[largest ? eigen.n - 1 : 0]);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return Eigen.conditions(operands.getFirst(), largest);
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return SymmetricEigen.of(operands.getFirst()).gap(largest);
    }
  }

  private record Vector(boolean largest) implements Primitive {
    @Override
    public String name() {
      return largest ? "vmax" : "vmin";
    }

    @Override
    public String summary() {
      return "unit eigenvector of " + (largest ? "lmax" : "lmin") + " (Matrix Cookbook 68)";
    }

    @Override
    public Transposition transposition() {
      return Transposition.IDLE;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("matrix[n,n] -> vector[n]");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, List.of(operands.getFirst().shape().getFirst()));
    }

    /**
     * ½ (P[i,p] v[q] + P[i,q] v[p]) - v[i] v[p] v[q] with P = (λI - X + vv')⁻¹. The pseudoinverse
     * of λI - X, which is P - vv', would be the inverse of a rounding error for a matrix of size 1.
     */
    @Override
    public Tensor derivative(Tensor v, List<Tensor> operands, int position) {
      Tensor x = Parts.symmetric(operands.getFirst());
      Tensor value = (largest ? LARGEST : SMALLEST).of(operands);
      Tensor shifted =
          Tensors.subtract(Tensors.hadamard(value, Tensors.identity(x.shape().getFirst())), x);
      Tensor p = Inverse.at(Tensors.add(shifted, Contractions.outer(v, v)));
      return Tensors.add(
          turn(p, v, 1, 2), turn(p, v, 2, 1), Tensors.negate(Contractions.outer(v, v, v)));
    }

    private static Tensor turn(Tensor p, Tensor v, int first, int second) {
      Product product = new Product().times(Rational.HALF);
      List<Integer> labels =
          product.labels(List.of(v.shape().get(0), v.shape().get(0), v.shape().get(0)));
      return product
          .factor(p, labels.get(0), labels.get(first))
          .factor(v, labels.get(second))
          .to(labels);
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      SymmetricEigen eigen = SymmetricEigen.of(operands.getFirst());
      if (eigen.n == 0) return NumericArray.zeros(0);
      return eigen.vector(largest ? eigen.n - 1 : 0);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return Eigen.conditions(operands.getFirst(), largest);
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return SymmetricEigen.of(operands.getFirst()).gap(largest);
    }
  }
}
