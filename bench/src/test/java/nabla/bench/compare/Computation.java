package nabla.bench.compare;

import java.util.List;

/** What is timed. */
@FunctionalInterface
interface Computation {
  /** Computes, and says where the results lie: the next call may write to the same place. */
  List<Array> run();
}
