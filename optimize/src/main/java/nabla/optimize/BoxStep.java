package nabla.optimize;

import java.util.stream.IntStream;

/** The step to a low point of a quadratic model within a distance and within limits. */
final class BoxStep {
  private static final int MOST_HALVINGS = 60;
  private static final double SUFFICIENT = 0.1;

  private final QuadraticModel model;
  private final double[] gradient;

  /** The steps that are within the limits. */
  private final Box room;

  private final double radius;

  BoxStep(QuadraticModel model, Box room, double radius) {
    this.model = model;
    this.gradient = model.gradient();
    this.room = room;
    this.radius = radius;
  }

  /**
   * The better one of two: as far along the gradient as the model is sure to fall, which lets a
   * method of trust regions converge (Conn, Gould and Toint, Trust-Region Methods, section 12.2),
   * and the least of the model among the entries that stay within their limits.
   */
  double[] find() {
    double[] sure = alongGradient();
    double[] far = amongFree();
    return model.change(far) <= model.change(sure) ? far : sure;
  }

  private double[] alongGradient() {
    double[] nowhere = new double[gradient.length];
    double length = radius / Math.max(Vectors.norm(gradient), Double.MIN_NORMAL);
    double[] step = nowhere;
    for (int k = 0; k < MOST_HALVINGS; k++, length /= 2) {
      step = room.nearest(Vectors.along(nowhere, -length, gradient));
      double expected = Vectors.dot(gradient, step);
      if (model.change(step) <= SUFFICIENT * expected) break;
    }
    return step;
  }

  /** Entries that would leave their limits stay there, and the others are sought again. */
  private double[] amongFree() {
    double[] step = new double[gradient.length];
    boolean[] fixed = new boolean[gradient.length];
    for (int k = 0; k < fixed.length; k++) fixed[k] = room.isBlocked(k, step, gradient);
    while (true) {
      int[] free = IntStream.range(0, fixed.length).filter(k -> !fixed[k]).toArray();
      double left = radius * radius - Vectors.dot(step, step);
      if (free.length == 0 || left <= 0) return step;
      double[] moved = model.among(free, step).step(Math.sqrt(left));
      boolean within = true;
      for (int j = 0; j < free.length; j++) {
        int k = free[j];
        double wanted = room.clamped(k, moved[j]);
        if (wanted == moved[j]) continue;
        step[k] = wanted;
        fixed[k] = true;
        within = false;
      }
      if (!within) continue;
      for (int j = 0; j < free.length; j++) step[free[j]] = moved[j];
      return step;
    }
  }
}
