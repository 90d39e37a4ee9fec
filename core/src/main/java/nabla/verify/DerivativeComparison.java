package nabla.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import nabla.verify.CheckReport.Counterexample;
import org.jspecify.annotations.Nullable;

/**
 * Compares one derivative with finite differences of what it is the derivative of, at one point:
 * all entries, or, where those are too many, the derivative along random directions.
 *
 * <p>Axes of the derivative: those of the earlier variables, of this variable, of the function.
 */
final class DerivativeComparison {
  /**
   * Differences of fourth order reach 1e-9 on smooth functions and lose about three digits near the
   * border of a domain, while one wrong entry in a thousand still shows at 1e-5.
   */
  static final double TOLERANCE = 1e-6;

  /** Small enough that another step could not matter. */
  private static final double CERTAIN = 1e-8;

  /** Estimates that differ by more know nothing: the function turns within their steps. */
  private static final double MOST_DISAGREEMENT = 0.01;

  /** What is smaller may be nothing but rounding errors of numbers about 1. */
  private static final double SMALLEST_SCALE = 1e-5;

  private static final double[] STEPS = {1e-3, 3e-4, 2e-3};
  private static final int MOST_ENTRIES = 10_000;
  private static final double MOST_MULTIPLICATIONS = 2e6;
  private static final int DIRECTIONS = 3;

  /** What became of a comparison. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** The differences disagree among themselves, so that they cannot judge. */
    UNRELIABLE
  }

  private final FiniteDifference difference;
  private final NumericArray derivative;
  private final int[] functionShape;
  private final int earlier;
  private final int entries;
  private final int inner;
  private final double @Nullable [][] directions;
  private final List<double[]> estimates = new ArrayList<>();
  private final double[] claimed;
  private final double scale;
  private double error = Double.POSITIVE_INFINITY;
  private int best;

  /**
   * @param function the evaluation of what was differentiated
   * @param cost how many multiplications evaluating it again takes
   * @param moves how the variable moves for each entry of the derivative
   * @param earlierCount how many leading entries the axes of the earlier variables span
   */
  DerivativeComparison(
      Evaluation function,
      double cost,
      NumericArray derivative,
      Variable by,
      NumericArray point,
      int earlierCount,
      Directions moves,
      long seed) {
    this.derivative = derivative;
    difference = new FiniteDifference(function, by, point, moves);
    functionShape = function.value().shape();
    earlier = earlierCount;
    entries = point.count();
    inner = earlier == 0 ? 0 : function.value().count() / earlier;
    boolean large = derivative.count() > MOST_ENTRIES || 4 * entries * cost > MOST_MULTIPLICATIONS;
    directions = large ? directions(seed) : null;
    claimed = directions == null ? derivative.data() : alongDirections(directions);
    double largest = function.value().largest();
    scale = Math.clamp(largest, SMALLEST_SCALE, 1);
  }

  private double[][] directions(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] drawn = new double[DIRECTIONS][entries];
    for (double[] direction : drawn) {
      for (int k = 0; k < entries; k++) direction[k] = 2 * random.nextDouble() - 1;
    }
    return drawn;
  }

  /** The claimed derivative along each direction, one after the other. */
  private double[] alongDirections(double[][] drawn) {
    int block = earlier * inner;
    double[] along = new double[drawn.length * block];
    for (int d = 0; d < drawn.length; d++) {
      for (int p = 0; p < earlier; p++) {
        for (int q = 0; q < entries; q++) {
          int from = (p * entries + q) * inner;
          int to = d * block + p * inner;
          for (int r = 0; r < inner; r++) {
            along[to + r] += drawn[d][q] * derivative.data()[from + r];
          }
        }
      }
    }
    return along;
  }

  Verdict run() {
    for (double step : STEPS) {
      double[] estimate = directions == null ? byEntries(step) : byDirections(directions, step);
      if (estimate == null) continue;
      estimates.add(estimate);
      double found = error(estimate, claimed);
      if (found < error) {
        error = found;
        best = estimates.size() - 1;
      }
      if (error <= CERTAIN) break;
    }
    if (error <= TOLERANCE) return Verdict.RIGHT;
    double disagreement = disagreement();
    boolean known = disagreement < MOST_DISAGREEMENT;
    return known && error > 10 * disagreement ? Verdict.WRONG : Verdict.UNRELIABLE;
  }

  private double @Nullable [] byEntries(double step) {
    double[] all = new double[claimed.length];
    for (int q = 0; q < entries; q++) {
      double[] slope = difference.byEntry(q, step);
      if (slope == null) return null;
      for (int p = 0; p < earlier; p++) {
        System.arraycopy(slope, p * inner, all, (p * entries + q) * inner, inner);
      }
    }
    return all;
  }

  private double @Nullable [] byDirections(double[][] drawn, double step) {
    double[] all = new double[claimed.length];
    for (int d = 0; d < drawn.length; d++) {
      double[] slope = difference.alongAll(drawn[d], step);
      if (slope == null) return null;
      System.arraycopy(slope, 0, all, d * slope.length, slope.length);
    }
    return all;
  }

  /** The smallest difference between two estimates: how well the true derivative is known. */
  private double disagreement() {
    double smallest = Double.POSITIVE_INFINITY;
    for (int a = 0; a < estimates.size(); a++) {
      for (int b = a + 1; b < estimates.size(); b++) {
        smallest = Math.min(smallest, error(estimates.get(a), estimates.get(b)));
      }
    }
    return smallest;
  }

  /**
   * max |estimate - other| / (scale + max |estimate|). The scale is that of the function, whose
   * rounding errors a difference divides by its step.
   */
  private double error(double[] estimate, double[] other) {
    double largest = 0;
    double off = 0;
    for (int k = 0; k < estimate.length; k++) {
      largest = Math.max(largest, Math.abs(estimate[k]));
      off = Math.max(off, Math.abs(estimate[k] - other[k]));
    }
    return off / (scale + largest);
  }

  /** The error of the best step. */
  double error() {
    return error;
  }

  /** The largest difference from the best estimate, as a number. */
  double off() {
    double[] estimate = estimates.get(best);
    double off = 0;
    for (int k = 0; k < estimate.length; k++) {
      off = Math.max(off, Math.abs(estimate[k] - claimed[k]));
    }
    return off;
  }

  /** The entry that is furthest off, after {@link #run()} found the derivative wrong. */
  Counterexample counterexample(Binding at, int order) {
    double[] estimate = estimates.get(best);
    int worst = 0;
    for (int k = 0; k < estimate.length; k++) {
      if (Math.abs(estimate[k] - claimed[k]) > Math.abs(estimate[worst] - claimed[worst]))
        worst = k;
    }
    List<Integer> index =
        directions == null
            ? Shapes.index(worst, derivative.shape())
            : Shapes.index(worst % Math.max(1, earlier * inner), functionShape);
    return new Counterexample(at, order, index, estimate[worst], claimed[worst]);
  }
}
