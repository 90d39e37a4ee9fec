package nabla.optimize;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * A function as its gradient and Hessian at a point say: {@code m(p) = g'*p + p'*H*p/2}. Where the
 * Hessian is positive definite and the model is least nearby, a Cholesky factor says where; its
 * eigenvectors, which take ten times as long, are asked only elsewhere.
 */
final class QuadraticModel {
  /** Pivots below that may come of rounding: only eigenvectors tell flat directions then. */
  private static final double LEAST_PIVOT = 1e-9;

  /** No two entries of the Hessian that ought to be the same are told apart. */
  private static final double SYMMETRY = Double.POSITIVE_INFINITY;

  private static final int MOST_SHIFTS = 30;
  private static final double ENOUGH = 1e-3;

  /** Steps of inverse iteration (Golub and Van Loan, Matrix Computations, section 8.2). */
  private static final int MOST_SOLVED = 5;

  /** Up to that order all eigenvalues are soon known. */
  private static final int SMALL = 100;

  private final double[][] hessian;
  private final double[] gradient;
  private @Nullable SpectralModel spectrum;

  /** What solves equations with the Hessian, if that was asked for and can be. */
  private @Nullable DecompositionSolver inverse;

  private boolean isInverseSought;

  QuadraticModel(double[][] hessian, double[] gradient) {
    this.hessian = hessian;
    this.gradient = gradient;
  }

  private SpectralModel spectrum() {
    if (spectrum == null) spectrum = new SpectralModel(hessian, gradient);
    return spectrum;
  }

  Curvature curvature() {
    if (gradient.length == 0) return Curvature.VERTEX;
    DecompositionSolver factor = isLarge() ? inverse() : null;
    if (factor == null) return spectrum().curvature();
    double inverse = Extremes.largest(gradient.length, v -> solve(factor, v));
    return Curvature.of(1 / inverse, Extremes.largest(gradient.length, this::times));
  }

  /** Whether all eigenvalues would take long. */
  private boolean isLarge() {
    return gradient.length > SMALL && spectrum == null;
  }

  private @Nullable DecompositionSolver inverse() {
    if (!isInverseSought) inverse = factor(0);
    isInverseSought = true;
    return inverse;
  }

  private double[] times(double[] vector) {
    double[] product = new double[vector.length];
    for (int k = 0; k < vector.length; k++) product[k] = Vectors.dot(hessian[k], vector);
    return product;
  }

  /** Whether the Hessian is positive definite, and not nearly singular. */
  boolean isConvex() {
    return inverse() != null;
  }

  /**
   * The direction of least curvature, of length 1, to the side where the function falls; about that
   * direction where there are many and none is much less curved than others.
   */
  double[] lowest() {
    DecompositionSolver factor = isLarge() ? inverse() : null;
    if (factor == null) return spectrum().lowest();
    double[] lowest = Extremes.first(gradient.length);
    for (int k = 0; k < MOST_SOLVED; k++) {
      lowest = Vectors.unit(solve(factor, lowest));
    }
    double sign = Vectors.dot(lowest, gradient) > 0 ? -1 : 1;
    return Vectors.along(new double[lowest.length], sign, lowest);
  }

  /**
   * How much lower a convex function may be somewhere, as far as the model tells.
   *
   * @param distance of the point from zero
   */
  double gap(double distance) {
    return spectrum().gap(distance);
  }

  /** The part of the gradient in directions in which the Hessian says nothing. */
  double[] flat() {
    return spectrum().flat();
  }

  double[] gradient() {
    return gradient;
  }

  /** The model in some entries, where a step has moved the others. */
  QuadraticModel among(int[] free, double[] step) {
    double[][] block = new double[free.length][free.length];
    double[] slope = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      double[] row = hessian[free[i]];
      slope[i] = gradient[free[i]] + Vectors.dot(row, step);
      for (int j = 0; j < free.length; j++) block[i][j] = row[free[j]];
    }
    return new QuadraticModel(block, slope);
  }

  /** The length of the gradient. */
  double slope() {
    return Vectors.norm(gradient);
  }

  /** How much the model falls within a distance. */
  double fall(double radius) {
    return -change(step(radius));
  }

  /** How much the model changes by a step. */
  double change(double[] step) {
    return Vectors.dot(gradient, step) + bend(step) / 2;
  }

  /** {@code p'*H*p} */
  double bend(double[] step) {
    return Vectors.dot(step, times(step));
  }

  /** The step of length at most {@code radius} by which the model becomes least. */
  double[] step(double radius) {
    double[] newton = spectrum == null ? newton() : null;
    if (newton == null) return spectrum().step(radius);
    return Vectors.norm(newton) <= radius ? newton : toBoundary(newton, radius);
  }

  /**
   * The step of that length where the Hessian is positive definite: {@code (H + s*I)*p = -g} by
   * Newton's method for {@code 1/norm(p) = 1/radius}, which comes from below (Nocedal and Wright,
   * Numerical Optimization, algorithm 4.3).
   */
  private double[] toBoundary(double[] newton, double radius) {
    double[] step = newton;
    double shift = 0;
    for (int k = 0; k < MOST_SHIFTS; k++) {
      DecompositionSolver factor = factor(shift);
      if (factor == null) return spectrum().step(radius);
      step = solve(factor, negated());
      double length = Vectors.norm(step);
      if (length <= (1 + ENOUGH) * radius) break;
      double slope = Vectors.dot(step, solve(factor, step));
      shift += length * length / slope * (length - radius) / radius;
    }
    double excess = Math.max(1, Vectors.norm(step) / radius);
    return Vectors.along(new double[step.length], 1 / excess, step);
  }

  /** The step to where the gradient of the model is zero, in directions in which it is curved. */
  double[] newtonStep() {
    double[] newton = spectrum == null ? newton() : null;
    return newton == null ? spectrum().newtonStep() : newton;
  }

  /** The step to where the gradient of the model is zero; null if that is not its minimum. */
  private double @Nullable [] newton() {
    DecompositionSolver factor = inverse();
    return factor == null ? null : solve(factor, negated());
  }

  private double[] negated() {
    return Vectors.along(new double[gradient.length], -1, gradient);
  }

  private static double[] solve(DecompositionSolver factor, double[] right) {
    return factor.solve(new ArrayRealVector(right, /* copyArray= */ false)).toArray();
  }

  /** What solves equations with {@code H + shift*I}; null if that is not positive definite. */
  private @Nullable DecompositionSolver factor(double shift) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(hessian);
    double scale = 0;
    for (int k = 0; k < gradient.length; k++) {
      matrix.addToEntry(k, k, shift);
      if (!(matrix.getEntry(k, k) > 0)) return null;
      scale = Math.max(scale, matrix.getEntry(k, k));
    }
    try {
      return new CholeskyDecomposition(matrix, SYMMETRY, LEAST_PIVOT * scale).getSolver();
    } catch (MathRuntimeException notPositive) {
      return null;
    }
  }
}
