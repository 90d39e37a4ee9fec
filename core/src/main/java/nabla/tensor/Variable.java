package nabla.tensor;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A named tensor that the user provides. */
public final class Variable extends Tensor {
  private static final Set<Property> SYMMETRIC =
      EnumSet.of(Property.SYMMETRIC, Property.PD, Property.PSD, Property.DIAGONAL);

  private final String name;
  private final Set<Property> properties;

  public Variable(String name, List<Size> shape, Set<Property> properties) {
    super(List.copyOf(shape), digest(name, shape, properties));
    this.name = name;
    this.properties = Set.copyOf(properties);
  }

  private static Digest digest(String name, List<Size> shape, Set<Property> properties) {
    Digest digest = Digest.tag("variable").with(name);
    for (Size size : shape) digest = digest.with(size);
    for (Property p : Property.values()) if (properties.contains(p)) digest = digest.with(p.name());
    return digest;
  }

  public String name() {
    return name;
  }

  public Set<Property> properties() {
    return properties;
  }

  public boolean is(Property property) {
    return properties.contains(property);
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
    return properties.stream().anyMatch(SYMMETRIC::contains);
  }
}
