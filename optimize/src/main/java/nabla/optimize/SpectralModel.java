package nabla.optimize;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/** A quadratic model by the eigenvectors of its Hessian. */
final class SpectralModel {
  private static final int MOST_STEPS = 100;
  private static final double ENOUGH = 1e-3;

  /** A slope that is so small beside the gradient is rounding. */
  private static final double FLAT = 1e-8;

  /** An eigenvalue that is smaller beside the largest one is no more than rounding. */
  private static final double LEAST = 1e-14;

  /** What an entry is beside the largest one that may be left out. */
  private static final double NEGLIGIBLE = 1e-30;

  /** By columns. */
  private final double[][] vectors;

  /** Descending. */
  private final double[] values;

  /** The gradient in terms of the eigenvectors. */
  private final double[] gradient;

  /**
   * @param hessian symmetric but for rounding
   */
  SpectralModel(double[][] hessian, double[] gradient) {
    double largest = 0;
    for (double[] row : hessian) largest = Math.max(largest, Vectors.largest(row));
    double scale = largest == 0 ? 1 : largest;
    EigenDecompositionSymmetric eigen = eigen(symmetric(hessian, scale));
    this.values = Arrays.stream(eigen.getEigenvalues()).map(value -> value * scale).toArray();
    this.vectors = eigen.getVT().getData();
    this.gradient = new double[values.length];
    for (int k = 0; k < values.length; k++) this.gradient[k] = Vectors.dot(vectors[k], gradient);
  }

  /** Numbers of at most 1, whose squares are no larger, and the same on both sides. */
  private static double[][] symmetric(double[][] hessian, double scale) {
    double[][] symmetric = new double[hessian.length][hessian.length];
    for (int i = 0; i < hessian.length; i++) {
      for (int j = 0; j < hessian.length; j++) {
        symmetric[i][j] = (hessian[i][j] / scale + hessian[j][i] / scale) / 2;
      }
    }
    return symmetric;
  }

