package nabla.operation;

import static nabla.tensor.Tensors.hadamard;
import static nabla.tensor.Tensors.ones;
import static nabla.tensor.Tensors.subtract;

import java.util.List;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The power with an exponent that is an expression; powers with a constant exponent are part of
 * products. d x^y = y x^(y-1) dx + x^y log(x) dy.
 */
public final class Power implements Primitive {
  public static final Power POWER = new Power();

  static final Definition SQRT =
      new Definition(
          "sqrt",
          "square root, entry by entry",
          Signature.all("any -> any"),
          x -> Tensors.power(x.getFirst(), Rational.HALF));

  private Power() {}

  /** {@code base^exponent} entry by entry, of tensors of one shape. */
  public static Tensor at(Tensor base, Tensor exponent) {
    return new Elementwise(POWER, List.of(base, exponent));
  }

  @Override
  public String name() {
    return "power";
  }

  @Override
  public String summary() {
    return "power entry by entry; power(x,y) is x.^y";
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("any, any -> any");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.get(0), operands.get(1));
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    Tensor base = operands.get(0);
    Tensor exponent = operands.get(1);
    return position == 0
        ? hadamard(exponent, at(base, subtract(exponent, ones(exponent.shape()))))
        : hadamard(result, Exponential.LOG.at(base));
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    double[] base = operands.get(0).data();
    double[] exponent = operands.get(1).data();
    double[] power = new double[base.length];
    for (int k = 0; k < base.length; k++) power[k] = Math.pow(base[k], exponent[k]);
    return NumericArray.of(operands.get(0).shape(), power);
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return List.of(Condition.positive(operands.getFirst()));
  }
}
