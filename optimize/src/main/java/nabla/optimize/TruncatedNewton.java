package nabla.optimize;

import nabla.optimize.Minimum.Status;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with a trust region for many variables: the model is minimised by conjugate
 * gradients, as far as it is worth while, with products of the Hessian (Steihaug, 1983; Nocedal and
 * Wright, Numerical Optimization, algorithm 7.2).
 */
final class TruncatedNewton {
  private static final int MOST_PRODUCTS = 500;

  private final Objective objective;
  private final HessianProduct hessian;
  private final Limits limits;
  private Iterate now;
  private final Trust trust;

  TruncatedNewton(Objective objective, HessianProduct hessian, Iterate start, Limits limits) {
    this.objective = objective;
    this.hessian = hessian;
    this.limits = limits;
    this.now = start;
    this.trust = new Trust(Math.max(1, Vectors.norm(start.point) / 10));
  }

  /**
   * @param done how many iterations there were before
   */
  Outcome minimize(int done) {
    for (int k = done; ; k++) {
      Status status = limits.reached(now.number(k));
      if (limits.isSmall(now.slope)) status = Status.CONVERGED;
      else if (status == null) status = move();
      if (status != null) return new Outcome(now, status, Curvature.UNKNOWN, k);
    }
  }

  private @Nullable Status move() {
    double[] step = step();
    double[] bent = hessian.times(now.point, step);
    double expected = -(Vectors.dot(now.gradient, step) + Vectors.dot(step, bent) / 2);
    Iterate next = now.along(objective, 1, step);
    boolean allowed = trust.allows(now, next, expected, Vectors.norm(step));
    if (next != null && allowed) now = next;
    if (now.isBottomless()) return Status.UNBOUNDED;
    return trust.isLost(Math.max(1, Vectors.norm(now.point))) ? Status.PRECISION : null;
  }

  private double[] step() {
    double[] step = new double[now.point.length];
    double[] rest = Vectors.along(step, -1, now.gradient);
    double[] direction = rest.clone();
    double square = Vectors.dot(rest, rest);
    double slope = Math.sqrt(square);
    double enough = Math.min(0.5, Math.sqrt(slope)) * slope;
    for (int k = 0; k < MOST_PRODUCTS && Math.sqrt(square) > enough; k++) {
      double[] bent = hessian.times(now.point, direction);
      double curvature = Vectors.dot(direction, bent);
      double length = square / curvature;
      if (!(curvature > 0)) return toBoundary(step, direction);
      double[] next = Vectors.along(step, length, direction);
      if (Vectors.norm(next) >= trust.radius()) return toBoundary(step, direction);
      step = next;
      Vectors.add(rest, -length, bent);
      double before = square;
      square = Vectors.dot(rest, rest);
      direction = Vectors.along(rest, square / before, direction);
    }
    return step;
  }

  /** As far as the radius allows. */
  private double[] toBoundary(double[] step, double[] direction) {
    double a = Vectors.dot(direction, direction);
    double b = Vectors.dot(step, direction);
    double c = Vectors.dot(step, step) - trust.radius() * trust.radius();
    double length = (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a;
    return Vectors.along(step, length, direction);
  }
}
