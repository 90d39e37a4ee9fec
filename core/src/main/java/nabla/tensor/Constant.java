package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

  /** The number as it is written out, to all the digits of a double. */
  public Rational exact() {
    return Rational.parse(Double.toString(value));
  }

  /** The constant that is written out as this number, or null. */
  public static @Nullable Constant of(Rational written) {
    if (written.isInteger()) return null;
    for (Constant c : List.of(PI, E)) if (c.exact().equals(written)) return c;
    return null;
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
