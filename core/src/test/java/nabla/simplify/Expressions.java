package nabla.simplify;

import java.util.List;
import nabla.operation.Exponential;
import nabla.operation.Trigonometric;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** Random expressions that rules, expansion and factoring have something to do with. */
final class Expressions {
  private Expressions() {}

  /** Of rank 4 at most. */
  static Tensor draw(Draw d) {
    Tensor tensor = instance(d);
    for (int k = d.below(4); k > 0; k--) tensor = grown(d, tensor);
    return tensor;
  }

  private static Tensor instance(Draw d) {
    while (true) {
      Tensor tensor = RuleInstances.draw(d.of(RuleInstances.names()), d);
      if (tensor.rank() <= 3) return tensor;
    }
  }

  private static Tensor grown(Draw d, Tensor t) {
    Tensor other = d.tensor(t.shape());
    if (isSquare(t) && d.chance(30)) return Tensors.add(t, diagonal(d, t), diagonal(d, t));
    return switch (d.below(7)) {
      case 0 -> Tensors.add(Tensors.scale(d.number(), t), other);
      case 1 -> Tensors.hadamard(Tensors.add(t, other), d.tensor(t.shape()));
      case 2 ->
          Tensors.add(Tensors.hadamard(t, other), Tensors.hadamard(d.tensor(t.shape()), other));
      case 3 -> Tensors.scale(d.number(), d.of(Exponential.EXP, Trigonometric.SIN).at(t));
      case 4 -> t.rank() == 2 ? product(d, t) : Tensors.hadamard(t, d.scalar());
      case 5 -> {
        Scene scene = new Scene(d);
        Tensor around = scene.with(t, Rational.ONE, scene.labels(t.shape())).build();
        yield around.rank() > 3 ? t : around;
      }
      default -> t.rank() == 2 ? Tensors.transpose(t) : Tensors.power(t, Rational.TWO);
    };
  }

  private static boolean isSquare(Tensor t) {
    return t.rank() == 2 && t.shape().get(0).equals(t.shape().get(1));
  }

  private static Tensor diagonal(Draw d, Tensor square) {
    List<Size> shape = square.shape().subList(0, 1);
    Product product = new Product().times(d.number());
    int i = product.label(shape.getFirst());
    if (d.chance(85)) product.factor(d.tensor(shape), i);
    return product.to(i, i);
  }

  /** A*B + A*C, which shares a factor on one side. */
  private static Tensor product(Draw d, Tensor t) {
    List<Size> shape = List.of(t.shape().get(1), d.size());
    Tensor left = Tensors.multiply(t, d.variable(shape));
    return Tensors.add(left, Tensors.scale(d.number(), Tensors.multiply(t, d.tensor(shape))));
  }
}
