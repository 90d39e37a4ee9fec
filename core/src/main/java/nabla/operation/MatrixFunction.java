package nabla.operation;

import java.util.List;
import java.util.function.UnaryOperator;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * A function of a square matrix by its power series, as opposed to entry by entry. Its derivative
 * is a {@link FrechetDerivative}, which has a closed form where the direction commutes with the
 * matrix: then it is the slope times the direction (Higham, Functions of Matrices, section 3.2).
 *
 * @param slope the derivative of the scalar function, of a matrix
 * @param requirement what must hold of the matrix; empty if nothing
 */
public record MatrixFunction(
    String name,
    String summary,
    String requirement,
    Algorithm algorithm,
    UnaryOperator<Tensor> slope)
    implements Primitive {

  /** Computes the function of an n x n matrix that is stored by rows. */
  interface Algorithm {
    double[] of(double[] matrix, int n);
  }

  private static final String NO_NEGATIVE = "has no eigenvalue that is negative or 0";

  public static final MatrixFunction EXPM =
      new MatrixFunction(
          "expm",
          "matrix exponential",
          "",
          MatrixFunctionValues::exponential,
          x -> MatrixFunction.EXPM.at(x));

  public static final MatrixFunction LOGM =
      new MatrixFunction(
          "logm",
          "principal logarithm of a square matrix",
          NO_NEGATIVE,
          MatrixFunctionValues::logarithm,
          Inverse::at);

  public static final MatrixFunction SQRTM =
      new MatrixFunction(
          "sqrtm",
          "principal square root of a square matrix",
          NO_NEGATIVE,
          MatrixFunctionValues::squareRoot,
          x -> Tensors.scale(Rational.HALF, Inverse.at(MatrixFunction.SQRTM.at(x))));

  public static final MatrixFunction SINM =
      new MatrixFunction(
          "sinm",
          "sine of a square matrix",
          "",
          MatrixFunctionValues::sine,
          x -> MatrixFunction.COSM.at(x));

  public static final MatrixFunction COSM =
      new MatrixFunction(
          "cosm",
          "cosine of a square matrix",
          "",
          MatrixFunctionValues::cosine,
          x -> Tensors.negate(SINM.at(x)));

  static final List<MatrixFunction> ALL = List.of(EXPM, LOGM, SQRTM, SINM, COSM);

  /** The function of a matrix. */
  public Tensor at(Tensor matrix) {
    return new Apply(this, List.of(matrix), matrix.shape());
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

  /** The root has S dS + dS S = dX, which stays in closed form; the others do not. */
  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    return equals(SQRTM)
        ? SylvesterInverse.at(result, result)
        : new FrechetDerivative(this, 1).of(operands);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    NumericArray x = operands.getFirst();
    return NumericArray.of(x.shape(), algorithm.of(x.data(), x.size(0)));
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return requirement.isEmpty()
        ? List.of()
        : List.of(new Condition(operands.getFirst(), requirement));
  }

  @Override
  public boolean symmetric(List<Tensor> operands) {
    return operands.getFirst().isSymmetric();
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof MatrixFunction f && f.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
