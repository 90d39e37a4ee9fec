package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * How much a constraint changes with the variables at the start. Whether it is met cannot hang on
 * the unit in which it is written: {@code 1e-6*sum(x) = 1e-6} is {@code sum(x) = 1}.
 */
final class Steepness {
  /** Within that and its inverse a constraint is left as it is. */
  private static final double USUAL = 100;

  private Steepness() {}

  /**
   * The largest entry of the gradient of its rows, added with random weights; 1 where that is
   * usual.
   *
   * @param residuals at the start
   */
  static double of(
      Constraint constraint,
      NumericArray residuals,
      Map<String, NumericArray> start,
      Map<String, NumericArray> data) {
    double largest = 0;
    for (String name : start.keySet()) {
      if (!constraint.residual().mentions(name)) continue;
      largest =
          Math.max(largest, Vectors.largest(gradient(constraint, residuals, name, start, data)));
    }
    boolean usual = largest >= 1 / USUAL && largest <= USUAL;
    return usual || largest == 0 || !Double.isFinite(largest) ? 1 : largest;
  }

  private static double[] gradient(
      Constraint constraint,
      NumericArray residuals,
      String by,
      Map<String, NumericArray> start,
      Map<String, NumericArray> data) {
    Declarations names = new Declarations();
    names.add(constraint.residual());
    String weights = names.fresh("weights");
    Expression rows = constraint.weighted(weights);
    Map<String, NumericArray> point = new LinkedHashMap<>(start);
    double[] numbers = new Random(1).doubles(residuals.count(), 0.5, 1).toArray();
    point.put(weights, NumericArray.of(residuals.shape(), numbers));
    try {
      Output gradient = Output.gradient(by);
      Evaluator evaluator = Penalties.evaluator(rows, gradient, point, data);
      evaluator.run();
      return evaluator.get(gradient).dense().data();
    } catch (NablaException noDerivative) {
      return new double[] {0};
    }
  }
}
