package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * The directions in which variables may move and keep their declared properties, as an orthonormal
 * basis: all of them; symmetric matrices; and from an orthogonal matrix Q on the curves {@code
 * Q*expm(t*W)} with a skew W (Absil, Mahony and Sepulchre, Optimization Algorithms on Matrix
 * Manifolds, section 3.5.7).
 */
final class Tangents {
  private static final int TRIALS = 20;
  private static final double NEARBY = 1e-3;
  private static final double HALF = Math.sqrt(0.5);

  /** A direction, and for an orthogonal matrix its W; empty for others. */
  private static final class Direction {
    final double[] step;
    final double[][] skew;
    final int begin;

    Direction(double[] step, double[][] skew, int begin) {
      this.step = step;
      this.skew = skew;
      this.begin = begin;
    }
  }

  private static final double[][] NONE = {};

  private final List<Direction> directions = new ArrayList<>();
  private final Iterate at;

  /**
   * @param variables in the order in which their entries are in the point
   */
  Tangents(List<Variable> variables, List<int[]> shapes, Iterate at) {
    this.at = at;
    int begin = 0;
    for (int k = 0; k < variables.size(); k++) {
      int count = 1;
      for (int size : shapes.get(k)) count *= size;
      Variable v = variables.get(k);
      if (v.properties().isEmpty()) free(begin, count);
      else if (v.properties().contains(Property.ORTHOGONAL)) orthogonal(begin, shapes.get(k)[0]);
      else symmetric(begin, shapes.get(k)[0]);
      begin += count;
    }
  }

  private double[] zero() {
    return new double[at.point.length];
  }

  private void free(int begin, int count) {
    for (int k = 0; k < count; k++) {
      double[] step = zero();
      step[begin + k] = 1;
      directions.add(new Direction(step, NONE, begin));
    }
  }

  private void symmetric(int begin, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double[] step = zero();
        step[begin + i * n + j] = i == j ? 1 : HALF;
        step[begin + j * n + i] = i == j ? 1 : HALF;
        directions.add(new Direction(step, NONE, begin));
      }
    }
  }

  private void orthogonal(int begin, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double[][] skew = new double[n][n];
        skew[i][j] = HALF;
        skew[j][i] = -HALF;
        double[] step = zero();
        add(timesPoint(skew, begin), begin, step);
        directions.add(new Direction(step, skew, begin));
      }
    }
  }

  private static void add(double[][] matrix, int begin, double[] to) {
    int n = matrix.length;
    for (int i = 0; i < n; i++) System.arraycopy(matrix[i], 0, to, begin + i * n, n);
  }

  /** Q*W */
  private double[][] timesPoint(double[][] w, int begin) {
    int n = w.length;
    double[][] q = new double[n][n];
    for (int i = 0; i < n; i++) System.arraycopy(at.point, begin + i * n, q[i], 0, n);
    return times(q, w);
  }

  private static double[][] times(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) product[i] = Vectors.along(product[i], a[i][k], b[k]);
    }
    return product;
  }

  /** How steep the function is along each direction. */
  double[] gradient() {
    return directions.stream().mapToDouble(d -> Vectors.dot(d.step, at.gradient)).toArray();
  }

  /** Whether some point at random nearby is lower; orthogonal matrices stay where they are. */
  boolean leadDown(Objective objective) {
    Random random = new Random(TRIALS);
    double length = NEARBY * Math.max(1, Vectors.norm(at.point)) / Math.sqrt(directions.size());
    for (int k = 0; k < TRIALS; k++) {
      double[] step = zero();
      for (Direction d : directions) {
        if (d.skew.length > 0) continue;
        step = Vectors.along(step, length * random.nextGaussian(), d.step);
      }
      Iterate next = at.along(objective, 1, step);
      if (next != null && next.value < at.value - at.rounding()) return true;
    }
    return false;
  }

  /**
   * Its second derivatives along the directions; Q*expm(t*W) is curved itself, by Q*W*W.
   *
   * @param hessian by all entries
   */
  double[][] hessian(double[][] hessian) {
    int n = directions.size();
    double[][] along = new double[n][n];
    for (int a = 0; a < n; a++) {
      double[] image = new double[at.point.length];
      double[] step = directions.get(a).step;
      for (int k = 0; k < image.length; k++) image[k] = Vectors.dot(hessian[k], step);
      for (int b = 0; b < n; b++) {
        along[a][b] =
            Vectors.dot(image, directions.get(b).step)
                + (bend(directions.get(a), directions.get(b))
                        + bend(directions.get(b), directions.get(a)))
                    / 2;
      }
    }
    return along;
  }

  /** By how much the function changes by {@code Q*V*W}. */
  private double bend(Direction v, Direction w) {
    if (v.skew.length == 0 || v.skew.length != w.skew.length || v.begin != w.begin) {
      return 0;
    }
    double[] step = zero();
    add(timesPoint(times(v.skew, w.skew), v.begin), v.begin, step);
    return Vectors.dot(step, at.gradient);
  }
}
