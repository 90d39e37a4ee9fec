package nabla.bench.compare;

import java.util.Map;

/** Each problem by hand: what Nabla is measured against. */
record Expert(Team team) implements Contender {
  @Override
  public Map<Operation, Computation> prepare(Problem problem, Data data) {
    return problem.byHand(data, team);
  }
}
