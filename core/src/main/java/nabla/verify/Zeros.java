package nabla.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Points at which a variable is 0, or all are. No random point is there, and formulas that are
 * equal elsewhere may differ: {@code sign(x)^2} and 1, {@code A*pinv(A)} and the identity.
 */
public final class Zeros {
  private static final int POINTS = 3;

  /** What zeros may have. */
  private static final Set<Property> OF_ZEROS =
      EnumSet.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.DIAGONAL,
          Property.LOWER,
          Property.UPPER,
          Property.TOEPLITZ,
          Property.IDEMPOTENT,
          Property.PSD,
          Property.NONNEGATIVE,
          Property.INTEGER);

  private final List<Variable> variables;
  private final long seed;
  private final List<Tensor> defined;
  private final List<Tensor> divisors;

  /**
   * @param defined what has values at the points that count
   * @param divisors what has no entry 0 there
   */
  public Zeros(List<Variable> variables, long seed, List<Tensor> defined, List<Tensor> divisors) {
    this.variables = variables;
    this.seed = seed;
    this.defined = defined;
    this.divisors = divisors;
  }

  /** An entry in which formulas of one shape differ at such a point; null if none was found. */
  public Agreement.@Nullable Difference difference(Tensor expected, Tensor found) {
    List<Variable> free =
        variables.stream().filter(v -> OF_ZEROS.containsAll(v.properties())).toList();
    List<Set<Variable>> choices = new ArrayList<>();
    for (Variable v : free) choices.add(Set.of(v));
    if (free.size() > 1) choices.add(Set.copyOf(free));
    List<Tensor> all = new ArrayList<>(variables);
    all.addAll(List.of(expected, found));
    for (Map<String, Integer> sizes : SampleSizes.of(all)) {
      try {
        PointComparison comparison = new PointComparison(expected, found, defined, sizes, seed);
        for (Set<Variable> zero : choices) {
          for (int attempt = 0; attempt < POINTS; attempt++) {
            Binding at = with(zero, SamplePoints.draw(variables, sizes, seed, attempt));
            if (!comparison.isWithin(at) || isDividedByZero(at)) continue;
            Agreement.Difference difference = comparison.at(at).difference();
            if (difference != null) return difference;
          }
        }
      } catch (NablaException tooSmallOrTooLarge) {
        // other sizes may do
      }
    }
    return null;
  }

  private boolean isDividedByZero(Binding at) {
    return divisors.stream()
        .flatMapToDouble(d -> Arrays.stream(ReferenceInterpreter.evaluate(d, at).data()))
        .anyMatch(entry -> entry == 0);
  }

  private static Binding with(Set<Variable> zero, Binding at) {
    Map<String, NumericArray> values = new LinkedHashMap<>(at.variables());
    for (Variable v : zero) {
      values.computeIfPresent(v.name(), (name, array) -> NumericArray.zeros(array.shape()));
    }
    return new Binding(at.sizes(), values);
  }
}
