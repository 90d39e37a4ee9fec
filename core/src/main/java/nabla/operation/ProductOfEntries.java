package nabla.operation;

import static nabla.tensor.Tensors.hadamard;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** prod(x): dp = p sum(dx ./ x), for entries that are not 0. */
public final class ProductOfEntries implements Primitive {
  public static final ProductOfEntries PROD = new ProductOfEntries();

  private ProductOfEntries() {}

  @Override
  public String name() {
    return "prod";
  }

  @Override
  public String summary() {
    return "product of all entries";
  }

  @Override
  public Transposition transposition() {
    return Transposition.IDLE;
  }

  @Override
  public List<Signature> signatures() {
    return Signature.all("any -> scalar");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return new Apply(this, operands, List.of());
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    return hadamard(result, Tensors.power(operands.getFirst(), Rational.MINUS_ONE));
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    double product = 1;
    for (double x : operands.getFirst().data()) product *= x;
    return NumericArray.scalar(product);
  }
}
