package nabla.engine;

import java.util.List;
import java.util.Set;

/**
 * What is run together: all that is done once for bound data, or all that an evaluation does.
 *
 * @param schedule the steps
 * @param passes the same steps as they go over the data
 */
record Phase(Schedule schedule, Passes passes) {
  /**
   * @param nodes operands before what uses them
   * @param roots what has to be there in the end
   * @param width the bytes of a number
   */
  static Phase of(List<Node> nodes, Set<Value> roots, int width, Grain grain) {
    Schedule schedule = new Schedule(nodes, roots);
    return new Phase(schedule, new Passes(schedule, roots, width, grain));
  }
}
