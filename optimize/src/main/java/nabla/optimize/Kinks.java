package nabla.optimize;

import java.util.List;
import java.util.Random;
import java.util.Set;
import nabla.Expression;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Points where a function has no derivative, though one is computed by convention, as that of
 * {@code abs(x)} at 0. It tells nothing there: {@code x^2 - abs(x)} has no minimum at 0.
 */
final class Kinks {
  private static final Set<String> BENT = Set.of("abs", "relu", "sign", "step");

  /** Of the operations that are not entry by entry. */
  private static final Set<String> SMOOTH =
      Set.of("inv", "logdet", "det", "prod", "lse", "rowlse", "softmax", "rowsoftmax");

  private static final double[] LENGTHS = {1e-4, 1e-6};

  /** A fall by less, relative to the length of the step, may come of the tolerance. */
  private static final double STEEP = 1e-6;

  /** Twice the step bends a kink twice as much, and what is smooth four times. */
  private static final double SHARP = 3;

  private static final int MOST_ENTRIES = 400;
  private static final int MOST_DIRECTIONS = 100;

  private final Objective objective;
  private final Iterate at;
  private final double scale;

  Kinks(Objective objective, Iterate at) {
    this.objective = objective;
    this.at = at;
    this.scale = Math.max(1, Vectors.largest(at.point));
  }

  /** Whether a function may have any; the square of {@code relu} has none. */
  static boolean isIn(Expression function) {
    Tensor root = Polynomials.tensor(function);
    return isKink(root) || Tensors.topological(root).stream().anyMatch(Kinks::showsKink);
  }

  private static boolean showsKink(Tensor node) {
    if (!(node instanceof Einsum product)) return node.operands().stream().anyMatch(Kinks::isKink);
    return product.factors().stream().anyMatch(f -> showsKink(f, product.factors()));
  }

  private static boolean showsKink(Einsum.Factor factor, List<Einsum.Factor> all) {
    Rational exponent = factor.exponent();
    boolean steep =
        exponent.signum() > 0 && !exponent.isInteger() && exponent.compareTo(Rational.TWO) < 0;
    if (steep) return true;
    if (!isKink(factor.tensor()) || exponent.compareTo(Rational.TWO) >= 0) return false;
    return all.stream().filter(f -> f.tensor().equals(factor.tensor())).count() < 2;
  }

  private static boolean isKink(Tensor node) {
    return switch (node) {
      case Elementwise e -> BENT.contains(e.operator().name());
      case Apply a -> !SMOOTH.contains(a.operator().name());
      default -> false;
    };
  }

  /** A point nearby that is lower; null if none is found. */
  @Nullable Iterate lower() {
    int entries = Math.min(objective.size, MOST_ENTRIES);
    for (int k = 0; k < entries; k++) {
      Iterate lower = lower(Vectors.axis(k, objective.size));
      if (lower != null) return lower;
    }
    Random random = new Random(1);
    int directions = objective.size == 1 ? 0 : Math.min(10 * objective.size, MOST_DIRECTIONS);
    for (int k = 0; k < directions; k++) {
      double[] direction = random.doubles(objective.size, -1, 1).toArray();
      Iterate lower = lower(direction);
      if (lower != null) return lower;
    }
    return null;
  }

  private @Nullable Iterate lower(double[] direction) {
    for (double length : LENGTHS) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        Iterate next = at.along(objective, sign * scale * length, direction);
        if (next == null) continue;
        double enough = STEEP * scale * length * Vectors.norm(direction) + at.rounding();
        if (next.value < at.value - enough) return next;
      }
    }
    return null;
  }

  /** Whether the function is bent along an entry as by a kink. */
  boolean isHere() {
    for (int k = 0; k < Math.min(objective.size, MOST_ENTRIES); k++) {
      if (objective.box.isAtLimit(k, at.point)) continue;
      double near = bend(k, 0.5 * LENGTHS[1]);
      double far = bend(k, LENGTHS[1]);
      if (Math.abs(far) > 100 * at.rounding() && Math.abs(far) < SHARP * Math.abs(near))
        return true;
    }
    return false;
  }

  private double bend(int entry, double length) {
    double[] direction = new double[objective.size];
    direction[entry] = scale * length;
    Iterate left = at.along(objective, -1, direction);
    Iterate right = at.along(objective, 1, direction);
    return left == null || right == null ? 0 : left.value + right.value - 2 * at.value;
  }
}
