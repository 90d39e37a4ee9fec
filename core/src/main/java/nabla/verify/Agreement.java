package nabla.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Whether two formulas have the same values, tried at random points of different sizes, near and
 * wide, and on both sides of every kink that such points reach. Formulas that differ agree to full
 * precision at none of them, but for differences that are smaller than rounding errors.
 */
public final class Agreement {
  private static final int POINTS_A_SIZE = 8;
  private static final int ATTEMPTS = 48;
  private static final int WIDE_POINTS_A_SIZE = 8;
  private static final int WIDE_ATTEMPTS = 96;
  private static final int INTEGER_POINTS = 24;
  private static final int LARGEST_SMALL_SIZE = 3;

  /** Matrices of one size may have laws of their own: skew ones with two rows commute. */
  private static final int LEAST_SIZES = 2;

  /** The honest answers. */
  public enum Kind {
    EQUAL,
    DIFFERENT,
    /** They differ by more than rounding errors, but by less than some algorithms may be off. */
    CLOSE,
    /** No point could be found where both have values that can be compared. */
    UNKNOWN
  }

  /**
   * An entry in which they differ.
   *
   * @param index from 1
   */
  public record Difference(Binding at, List<Integer> index, double expected, double found) {}

  /** What was found, and where they differ if they do. */
  public record Outcome(Kind kind, @Nullable Difference difference) {}

  private final List<Variable> variables;
  private final long seed;
  private final List<Tensor> domain;

  /**
   * @param variables what points are drawn for, with the properties that they have there
   */
  public Agreement(List<Variable> variables, long seed) {
    this(variables, seed, List.of());
  }

  /**
   * @param domain what has values at the points that count, if there are such points
   */
  public Agreement(List<Variable> variables, long seed, List<Tensor> domain) {
    this.variables = variables;
    this.seed = seed;
    this.domain = domain;
  }

  /**
   * Compares formulas of one shape.
   *
   * @throws IllegalArgumentException if their shapes differ
   */
  public Outcome compare(Tensor expected, Tensor found) {
    Outcome outcome = tried(expected, found);
    boolean anywhere = outcome.kind() != Kind.UNKNOWN || domain.isEmpty();
    return anywhere ? outcome : new Agreement(variables, seed).compare(expected, found);
  }

  private Outcome tried(Tensor expected, Tensor found) {
    if (!expected.shape().equals(found.shape())) {
      throw new IllegalArgumentException("shapes " + expected.shape() + ", " + found.shape());
    }
    if (!variables.stream().allMatch(SamplePoints::areHonoured)) {
      return new Outcome(Kind.UNKNOWN, null);
    }
    WidePoints wide = new WidePoints(variables, List.of(expected, found));
    Kinks kinks = new Kinks(List.of(expected, found));
    List<Tensor> all = all(expected, found);
    List<Map<String, Integer>> assignments = new ArrayList<>(SampleSizes.of(all));
    assignments.addAll(SampleSizes.small(all));
    Set<Map<String, Integer>> equal = new LinkedHashSet<>();
    Tally tally = new Tally();
    int round = 0;
    for (Map<String, Integer> sizes : assignments) {
      long own = seed * 31 + ++round;
      // The smaller ones are for what has values, or is not 0, at few sizes, as of skew matrices.
      if (round > SampleSizes.COUNT && equal.size() >= LEAST_SIZES && !isAnySkew()) break;
      try {
        PointComparison comparison = new PointComparison(expected, found, domain, sizes, own);
        Outcome near = near(comparison, sizes, own, kinks, tally);
        if (near.kind() == Kind.DIFFERENT) return near;
        Outcome far = far(comparison, sizes, own, kinks, wide, tally);
        if (far.kind() == Kind.DIFFERENT) return far;
        if (near.kind() == Kind.EQUAL || far.kind() == Kind.EQUAL) equal.add(sizes);
      } catch (NablaException tooSmallOrTooLarge) {
        // other sizes may do
      }
    }
    boolean named = !assignments.getFirst().isEmpty();
    if (tally.close) return new Outcome(Kind.CLOSE, null);
    boolean enough = equal.size() >= (named ? LEAST_SIZES : 1);
    return new Outcome(enough ? Kind.EQUAL : Kind.UNKNOWN, null);
  }

  private boolean isAnySkew() {
    return variables.stream().anyMatch(v -> v.is(Property.SKEW));
  }

