package nabla.operation;

import static nabla.tensor.Tensors.add;
import static nabla.tensor.Tensors.hadamard;
import static nabla.tensor.Tensors.scale;
import static nabla.tensor.Tensors.subtract;
import static nabla.tensor.Tensors.transpose;

import java.util.List;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Triangle;

/** Parts of a matrix: triangles, the symmetric and the skew part. */
public final class Parts {
  static final List<Operation> ALL =
      List.of(
          new Definition(
              "sym",
              "symmetric part, (X + X')/2",
              Signature.all("matrix[n,n] -> matrix[n,n]"),
              x -> symmetric(x.getFirst())),
          new Definition(
              "skew",
              "skew part, (X - X')/2",
              Signature.all("matrix[n,n] -> matrix[n,n]"),
              x -> skew(x.getFirst())),
          new Definition(
              "tril",
              "lower triangle, zeros above the diagonal",
              Signature.all("matrix[m,n] -> matrix[m,n]"),
              x -> lower(x.getFirst())),
          new Definition(
              "triu",
              "upper triangle, zeros below the diagonal",
              Signature.all("matrix[m,n] -> matrix[m,n]"),
              x -> transpose(lower(transpose(x.getFirst())))));

  private Parts() {}

  /** (X + X')/2. */
  public static Tensor symmetric(Tensor x) {
    return x.isSymmetric() ? x : scale(Rational.HALF, add(x, transpose(x)));
  }

  /** (X - X')/2. */
  public static Tensor skew(Tensor x) {
    return scale(Rational.HALF, subtract(x, transpose(x)));
  }

  /** X with zeros above the diagonal. */
  public static Tensor lower(Tensor x) {
    return hadamard(x, new Triangle(x.shape().get(0), x.shape().get(1)));
  }
}
