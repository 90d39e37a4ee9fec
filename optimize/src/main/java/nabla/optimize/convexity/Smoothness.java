package nabla.optimize.convexity;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/**
 * Whether the domain of a function is certainly convex and the function has two derivatives inside
 * of it, so that their sign decides.
 */
final class Smoothness {
  private static final Set<String> EVERYWHERE =
      Set.of(
          "exp",
          "expm1",
          "softplus",
          "sigmoid",
          "tanh",
          "sinh",
          "cosh",
          "arctan",
          "erf",
          "erfc",
          "sin",
          "cos");
  private static final Set<String> OPERATIONS = Set.of("lse", "rowlse", "softmax", "rowsoftmax");

  private final Analysis analysis;
  private final Set<Tensor> positive = new HashSet<>();

  private Smoothness(Analysis analysis) {
    this.analysis = analysis;
  }

  /** What is positive inside of the domain; nothing if the domain or the smoothness is unclear. */
  static Optional<Set<Tensor>> of(Analysis analysis) {
    Smoothness smoothness = new Smoothness(analysis);
    boolean all = analysis.parts().stream().allMatch(smoothness::isSmooth);
    return all ? Optional.of(smoothness.positive) : Optional.empty();
  }

  private boolean isSmooth(Tensor node) {
    return switch (node) {
      case Variable _, Sum _ -> true;
      case Einsum e -> e.factors().stream().allMatch(this::isSmooth);
      case Elementwise e -> isSmooth(e);
      case Apply a -> {
        Tensor x = a.operands().getFirst();
        String name = a.operator().name();
        boolean matrix = name.equals("logdet") || name.equals("inv");
        yield OPERATIONS.contains(name)
            || (matrix && analysis.of(x).affine() && analysis.definiteness().isSemidefinite(x));
      }
      default -> false;
    };
  }

  private boolean isSmooth(Elementwise e) {
    if (EVERYWHERE.contains(e.operator().name())) return true;
    if (!e.operator().name().equals("log")) return false;
    Tensor x = e.operands().getFirst();
    return analysis.natural(x).isPositive() || isLimited(x, Rational.HALF);
  }

  private boolean isSmooth(Einsum.Factor f) {
    boolean whole = f.exponent().isInteger() && f.exponent().signum() > 0;
    return whole
        || analysis.of(f.tensor()).constant()
        || isPositiveInside(f.tensor(), f.exponent());
  }

  private boolean isPositiveInside(Tensor base, Rational exponent) {
    return analysis.of(base).range().isPositive() || isLimited(base, exponent);
  }

  /** Whether the points where a power has a value and its base is not 0 are a convex set. */
  private boolean isLimited(Tensor base, Rational exponent) {
    Behaviour b = analysis.of(base);
    boolean limited = !exponent.isInteger() && b.isConcave();
    boolean apart =
        analysis.natural(base).isNonnegative() && b.concave().compareTo(Order.MINUS_INFINITE) > 0;
    if (limited || apart) positive.add(base);
    return limited || apart;
  }
}
