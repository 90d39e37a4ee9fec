package nabla.optimize;

import nabla.optimize.Minimum.Status;

/** How a method ended, and where. */
record Outcome(Iterate last, Status status, Curvature curvature, int iterations) {
  /** The same where no Hessian tells what kind of point it is. */
  Outcome ofUnknownKind() {
    return new Outcome(last, status, Curvature.UNKNOWN, iterations);
  }
}
