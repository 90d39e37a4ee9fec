package nabla.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Apply;
import nabla.tensor.Cancellation;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The derivative of a matrix function as a tensor of its own, since it has no closed form: of order
 * 1 it has the entries ∂f(X)[i,j]/∂X[p,q]. In the language it is {@code dexpm(X)}, with one more d
 * for each order.
 */
public record FrechetDerivative(MatrixFunction function, int order) implements MatrixMap {
  private static final int HIGHEST_ORDER = 2;

  /** Those that can be written. */
  static List<FrechetDerivative> all() {
    List<FrechetDerivative> all = new ArrayList<>();
    for (MatrixFunction f : MatrixFunction.ALL) {
      if (f.equals(MatrixFunction.SQRTM)) continue;
      for (int order = 1; order <= HIGHEST_ORDER; order++) all.add(new FrechetDerivative(f, order));
    }
    return List.copyOf(all);
  }

  @Override
  public String name() {
    return "d".repeat(order) + function.name();
  }

  @Override
  public String summary() {
    return "derivative number " + order + " of " + function.name() + " as a tensor";
  }

  @Override
  public List<Signature> signatures() {
    return order == 1
        ? Signature.all("matrix[n,n] -> tensor[n,n,n,n]", "matrix[n,n], matrix[n,n] -> matrix[n,n]")
        : Signature.all("matrix[n,n] -> tensor[n,n,n,n,n,n]");
  }

  @Override
  public String applied() {
    return name();
  }

  @Override
  public List<Tensor> adjoint(List<Tensor> operands) {
    return List.of(Tensors.transpose(operands.getFirst()));
  }

  /** The tensor, or with a second operand the derivative in that direction. */
  @Override
  public Tensor of(List<Tensor> operands) {
    if (operands.size() == 2) {
      return Contractions.apply(of(operands.subList(0, 1)), operands.get(1));
    }
    List<Size> shape = new ArrayList<>();
    for (int k = 0; k <= order; k++) shape.addAll(operands.getFirst().shape());
    return new Apply(this, operands, shape);
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    if (order == HIGHEST_ORDER) {
      throw new NablaException(
          Code.UNSUPPORTED,
          "derivatives of " + function.name() + " beyond number " + HIGHEST_ORDER);
    }
    return new FrechetDerivative(function, order + 1).of(operands);
  }

  /** One direction after the other, each with a single 1. */
  @Override
  public NumericArray value(List<NumericArray> operands) {
    NumericArray x = operands.getFirst();
    int n = x.size(0);
    int[] shape = new int[2 * order + 2];
    Arrays.fill(shape, n);
    NumericArray value = NumericArray.zeros(shape);
    int entries = n * n;
    int combinations = (int) Math.pow(entries, order);
    for (int c = 0; c < combinations; c++) {
      Cancellation.check();
      double[][] directions = new double[order][entries];
      int rest = c;
      for (int d = order - 1; d >= 0; d--) {
        directions[d][rest % entries] = 1;
        rest /= entries;
      }
      double[] along =
          MatrixFunctionValues.along(
              large -> function.algorithm().of(large, n << order), x.data(), n, directions);
      for (int e = 0; e < entries; e++) value.data()[e * combinations + c] = along[e];
    }
    return value;
  }

  /** The direction is brought to the size of the matrix, so that the larger one is no worse. */
  @Override
  public NumericArray at(List<NumericArray> operands, NumericArray matrix) {
    if (order != 1) throw new IllegalStateException(name() + " takes more than a matrix");
    NumericArray x = operands.getFirst();
    int n = x.size(0);
    boolean usual = x.largest() > 0 && matrix.largest() > 0 && x.isFinite() && matrix.isFinite();
    int exponent = usual ? Math.getExponent(matrix.largest()) - Math.getExponent(x.largest()) : 0;
    double[] direction = matrix.map(entry -> Math.scalb(entry, -exponent)).data();
    double[] along =
        MatrixFunctionValues.along(
            large -> function.algorithm().of(large, 2 * n),
            x.data(),
            n,
            new double[][] {direction});
    return NumericArray.of(x.shape(), along).map(entry -> Math.scalb(entry, exponent));
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return function.conditions(operands);
  }
}
