package nabla.plot;

import java.util.List;
import nabla.optimize.Iteration;
import nabla.optimize.Minimum;

/** How a function was minimised: the iterations, the start among them, and what was found. */
record Descent(List<Iteration> iterations, Minimum found) {
  /** The point where it started, one entry behind the other. */
  double[] start() {
    return iterations.getFirst().point().data();
  }

  /** As in {@code 12 iterations}. */
  String length() {
    int count = found.iterations();
    return count == 1 ? "1 iteration" : count + " iterations";
  }
}
