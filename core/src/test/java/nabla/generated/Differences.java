package nabla.generated;

import java.util.List;
import java.util.Map;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;

/** A derivative along one direction by central differences of fourth order, with three steps. */
final class Differences {
  private static final double[] STEPS = {2e-3, 5e-4, 1e-4};
  private static final double TOLERANCE = 2e-6;

  private final ReferenceInterpreter function;
  private final Binding at;
  private final Variable by;
  private final double[] direction;
  private double best = Double.POSITIVE_INFINITY;

  /**
   * @param direction how far each entry of the variable goes at a step of 1
   */
  private Differences(Tensor function, Variable by, Binding at, double[] direction) {
    this.function = new ReferenceInterpreter(function, at.sizes());
    this.by = by;
    this.at = at;
    this.direction = direction;
  }

  /** In any direction. */
  static Differences along(Tensor function, Variable by, Binding at, Dice dice) {
    NumericArray point = java.util.Objects.requireNonNull(at.variables().get(by.name()));
    double[] direction = new double[point.count()];
    for (int k = 0; k < direction.length; k++) direction[k] = 0.3 * dice.normal();
    return new Differences(function, by, at, direction);
  }

  /** In a direction that some changes span. */
  static Differences along(
      Tensor function, Variable by, Binding at, List<double[]> changes, Dice dice) {
    NumericArray point = java.util.Objects.requireNonNull(at.variables().get(by.name()));
    double[] direction = new double[point.count()];
    for (double[] change : changes) {
      double step = 0.3 * dice.normal();
      for (int k = 0; k < direction.length; k++) direction[k] += step * change[k];
    }
    return new Differences(function, by, at, direction);
  }

  /** What became of a comparison. */
  enum Verdict {
    RIGHT,
    WRONG,
    UNRELIABLE
  }

  /**
   * Compares.
   *
   * @param derivative the axes of earlier variables, then those of the variable, then the rest
   * @param earlier how many entries the axes of the earlier variables span
   */
  Verdict compare(NumericArray derivative, int earlier) {
    double[] claimed = contract(derivative.data(), earlier);
    double[][] found = new double[STEPS.length][];
    for (int k = 0; k < STEPS.length; k++) {
      found[k] = slope(STEPS[k]);
      best = Math.min(best, distance(found[k], claimed));
      if (best <= TOLERANCE) return Verdict.RIGHT;
    }
    double known = Math.min(distance(found[0], found[1]), distance(found[1], found[2]));
    return best > 20 * known && known < 1e-4 ? Verdict.WRONG : Verdict.UNRELIABLE;
  }

  private double[] contract(double[] derivative, int earlier) {
    int inner = derivative.length / (earlier * direction.length);
    double[] along = new double[earlier * inner];
    for (int p = 0; p < earlier; p++) {
      for (int q = 0; q < direction.length; q++) {
        for (int r = 0; r < inner; r++) {
          along[p * inner + r] += direction[q] * derivative[(p * direction.length + q) * inner + r];
        }
      }
    }
    return along;
  }

  private double[] slope(double h) {
    double[] near = value(h);
    double[] back = value(-h);
    double[] far = value(2 * h);
    double[] farBack = value(-2 * h);
    double[] slope = new double[near.length];
    for (int k = 0; k < slope.length; k++) {
      slope[k] = (8 * (near[k] - back[k]) - (far[k] - farBack[k])) / (12 * h);
    }
    return slope;
  }

  private double[] value(double step) {
    Map<String, NumericArray> moved = new java.util.HashMap<>(at.variables());
    NumericArray point = java.util.Objects.requireNonNull(moved.get(by.name()));
    double[] data = point.data().clone();
    for (int k = 0; k < data.length; k++) data[k] += step * direction[k];
    moved.put(by.name(), NumericArray.of(point.shape(), data));
    return function.evaluate(moved).value().data();
  }

  /** Infinite if one of them is not finite. */
  private static double distance(double[] a, double[] b) {
    double largest = 0;
    double off = 0;
    for (int k = 0; k < a.length; k++) {
      largest = Math.max(largest, Math.abs(a[k]));
      double own = Math.abs(a[k] - b[k]);
      off = Double.isNaN(own) ? Double.POSITIVE_INFINITY : Math.max(off, own);
    }
    return off / (1 + largest);
  }
}
