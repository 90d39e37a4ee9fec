package nabla.verify;

import java.util.SplittableRandom;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/** The stream of entries of one variable: its style within what signs and integers allow. */
final class SampleEntries {
  private final SamplePoints.Style style;
  private final SplittableRandom random;
  private final boolean positive;
  private final boolean nonnegative;
  private final boolean integer;

  SampleEntries(Variable variable, SamplePoints.Style style, SplittableRandom random) {
    this.style = style;
    this.random = random;
    positive = variable.is(Property.POSITIVE) || variable.is(Property.SIMPLEX);
    nonnegative = variable.is(Property.NONNEGATIVE);
    integer = variable.is(Property.INTEGER);
  }

  double next() {
    if (integer) return whole();
    if (positive || nonnegative) return uniform(0.5, 2);
    return switch (style) {
      case NORMAL -> normal();
      case POSITIVE -> uniform(0.5, 1.5);
      case SMALL -> 0.2 * normal();
      case SMALL_POSITIVE -> uniform(0.1, 0.4);
      case LARGE -> uniform(2, 4);
      case NEGATIVE -> uniform(-1.5, -0.5);
    };
  }

  private double whole() {
    boolean oneSign =
        switch (style) {
          case NORMAL, SMALL -> false;
          case POSITIVE, SMALL_POSITIVE, LARGE, NEGATIVE -> true;
        };
    int size = 1 + random.nextInt(3);
    if (positive) return size;
    if (nonnegative) return oneSign ? size : size - 1;
    if (oneSign) return style == SamplePoints.Style.NEGATIVE ? -size : size;
    return random.nextBoolean() ? size : 1 - size;
  }

  double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Box and Muller 1958. */
  double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
