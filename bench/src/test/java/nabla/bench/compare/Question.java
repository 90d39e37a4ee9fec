package nabla.bench.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.WorkPlan;
import nabla.tensor.NumericArray;

/**
 * A function as it is measured. All data but the variable's are bound, as users do; unless some of
 * the work would be done once for bound data and then be left out of every call: then they are part
 * of the point. That a matrix is stored once more, the other way round, is no work.
 *
 * @param function what is asked, with data bound
 * @param point all else that it needs
 */
record Question(CompiledFunction function, Map<String, NumericArray> point) {
  static Question of(CompiledFunction compiled, Problem problem, Data data) {
    Map<String, NumericArray> all = new LinkedHashMap<>();
    data.arrays().forEach((name, array) -> all.put(name, NablaEngine.numbers(array)));
    NumericArray variable = NablaEngine.numbers(data.get(problem.variable()));
    Question bound =
        new Question(
            NablaEngine.bound(compiled, problem, data), Map.of(problem.variable(), variable));
    return bound.plan().preparationFlops() == 0 ? bound : new Question(compiled, all);
  }

  WorkPlan plan() {
    return function.plan(point);
  }

  Evaluator evaluator() {
    return function.evaluator(point);
  }

  /** The memory that an evaluator takes for the point, in bytes. */
  double bytes() {
    return 8.0 * point.values().stream().mapToLong(NumericArray::count).sum();
  }
}