  /**
   * Entries of very different sizes keep the method from an end: the least of them are rounding.
   *
   * @param matrix with entries of at most 1
   */
  private static EigenDecompositionSymmetric eigen(double[][] matrix) {
    try {
      return new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(matrix));
    } catch (MathRuntimeException endless) {
      double[][] cleared = new double[matrix.length][];
      for (int k = 0; k < matrix.length; k++) {
        cleared[k] =
            Arrays.stream(matrix[k])
                .map(entry -> Math.abs(entry) < NEGLIGIBLE ? 0 : entry)
                .toArray();
      }
      return new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(cleared));
    }
  }

  Curvature curvature() {
    return Curvature.of(values[values.length - 1], values[0]);
  }

  /** The same of a kind that is known; eigenvalues that are no larger than so much are zero. */
  Curvature curvature(Curvature.Kind kind, double zero) {
    double smallest = values[values.length - 1];
    return new Curvature(
        kind,
        Math.abs(smallest) <= zero ? 0 : smallest,
        Math.abs(values[0]) <= zero ? 0 : values[0]);
  }

  /** How large the eigenvalue is that is next to zero. */
  double leastMagnitude() {
    return Arrays.stream(values).map(Math::abs).min().orElse(0);
  }

  /** The eigenvectors, of length 1. */
  List<double[]> directions() {
    return List.of(vectors);
  }

  /**
   * How much lower the function may be somewhere, if it is convex and the model is right: along
   * each eigenvector {@code g²/(2*λ)}, with slopes and eigenvalues as large as rounding may make
   * them.
   *
   * @param distance of the point from zero, so that the gradient is {@code H*x} plus something
   */
  double gap(double distance) {
    double largest = largestMagnitude();
    if (largest == 0) return 0;
    double gap = 0;
    for (int k = 0; k < values.length; k++) {
      double slope = Math.abs(gradient[k]) + slopeRounding(distance);
      gap += square(slope) / (2 * Math.max(values[k], Math.ulp(largest)));
    }
    return gap;
  }

  /** The direction of least curvature, of length 1, to the side where the function falls. */
  double[] lowest() {
    double[] lowest = vectors[values.length - 1].clone();
    if (gradient[values.length - 1] > 0) for (int k = 0; k < lowest.length; k++) lowest[k] *= -1;
    return lowest;
  }

  /**
   * How large rounding alone may make a slope.
   *
   * @param distance of the point from zero, so that the gradient is {@code H*x} plus something
   */
  double slopeRounding(double distance) {
    return Math.ulp(largestMagnitude()) * distance;
  }

  private double largestMagnitude() {
    return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
  }

  /** The part of the gradient in directions in which the Hessian says nothing. */
  double[] flat() {
    double zero = Curvature.ROUNDING * largestMagnitude();
    double[] flat = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      if (Math.abs(values[k]) <= zero) flat = Vectors.along(flat, gradient[k], vectors[k]);
    }
    return flat;
  }

  /**
   * The step of length at most {@code radius} by which the model becomes least (Moré and Sorensen,
   * 1983; Nocedal and Wright, Numerical Optimization, section 4.3): {@code (H + s*I)*p = -g} with
   * the least s ≥ 0 for which H + s*I has no negative eigenvalue and p is short enough.
   */
  double[] step(double radius) {
    double least = values[values.length - 1];
    double scale = Math.max(Math.abs(values[0]), Math.abs(least));
    if (least > LEAST * scale && length(0) <= radius) return step(shifted(0), 0);
    double low = Math.max(0, -least);
    double nearest = low + 1e-12 * Math.max(scale, Double.MIN_NORMAL);
    if (length(nearest) <= radius) return hardCase(nearest, radius);
    double high = low + Vectors.norm(gradient) / radius;
    double shift = high;
    for (int k = 0; k < MOST_STEPS; k++) {
      double length = length(shift);
      if (Math.abs(length - radius) <= ENOUGH * radius) break;
      if (length > radius) low = shift;
      else high = shift;
      // Newton's step for 1/length = 1/radius, which is nearly linear in the shift
      double next = shift + (length - radius) / radius * length * length / slope(shift);
      shift = next > low && next < high ? next : (low + high) / 2;
    }
    double[] found = step(shifted(shift), 0);
    double excess = Vectors.norm(found) / radius;
    if (excess > 1) for (int k = 0; k < found.length; k++) found[k] /= excess;
    return found;
  }

  /** The gradient does not reach the lowest directions: the way to the boundary goes along one. */
  private double[] hardCase(double shift, double radius) {
    double[] inside = shifted(shift);
    double length = Vectors.norm(inside);
    double rest = Math.sqrt(Math.max(0, radius * radius - length * length));
    int last = values.length - 1;
    boolean falls = values[last] < 0 || Math.abs(gradient[last]) > FLAT * Vectors.norm(gradient);
    return step(inside, falls ? rest : 0);
  }

  /** The step for a shift in terms of the eigenvectors. */
  private double[] shifted(double shift) {
    double[] step = new double[values.length];
    for (int k = 0; k < step.length; k++) {
      step[k] = gradient[k] == 0 ? 0 : -gradient[k] / (values[k] + shift);
    }
    return step;
  }

  /** {@code -inv(H)*g} in the directions of eigenvalues that are not rounding alone. */
  double[] newtonStep() {
    double zero = LEAST * largestMagnitude();
    double[] step = new double[values.length];
    for (int k = 0; k < step.length; k++) {
      step[k] = Math.abs(values[k]) <= zero ? 0 : -gradient[k] / values[k];
    }
    return step(step, 0);
  }

  /**
   * {@code -inv(H*H + t*I)*H*g}, with {@code t} relative to the largest eigenvalue of {@code H*H}.
   */
  double[] dampedStep(double damping) {
    double scale = Math.max(square(values[0]), square(values[values.length - 1]));
    double[] step = new double[values.length];
    for (int k = 0; k < step.length; k++) {
      double denominator = square(values[k]) + damping * scale;
      step[k] = denominator == 0 ? 0 : -values[k] * gradient[k] / denominator;
    }
    return step(step, 0);
  }

  private static double square(double value) {
    return value * value;
  }

  private double length(double shift) {
    return Vectors.norm(shifted(shift));
  }

  /** Σ g_k²/(λ_k + s)³ */
  private double slope(double shift) {
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      double denominator = values[k] + shift;
      sum += gradient[k] * gradient[k] / (denominator * denominator * denominator);
    }
    return sum;
  }

  /** A step in terms of the eigenvectors, and so much further along the lowest of them. */
  private double[] step(double[] coordinates, double further) {
    double[] step = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      step = Vectors.along(step, coordinates[k], vectors[k]);
    }
    return further == 0 ? step : Vectors.along(step, further, lowest());
  }
}
