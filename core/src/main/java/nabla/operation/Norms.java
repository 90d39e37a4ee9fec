package nabla.operation;

import static nabla.operation.Activation.ABS;
import static nabla.tensor.Tensors.power;
import static nabla.tensor.Tensors.total;

import java.util.List;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** Norms of all entries; norm2 of a matrix is the Frobenius norm. */
final class Norms {
  private static final List<Signature> SCALAR = Signature.all("any -> scalar");

  static final List<Operation> ALL =
      List.of(
          new Definition(
              "norm1", "sum of absolute values", SCALAR, x -> total(ABS.at(x.getFirst()))),
          new Definition(
              "norm2",
              List.of("norm", "normF"),
              "Euclidean norm; of a matrix the Frobenius norm (Matrix Cookbook 131, 132)",
              SCALAR,
              x -> power(Reductions.squares(x.getFirst()), Rational.HALF)),
          new Definition(
              "norminf",
              "largest absolute value",
              SCALAR,
              x -> Extremum.MAX.of(List.of(ABS.at(x.getFirst())))),
          new Definition(
              "norm4",
              "sum(x.^4)^(1/4)",
              SCALAR,
              x -> power(total(power(x.getFirst(), Rational.of(4))), Rational.of(1, 4))),
          new Definition(
              "normp",
              "normp(x,p) is sum(abs(x).^p)^(1/p)",
              Signature.all("any, scalar -> scalar"),
              x -> normp(x.get(0), x.get(1))));

  private Norms() {}

  private static Tensor normp(Tensor x, Tensor p) {
    Tensor powers = Power.at(ABS.at(x), Tensors.broadcast(p, x.shape()));
    return Power.at(total(powers), power(p, Rational.MINUS_ONE));
  }
}
