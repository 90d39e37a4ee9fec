package nabla.bench.compare;

import java.util.Map;

/** A system that runs in the JVM. */
interface Contender {
  /**
   * The operations that it offers of a problem, ready to be run any number of times: data bound,
   * plans compiled, buffers made.
   */
  Map<Operation, Computation> prepare(Problem problem, Data data);
}
