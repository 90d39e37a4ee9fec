package nabla.optimize;

import nabla.optimize.Minimum.Status;

/** How a method ended, and where. */
record Outcome(Iterate last, Status status, Curvature curvature, int iterations) {
  /**
   * The status in words.
   *
   * @param small what is at most the tolerance where it converged
   */
  String reason(String small, double tolerance) {
    return switch (status) {
      case CONVERGED -> "converged: " + small + " " + text(tolerance);
      case INFEASIBLE -> "not converged: no point was found that meets the constraints";
      case UNBOUNDED ->
          "not converged: the function has no least value, it falls without end or ever more"
              + " slowly";
      case PRECISION ->
          "not converged to the tolerance: rounding hides every point that may be lower";
      case STALLED -> "not converged: no step makes the function less";
      case ITERATION_LIMIT -> "not converged: that was the last iteration allowed";
      case TIME_LIMIT -> "not converged: the time was over";
      case INTERRUPTED -> "not converged: interrupted";
    };
  }

  /** Whether it is known to have ended where the function is least nearby. */
  boolean isMinimum() {
    return status == Status.CONVERGED && !curvature.isDownward();
  }

  /** As a user writes it: {@code 1e-8}, {@code 0.01}, {@code 0}. */
  private static String text(double tolerance) {
    return tolerance == 0 ? "0" : Double.toString(tolerance).replace(".0E", "e").replace('E', 'e');
  }

  /** The same where no Hessian tells what kind of point it is. */
  Outcome ofUnknownKind() {
    return new Outcome(last, status, Curvature.UNKNOWN, iterations);
  }
}
