package nabla.optimize;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/** How low the methods of Hipparchus come: conjugate gradients and the simplex. */
final class OtherMethods {
  private static final int MOST_EVALUATIONS = 20_000;

  /** An objective that remembers the lowest value that it has had, however a method ends. */
  private static final class Watched {
    final Objective objective;
    double lowest = Double.POSITIVE_INFINITY;

    Watched(Objective objective) {
      this.objective = objective;
    }

    double value(double[] x) {
      double value = objective.value(x, new double[objective.size]);
      if (value < lowest) lowest = value;
      return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    double[] slope(double[] x) {
      double[] gradient = new double[x.length];
      objective.value(x, gradient);
      return gradient;
    }
  }

  private static final Map<String, ToDoubleBiFunction<Watched, double[]>> METHODS =
      Map.of(
          "conjugate gradients", OtherMethods::conjugateGradients,
          "simplex", OtherMethods::simplex);

  private OtherMethods() {}

  /** The lowest value that each method meets on its way from a point. */
  static Map<String, Double> from(Objective objective, double[] point) {
    Map<String, Double> lowest = new TreeMap<>();
    METHODS.forEach(
        (name, method) -> lowest.put(name, method.applyAsDouble(new Watched(objective), point)));
    return lowest;
  }

  private static double conjugateGradients(Watched f, double[] start) {
    return lowest(
        f,
        () ->
            new NonLinearConjugateGradientOptimizer(
                    NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE,
                    new SimpleValueChecker(1e-15, 1e-30))
                .optimize(
                    new MaxEval(MOST_EVALUATIONS),
                    new MaxIter(MOST_EVALUATIONS),
                    new ObjectiveFunction(f::value),
                    new ObjectiveFunctionGradient(f::slope),
                    GoalType.MINIMIZE,
                    new InitialGuess(start)));
  }

  private static double simplex(Watched f, double[] start) {
    double[] steps = new double[f.objective.size];
    Arrays.setAll(steps, k -> 0.1 * Math.max(1, Math.abs(start[k])));
    return lowest(
        f,
        () ->
            new SimplexOptimizer(1e-14, 1e-28)
                .optimize(
                    new MaxEval(MOST_EVALUATIONS),
                    new ObjectiveFunction(f::value),
                    GoalType.MINIMIZE,
                    new InitialGuess(start),
                    new NelderMeadSimplex(steps)));
  }

  /** A method that gives up has still come so low. */
  private static double lowest(Watched f, Runnable method) {
    try {
      method.run();
    } catch (MathRuntimeException e) {
      // out of evaluations, or where the function is not finite
    }
    return f.lowest;
  }
}
