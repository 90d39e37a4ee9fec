package nabla.operation;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The largest singular value and its unit vectors, X w = σ u. For a simple σ: dσ = u' dX w, and u,
 * w are eigenvectors of XX' and X'X. The entry of largest size of u is positive. The matrix 0 has
 * no direction: its vectors are 0, and with them the derivative of σ is 0 there, as that of abs is.
 */
public final class Singular {
  static final Primitive VALUE = new Value();
  static final Primitive LEFT = new Vector(true);
  static final Primitive RIGHT = new Vector(false);

  private Singular() {}

  private static Condition simple(List<Tensor> operands) {
    return new Condition(operands.getFirst(), "has a single largest singular value");
  }

  private static double gap(NumericArray x) {
    SingularValues s = SingularValues.of(x);
    return s.count < 2 ? Double.POSITIVE_INFINITY : s.values[0] - s.values[1];
  }

  private record Value() implements Primitive {
    @Override
    public String name() {
      return "smax";
    }

    @Override
    public List<String> aliases() {
      return List.of("spectral", "normspec");
    }

    @Override
    public String summary() {
      return "largest singular value, the spectral norm";
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
      return Contractions.outer(LEFT.of(operands), RIGHT.of(operands));
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      SingularValues s = SingularValues.of(operands.getFirst());
      return NumericArray.scalar(s.count == 0 ? Double.NaN : s.values[0]);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(simple(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return gap(operands.getFirst());
    }
  }

  private record Vector(boolean left) implements Primitive {
    @Override
    public String name() {
      return left ? "umax" : "wmax";
    }

    @Override
    public String summary() {
      return (left ? "left" : "right") + " unit singular vector of smax";
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all(left ? "matrix[m,n] -> vector[m]" : "matrix[m,n] -> vector[n]");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, List.of(operands.getFirst().shape().get(left ? 0 : 1)));
    }

    /**
     * With M = σ²(I + uu') - XX', whose inverse takes u to u/σ²: du = M⁻¹(dX σw + X dX'u) - (2/σ) u
     * u'dX w; for w the same with X' in place of X. The pseudoinverse of σ²I - XX', which is M⁻¹ -
     * uu'/σ², would be the inverse of a rounding error where X has a single row.
     */
    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      Tensor x = operands.getFirst();
      Tensor own = left ? x : Tensors.transpose(x);
      Tensor value = VALUE.of(operands);
      Tensor other = (left ? RIGHT : LEFT).of(operands);
      Size size = own.shape().getFirst();
      Tensor square = Tensors.power(value, Rational.TWO);
      Tensor gram = Tensors.multiply(own, Tensors.transpose(own));
      Tensor raised = Tensors.add(Tensors.identity(size), Contractions.outer(result, result));
      Tensor inverse = Inverse.at(Tensors.subtract(Tensors.hadamard(square, raised), gram));
      Tensor through = Tensors.multiply(inverse, own);
      Tensor factor = Tensors.scale(Rational.of(-2, 1), Tensors.power(value, Rational.MINUS_ONE));
      Tensor along = Contractions.outer(result, left ? result : other, left ? other : result);
      return Tensors.add(
          outer(Tensors.hadamard(value, inverse), other, true),
          outer(through, result, false),
          Tensors.hadamard(factor, along));
    }

    /** M[i,a] v[b] with axes [i, row, column] of X. */
    private Tensor outer(Tensor m, Tensor v, boolean ownAxisFirst) {
      Product product = new Product();
      int i = product.label(m.shape().get(0));
      int a = product.label(m.shape().get(1));
      int b = product.label(v.shape().get(0));
      product.dissolved(m, List.of(i, a)).factor(v, b);
      return ownAxisFirst == left ? product.to(i, a, b) : product.to(i, b, a);
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      NumericArray none = NumericArray.zeros(x.size(left ? 0 : 1));
      if (x.count() == 0) return none.map(zero -> Double.NaN);
      SingularValues s = SingularValues.of(x);
      if (s.values[0] == 0) return none;
      return left ? s.leftVector(0) : s.rightVector(0);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(simple(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return gap(operands.getFirst());
    }
  }
}
