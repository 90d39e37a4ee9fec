package nabla.optimize;

import java.util.List;
import nabla.optimize.Curvature.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Whether what looks like a minimum is an inflection: of x^3 the gradient is small before x is
 * zero, and the Hessian still positive, though there is no minimum.
 */
final class Inflection {
  /**
   * Newton's steps from x^3 and x^5 that lead to where these fall; x^4 and x^6 are curved upwards
   * there.
   */
  private static final double[] BEYOND = {2.5, 4.5};

  private Inflection() {}

  /**
   * A point within the limits, just beyond the minimum of the model, from which something leads
   * down; null if there is none.
   *
   * @param movable the entries that no limit holds
   */
  static double @Nullable [] beyond(Objective objective, Iterate now, int[] movable) {
    double[][] hessian = objective.hessian(now.point);
    if (movable.length == 0 || !Vectors.areFinite(hessian)) return null;
    double[] nowhere = new double[now.point.length];
    QuadraticModel here = new QuadraticModel(hessian, now.gradient).among(movable, nowhere);
    if (here.curvature().kind() != Kind.STRICT_MINIMUM) return null;
    double[] newton = Vectors.spread(here.step(Double.POSITIVE_INFINITY), movable, nowhere.length);
    double[] lowest = Vectors.spread(here.lowest(), movable, nowhere.length);
    // of what rounding may add to the gradient the step is as long in the direction of least
    // curvature
    double unsure = now.rounding() / here.curvature().smallest();
    double[] up = Vectors.along(nowhere, unsure, lowest);
    for (double far : BEYOND) {
      for (double[] step : List.of(newton, up, Vectors.along(nowhere, -1, up))) {
        double[] end = Vectors.along(now.point, far, step);
        if (!objective.box.contains(end)) continue;
        double[][] beyond = objective.hessian(end);
        if (!Vectors.areFinite(beyond)) continue;
        QuadraticModel there = new QuadraticModel(beyond, now.gradient).among(movable, nowhere);
        if (!there.isConvex() && there.curvature().isDownward()) return end;
      }
    }
    return null;
  }
}
