package nabla.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nabla.Compilation;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.engine.kernel.Precision;

/** The plans of a function, one for the sizes that were met. */
final class Plans {
  /** Whoever meets more sizes than that plans anew. */
  private static final int MOST = 64;

  final Precision precision;
  private final Compilation asked;
  private final Map<Map<String, Integer>, Plan> plans = new ConcurrentHashMap<>();

  Plans(Compilation asked, Precision precision) {
    this.asked = asked;
    this.precision = precision;
  }

  /**
   * @throws NablaException with {@link Code#LIMIT} if an array would have more entries than can be
   *     counted
   */
  Plan at(Map<String, Integer> sizes) {
    Plan known = plans.get(sizes);
    if (known != null) return known;
    try {
      Plan plan = new Plan(asked.tensors(), sizes, precision);
      if (plans.size() < MOST) plans.put(Map.copyOf(sizes), plan);
      return plan;
    } catch (ArithmeticException overflow) {
      throw new NablaException(Code.LIMIT, "an array would have too many entries to be stored");
    }
  }
}
