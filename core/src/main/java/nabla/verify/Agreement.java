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
 * Whether two formulas have the same values, tried at random points of different sizes. Formulas
 * that differ agree to full precision at none of them, but for differences that are smaller than
 * rounding errors.
 */
public final class Agreement {
  private static final double SAME = 1e-9;
  private static final double CERTAINLY_OTHER = 1e-6;
  private static final double LARGEST = 1e9;
  private static final int POINTS_A_SIZE = 8;
  private static final int ATTEMPTS = 48;
  private static final int INTEGER_POINTS = 24;
  private static final int LARGEST_SMALL_SIZE = 3;

  /** The three honest answers. */
  public enum Kind {
    EQUAL,
    DIFFERENT,
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

  /**
   * @param variables what points are drawn for, with the properties that they have there
   */
  public Agreement(List<Variable> variables, long seed) {
    this.variables = variables;
    this.seed = seed;
  }

  /**
   * Compares formulas of one shape.
   *
   * @throws IllegalArgumentException if their shapes differ
   */
  public Outcome compare(Tensor expected, Tensor found) {
    if (!expected.shape().equals(found.shape())) {
      throw new IllegalArgumentException("shapes " + expected.shape() + ", " + found.shape());
    }
    int agreed = 0;
    int round = 0;
    for (Map<String, Integer> sizes : SampleSizes.of(all(expected, found))) {
      int here = 0;
      round++;
      for (int attempt = 0; attempt < ATTEMPTS && here < POINTS_A_SIZE; attempt++) {
        Binding at = SamplePoints.mixed(variables, sizes, seed * 31 + round, attempt);
        Outcome outcome = at(at, expected, found);
        if (outcome.kind() == Kind.DIFFERENT) return outcome;
        if (outcome.kind() == Kind.EQUAL) here++;
      }
      agreed += here;
    }
    return new Outcome(agreed > 0 ? Kind.EQUAL : Kind.UNKNOWN, null);
  }

  private List<Tensor> all(Tensor expected, Tensor found) {
    List<Tensor> all = new ArrayList<>(List.of(expected, found));
    all.addAll(variables);
    return all;
  }

  /** A difference at small whole numbers and small sizes, the smallest that is met; or null. */
  public @Nullable Difference smallest(Tensor expected, Tensor found) {
    List<Variable> whole = new ArrayList<>();
    for (Variable v : variables) {
      Set<Property> properties = new LinkedHashSet<>(v.properties());
      properties.add(Property.INTEGER);
      whole.add(new Variable(v.name(), v.shape(), properties));
    }
    List<Map<String, Integer>> assignments = new ArrayList<>();
    List<Map<String, Integer>> usual = SampleSizes.of(all(expected, found));
    for (int size = 1; size <= LARGEST_SMALL_SIZE; size++) {
      Map<String, Integer> small = new TreeMap<>();
      for (String name : usual.getFirst().keySet()) small.put(name, size);
      assignments.add(small);
    }
    assignments.addAll(usual);
    for (Map<String, Integer> sizes : assignments) {
      Difference least = null;
      for (int attempt = 0; attempt < INTEGER_POINTS; attempt++) {
        Binding at = SamplePoints.draw(whole, sizes, seed, attempt);
        Difference d = at(at, expected, found).difference();
        if (d != null && (least == null || magnitude(d.at()) < magnitude(least.at()))) least = d;
      }
      if (least != null) return least;
    }
    return null;
  }

  private static double magnitude(Binding at) {
    double sum = 0;
    for (NumericArray array : at.variables().values()) {
      for (double x : array.data()) sum += Math.abs(x);
    }
    return sum;
  }

  private Outcome at(Binding at, Tensor expected, Tensor found) {
    try {
      ReferenceInterpreter first = new ReferenceInterpreter(expected, at.sizes());
      ReferenceInterpreter second = new ReferenceInterpreter(found, at.sizes());
      NumericArray a = first.evaluate(at.variables()).value();
      NumericArray b = second.evaluate(at.variables()).value();
      if (!a.isFinite() || !b.isFinite()) return new Outcome(Kind.UNKNOWN, null);
      double scale = Math.max(a.largest(), b.largest());
      int worst = worst(a, b);
      double off = worst < 0 ? 0 : Math.abs(a.data()[worst] - b.data()[worst]);
      if (scale > LARGEST) return new Outcome(Kind.UNKNOWN, null);
      if (off <= SAME * scale) return new Outcome(Kind.EQUAL, null);
      double noise = Math.max(noise(first, at, a), noise(second, at, b));
      if (off <= CERTAINLY_OTHER * scale || off <= RoundingNoise.NOISES * noise) {
        return new Outcome(Kind.UNKNOWN, null);
      }
      List<Integer> index = Shapes.index(worst, a.shape());
      return new Outcome(
          Kind.DIFFERENT, new Difference(at, index, a.data()[worst], b.data()[worst]));
    } catch (NablaException tooSmallOrTooLarge) {
      return new Outcome(Kind.UNKNOWN, null);
    }
  }

  private static int worst(NumericArray a, NumericArray b) {
    int worst = -1;
    for (int k = 0; k < a.count(); k++) {
      double off = Math.abs(a.data()[k] - b.data()[k]);
      if (worst < 0 || off > Math.abs(a.data()[worst] - b.data()[worst])) worst = k;
    }
    return worst;
  }

  private double noise(ReferenceInterpreter interpreter, Binding at, NumericArray here) {
    return RoundingNoise.of(interpreter, at, here, seed, 1);
  }
}
