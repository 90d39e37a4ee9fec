package nabla.lang;

import java.util.EnumSet;
import java.util.Set;
import nabla.tensor.Property;

/** Which properties say something about a matrix's shape. */
final class Shapes {
  private static final Set<Property> SQUARE =
      EnumSet.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.DIAGONAL,
          Property.LOWER,
          Property.UPPER,
          Property.ORTHOGONAL,
          Property.IDEMPOTENT,
          Property.INVERTIBLE,
          Property.PSD,
          Property.PD);

  private Shapes() {}

  static boolean isSquare(Set<Property> properties) {
    return properties.stream().anyMatch(SQUARE::contains);
  }
}
