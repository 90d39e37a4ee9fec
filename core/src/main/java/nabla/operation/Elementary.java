package nabla.operation;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;

/**
 * A function of one number, applied entry by entry: one row of a family's table.
 *
 * @param function its value, NaN outside the domain
 * @param slope its derivative as a tensor, from the operand and the result
 */
public record Elementary(
    String name,
    List<String> aliases,
    String summary,
    Parity parity,
    Domain domain,
    DoubleUnaryOperator function,
    BinaryOperator<Tensor> slope)
    implements Primitive {
  private static final List<Signature> SIGNATURES = Signature.all("any -> any");

  /** What a sign of the operand does to the value. */
  public enum Parity {
    NONE,
    EVEN,
    ODD
  }

  /** Where the function is defined and smooth. */
  public enum Domain {
    ALL(""),
    POSITIVE("> 0"),
    ABOVE_MINUS_ONE("> -1"),
    BETWEEN_MINUS_ONE_AND_ONE("in (-1, 1)"),
    NO_POLE("≠ π/2 + kπ"),
    KINK_AT_ZERO("≠ 0");

    private final String requirement;

    Domain(String requirement) {
      this.requirement = requirement;
    }
  }

  Elementary(
      String name,
      String summary,
      Parity parity,
      Domain domain,
      DoubleUnaryOperator function,
      BinaryOperator<Tensor> slope) {
    this(name, List.of(), summary, parity, domain, function, slope);
  }

  Elementary alias(String other) {
    return new Elementary(name, List.of(other), summary, parity, domain, function, slope);
  }

  /** The function of a tensor. */
  public Tensor at(Tensor operand) {
    return new Elementwise(this, List.of(operand));
  }

  @Override
  public List<Signature> signatures() {
    return SIGNATURES;
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return at(operands.getFirst());
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    return slope.apply(operands.getFirst(), result);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    return operands.getFirst().map(function);
  }

  @Override
  public List<Condition> conditions(List<Tensor> operands) {
    return domain == Domain.ALL
        ? List.of()
        : List.of(new Condition(operands.getFirst(), domain.requirement));
  }

  @Override
  public double distanceToKink(List<NumericArray> operands) {
    double nearest = Double.POSITIVE_INFINITY;
    if (domain != Domain.KINK_AT_ZERO) return nearest;
    for (double x : operands.getFirst().data()) nearest = Math.min(nearest, Math.abs(x));
    return nearest;
  }
}
