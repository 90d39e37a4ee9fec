package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nabla.Compilation;
import nabla.Layout;
import nabla.Output;
import nabla.engine.kernel.Precision;

/** The plans of a function, one for the sizes and the bound variables that were met. */
final class Plans {
  /** Whoever meets more than that plans anew. */
  private static final int MOST = 64;

  private final Precision precision;
  private final boolean full;
  private final int threads;
  private final Compilation asked;

  /** How many axes of each output are those of its rows. */
  private final List<Integer> rows;

  /** What a plan is made for: numbers for sizes, and the names of what is bound. */
  private record Key(Map<String, Integer> sizes, Set<String> bound) {}

  private final Map<Key, Plan> plans = new ConcurrentHashMap<>();

  /**
   * @param full whether outputs are written out, whatever their structure is
   */
  Plans(Compilation asked, Precision precision, boolean full, int threads) {
    this.asked = asked;
    this.precision = precision;
    this.full = full;
    this.threads = threads;
    List<Integer> each = new ArrayList<>();
    for (int k = 0; k < asked.outputs().size(); k++) each.add(rows(asked, k));
    this.rows = List.copyOf(each);
  }

  Plans in(Precision other) {
    return new Plans(asked, other, full, threads);
  }

  Plans inFull() {
    return new Plans(asked, precision, true, threads);
  }

  Plans on(int count) {
    return new Plans(asked, precision, full, count);
  }

  /**
   * How many axes of an output are those of the rows: the ones that come first, be they those of
   * the first variable or those of the function.
   */
  private static int rows(Compilation asked, int output) {
    int rank = asked.tensors().get(output).rank();
    Output of = asked.outputs().get(output);
    if (of.isValue()) return rank;
    int own = asked.expression().shape().size();
    if (own > 0 && of.layout() != Layout.DENOMINATOR) return own;
    String first = of.variables().getFirst();
    return asked.variables().stream()
        .filter(v -> v.name().equals(first))
        .map(v -> Math.min(v.rank(), rank))
        .findFirst()
        .orElse(rank / 2);
  }

  /**
   * @param bound the variables that are the same in every evaluation
   * @throws ArithmeticException if an array would have more entries than can be counted
   */
  Plan at(Map<String, Integer> sizes, Set<String> bound) {
    Key key = new Key(Map.copyOf(sizes), Set.copyOf(bound));
    Plan known = plans.get(key);
    if (known != null) return known;
    Plan plan = Plan.of(asked.tensors(), rows, full, sizes, bound, precision, Grain.usual(threads));
    if (plans.size() < MOST) plans.put(key, plan);
    return plan;
  }
}