  /** Compares formulas of one shape at a single point. */
  public static Outcome at(Binding at, Tensor expected, Tensor found) {
    return new PointComparison(expected, found, List.of(), at.sizes(), 1).at(at);
  }

  /** Whether they were close somewhere: a difference at a few points is one. */
  private static final class Tally {
    boolean close;

    void count(Kind kind) {
      close |= kind == Kind.CLOSE;
    }
  }

  private Outcome near(
      PointComparison comparison, Map<String, Integer> sizes, long own, Kinks kinks, Tally tally) {
    int agreed = 0;
    for (int attempt = 0; attempt < ATTEMPTS && agreed < POINTS_A_SIZE; attempt++) {
      Binding at = SamplePoints.mixed(variables, sizes, own, attempt);
      if (!comparison.isWithin(at)) continue;
      Outcome outcome = comparison.at(at);
      if (outcome.kind() == Kind.DIFFERENT) return outcome;
      tally.count(outcome.kind());
      if (outcome.kind() != Kind.EQUAL) continue;
      kinks.see(at);
      agreed++;
    }
    return new Outcome(agreed > 0 ? Kind.EQUAL : Kind.UNKNOWN, null);
  }

  /** A few wide points, then those that are on a side of a kink where no point was before. */
  private Outcome far(
      PointComparison comparison,
      Map<String, Integer> sizes,
      long own,
      Kinks kinks,
      WidePoints wide,
      Tally tally) {
    int agreed = 0;
    for (int attempt = 0; attempt < WIDE_ATTEMPTS; attempt++) {
      boolean hunt = attempt >= WIDE_POINTS_A_SIZE;
      if (hunt && kinks.isEmpty()) break;
      Binding at = wide.draw(sizes, own, attempt);
      if (!comparison.isWithin(at) || (!kinks.see(at) && hunt)) continue;
      Outcome outcome = comparison.at(at);
      if (outcome.kind() == Kind.DIFFERENT) return outcome;
      tally.count(outcome.kind());
      if (outcome.kind() == Kind.EQUAL) agreed++;
    }
    return new Outcome(agreed > 0 ? Kind.EQUAL : Kind.UNKNOWN, null);
  }

  private List<Tensor> all(Tensor expected, Tensor found) {
    List<Tensor> all = new ArrayList<>(List.of(expected, found));
    all.addAll(variables);
    return all;
  }

  /** A difference at whole numbers and small sizes, the smallest that is met; or null. */
  public @Nullable Difference smallest(Tensor expected, Tensor found) {
    List<Variable> whole = new ArrayList<>();
    for (Variable v : variables) {
      Set<Property> properties = new LinkedHashSet<>(v.properties());
      properties.add(Property.INTEGER);
      whole.add(new Variable(v.name(), v.shape(), properties));
    }
    WidePoints wide = new WidePoints(whole, List.of(expected, found));
    List<Map<String, Integer>> assignments = smallSizes(all(expected, found));
    for (boolean near : List.of(true, false)) {
      for (Map<String, Integer> sizes : assignments) {
        try {
          PointComparison comparison = new PointComparison(expected, found, domain, sizes, seed);
          Difference least = null;
          for (int attempt = 0; attempt < INTEGER_POINTS; attempt++) {
            Binding at =
                near
                    ? SamplePoints.draw(whole, sizes, seed, attempt)
                    : wide.draw(sizes, seed, attempt);
            Difference d = comparison.isWithin(at) ? comparison.at(at).difference() : null;
            if (d == null) continue;
            if (least == null || magnitude(d.at()) < magnitude(least.at())) least = d;
          }
          if (least != null) return least;
        } catch (NablaException tooSmallOrTooLarge) {
          // other sizes may do
        }
      }
    }
    return null;
  }

  /** All sizes 1, 2 or 3, then the usual ones. */
  private static List<Map<String, Integer>> smallSizes(List<Tensor> formulas) {
    List<Map<String, Integer>> assignments = new ArrayList<>();
    List<Map<String, Integer>> usual = SampleSizes.of(formulas);
    for (int size = 1; size <= LARGEST_SMALL_SIZE; size++) {
      Map<String, Integer> small = new TreeMap<>();
      for (String name : usual.getFirst().keySet()) small.put(name, size);
      assignments.add(small);
    }
    assignments.addAll(usual);
    return assignments;
  }

  private static double magnitude(Binding at) {
    double sum = 0;
    for (NumericArray array : at.variables().values()) {
      for (double x : array.data()) sum += Math.abs(x);
    }
    return sum;
  }
}
