package nabla.optimize;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.jspecify.annotations.Nullable;

/**
 * A function as its gradient and Hessian at a point say: {@code m(p) = g'*p + p'*H*p/2}. Where the
 * Hessian is positive definite and the model is least nearby, a Cholesky factor says where; its
 * eigenvectors, which take ten times as long, are asked only elsewhere.
 */
final class QuadraticModel {
  /** Pivots below that are taken for zero, as the diagonal is about 1. */
  private static final double LEAST_PIVOT = 1e-13;

  /** No two entries of the Hessian that ought to be the same are told apart. */
  private static final double SYMMETRY = Double.POSITIVE_INFINITY;

  private final double[][] hessian;
  private final double[] gradient;
  private @Nullable Spectrum spectrum;

  QuadraticModel(double[][] hessian, double[] gradient) {
    this.hessian = hessian;
    this.gradient = gradient;
  }

  private Spectrum spectrum() {
    if (spectrum == null) spectrum = new Spectrum(hessian, gradient);
    return spectrum;
  }

  Curvature curvature() {
    return gradient.length == 0 ? Curvature.VERTEX : spectrum().curvature();
  }

  /** Whether the Hessian is positive definite, and not nearly singular. */
  boolean isConvex() {
    return newton() != null;
  }

  /** The direction of least curvature, of length 1, to the side where the function falls. */
  double[] lowest() {
    return spectrum().lowest();
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
    double change = Vectors.dot(gradient, step);
    for (int k = 0; k < step.length; k++) change += step[k] * Vectors.dot(hessian[k], step) / 2;
    return change;
  }

  /** The step of length at most {@code radius} by which the model becomes least. */
  double[] step(double radius) {
    double[] newton = spectrum == null ? newton() : null;
    return newton != null && Vectors.norm(newton) <= radius ? newton : spectrum().step(radius);
  }

  /** The step to where the gradient of the model is zero; null if that is not its minimum. */
  private double @Nullable [] newton() {
    double scale = 0;
    for (int k = 0; k < gradient.length; k++) {
      if (!(hessian[k][k] > 0)) return null;
      scale = Math.max(scale, hessian[k][k]);
    }
    try {
      return new CholeskyDecomposition(
              MatrixUtils.createRealMatrix(hessian), SYMMETRY, LEAST_PIVOT * scale)
          .getSolver()
          .solve(new ArrayRealVector(gradient).mapMultiplyToSelf(-1))
          .toArray();
    } catch (MathRuntimeException notPositive) {
      return null;
    }
  }
}
