package nabla.optimize;

import nabla.optimize.Minimum.Status;

/** How a method ended, and where. */
record Outcome(Iterate last, Status status, Curvature curvature, int iterations) {}
