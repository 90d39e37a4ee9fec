package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/** A named irrational number. */
public final class Constant extends Tensor {
  public static final Constant PI = new Constant("pi", Math.PI);
  public static final Constant E = new Constant("e", Math.E);

  private final String name;
  private final double value;

  private Constant(String name, double value) {
    super(List.of(), Digest.tag("constant").with(name));
    this.name = name;
    this.value = value;
  }

  public String name() {
    return name;
  }

  public double value() {
    return value;
  }

  @Override
  public List<Tensor> operands() {
    return List.of();
  }

  @Override
  public Tensor mapOperands(UnaryOperator<Tensor> change) {
    return this;
  }

  @Override
  boolean symmetricContent() {
    return false;
  }
}
