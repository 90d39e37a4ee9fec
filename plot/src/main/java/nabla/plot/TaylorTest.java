package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/**
 * How the errors of Taylor expansions fall with the step. With right derivatives the error of the
 * first order falls as the square of the step, that of the second order as its cube.
 *
 * @param steps from the longest to the shortest
 * @param second whether there is a second order
 * @param rounding errors of about this size are of the arithmetic
 */
record TaylorTest(List<Step> steps, boolean second, double rounding) {
  private static final int PER_DECADE = 4;
  private static final int DECADES = 6;

  /** The cube of a shorter step is no more than the last digit of 1. */
  private static final double SHORT = 6e-6;

  /** More than so many last digits are no rounding: a derivative may be wrong. */
  private static final double MOST_ROUNDING = 100;

  private static final int TRIALS = 100;

  /** Errors are well above rounding if they are so many times as large: it is a percent of them. */
  private static final double ABOVE = 100;

  /**
   * A step with the errors of the expansions.
   *
   * @param length of the step
   * @param first that of the first order
   * @param second that of the second order
   */
  record Step(double length, double first, double second) {}

  /**
   * Expands a function along a line.
   *
   * @param along the function of the step
   * @param slope its derivative at 0
   * @param bend its second derivative there; NaN if it is not known
   */
  static TaylorTest of(DoubleUnaryOperator along, double slope, double bend) {
    double value = along.applyAsDouble(0);
    List<Step> steps = new ArrayList<>();
    double size = Math.abs(value);
    for (int k = 0; k <= DECADES * PER_DECADE; k++) {
      double h = Math.pow(10, -(double) k / PER_DECADE);
      double there = along.applyAsDouble(h);
      if (!Double.isFinite(there)) continue;
      if (h < 0.2) size = Math.max(size, Math.abs(there));
      double rest = there - value - h * slope;
      steps.add(new Step(h, Math.abs(rest), Math.abs(rest - h * h / 2 * bend)));
    }
    return new TaylorTest(List.copyOf(steps), !Double.isNaN(bend), rounding(size, steps));
  }

  /** What is left for the shortest steps, where the error of the second order itself is smaller. */
  private static double rounding(double size, List<Step> steps) {
    double rounding = Math.ulp(size);
    for (Step step : steps) {
      if (step.length() > SHORT || Double.isNaN(step.second())) continue;
      rounding = Math.max(rounding, step.second());
    }
    return Math.min(rounding, MOST_ROUNDING * Math.ulp(size));
  }

  /** At the given point, or a random one, in a direction that is given or random. */
  static TaylorTest of(Plot plot, Field field) {
    Directions directions = Directions.of(plot, field.size, 1);
    boolean second = field.hasHessian();
    double[] point = point(plot, field, directions, second);
    Section section = new Section(field, point, directions.entries());
    double bend = second ? section.hessian(0)[0][0] : Double.NaN;
    return of(section::value, section.gradient(0)[0], bend);
  }

  private static double[] point(Plot plot, Field field, Directions directions, boolean second) {
    boolean given = !plot.centre().isEmpty();
    Random random = new Random(plot.options().seed());
    for (int k = 0; k < TRIALS; k++) {
      double low = k < TRIALS / 2 ? -1 : 0;
      double[] point =
          given ? field.entries(plot.centre()) : random.doubles(field.size, low, 1).toArray();
      Section section = new Section(field, point, directions.entries());
      double sum = section.value(0) + section.gradient(0)[0];
      if (second) sum += section.hessian(0)[0][0];
      if (Double.isFinite(sum)) return point;
      if (given) break;
    }
    throw new NablaException(
        Code.DOMAIN,
        "the function or its derivatives are not finite at "
            + (given ? "the point" : "random points; give one with --at"));
  }

  /** The exponent with which the error of the first order falls; NaN if none is seen. */
  double firstSlope() {
    return slope(Step::first);
  }

  /** The same of the second order. */
  double secondSlope() {
    return second ? slope(Step::second) : Double.NaN;
  }

  /** Over the shortest steps whose errors are well above rounding, a decade or less. */
  private double slope(ToDoubleFunction<Step> error) {
    List<Step> clear = clear(error);
    if (clear.size() < 2) return Double.NaN;
    Step last = clear.getLast();
    Step before = clear.get(Math.max(0, clear.size() - 1 - PER_DECADE));
    return Math.log(error.applyAsDouble(before) / error.applyAsDouble(last))
        / Math.log(before.length() / last.length());
  }

  /** The steps from the longest on whose errors are well above rounding. */
  List<Step> clear(ToDoubleFunction<Step> error) {
    List<Step> clear = new ArrayList<>();
    for (Step step : steps) {
      if (error.applyAsDouble(step) <= ABOVE * rounding) break;
      clear.add(step);
    }
    return clear;
  }

  /** How the error of the first order falls, in words. */
  String firstWords() {
    return words(firstSlope(), clear(Step::first).isEmpty());
  }

  String secondWords() {
    return words(secondSlope(), clear(Step::second).isEmpty());
  }

  private static String words(double slope, boolean exact) {
    if (exact) return "exact but for rounding";
    return Double.isNaN(slope)
        ? "no slope to be seen"
        : String.format(Locale.ROOT, "slope %.2f", slope);
  }
}
