package nabla.optimize;

import java.util.Random;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/** The first point: the one that is given, or if nothing leads away from zero a random one. */
final class FirstIterate {
  private static final int MOST_TRIALS = 100;

  private final Objective objective;
  private final boolean free;
  private final Random random;

  /**
   * @param free whether the user said nothing
   */
  FirstIterate(Objective objective, boolean free, long seed) {
    this.objective = objective;
    this.free = free;
    this.random = new Random(seed);
  }

  Iterate find() {
    Iterate given = new Iterate(objective, objective.start());
    if (given.isFinite() && !(free && Vectors.largest(given.gradient) == 0)) return given;
    if (!free) throw outside("at the starting point");
    for (int k = 0; k < MOST_TRIALS; k++) {
      double[] point = inside(random.doubles(objective.size, 0, 1).toArray());
      Iterate next = new Iterate(objective, point);
      if (next.isFinite()) return next;
    }
    if (given.isFinite()) return given;
    throw outside("at zero nor at random points between 0 and 1; give a start");
  }

  /** Beside a limit as far as a number is from zero, so that it need not be at the limit. */
  private double[] inside(double[] point) {
    double[] inside = point.clone();
    for (int k = 0; k < inside.length; k++) {
      if (point[k] > objective.box.upper[k]) inside[k] = objective.box.upper[k] - point[k];
      if (point[k] < objective.box.lower[k]) inside[k] = objective.box.lower[k] + point[k];
    }
    return objective.box.nearest(inside);
  }

  private static NablaException outside(String where) {
    return new NablaException(Code.DOMAIN, "the function and its slope are not finite " + where);
  }
}
