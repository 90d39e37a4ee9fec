package nabla.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Output;
import nabla.Results;
import nabla.StructuredArray;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** A function over plans: checks data, takes an execution, and copies what comes out. */
final class EngineFunction implements CompiledFunction {
  private final Compilation asked;
  private final Plans plans;
  private final Map<String, NumericArray> bound;
  private final int threads;

  /** What was made ready last; the next point has most often the same sizes. */
  private volatile @Nullable Prepared last;

  EngineFunction(Compilation asked, Plans plans, Map<String, NumericArray> bound, int threads) {
    this.asked = asked;
    this.plans = plans;
    this.bound = bound;
    this.threads = threads;
  }

  @Override
  public CompiledFunction bind(String name, NumericArray data) {
    requireVariable(name);
    Map<String, NumericArray> all = new LinkedHashMap<>(bound);
    all.put(name, data);
    return new EngineFunction(asked, plans, all, threads);
  }

  @Override
  public CompiledFunction withThreads(int count) {
    if (count < 1) throw new NablaException(Code.REQUEST, "threads are 1 or more, not " + count);
    return new EngineFunction(asked, plans, bound, count);
  }

  @Override
  public CompiledFunction inSinglePrecision() {
    return new EngineFunction(asked, plans.in(Precision.SINGLE), bound, threads);
  }

  @Override
  public CompiledFunction inFull() {
    return new EngineFunction(asked, plans.inFull(), bound, threads);
  }

  @Override
  public Evaluator evaluator(Map<String, ?> point) {
    Map<String, NumericArray> arrays = Points.arrays(point);
    arrays.keySet().forEach(this::requireVariable);
    try {
      Prepared prepared = prepared(arrays);
      Execution execution = prepared.take();
      arrays.forEach(execution::set);
      Map<String, Integer> counts = new HashMap<>();
      arrays.forEach((name, array) -> counts.put(name, array.count()));
      return new EngineEvaluator(prepared.plan, execution, asked.outputs(), counts);
    } catch (OutOfMemoryError tooLarge) {
      throw tooLarge();
    }
  }

  private static NablaException tooLarge() {
    return new NablaException(Code.LIMIT, "there is not enough memory for arrays of these sizes");
  }

  private void requireVariable(String name) {
    List<String> names = asked.variables().stream().map(Variable::name).toList();
    if (names.contains(name)) return;
    throw new NablaException(
        Code.VALUE, name + " is no variable; the variables are " + String.join(", ", names));
  }

  @Override
  public Results evaluate(Map<String, ?> point) {
    Map<String, NumericArray> arrays = Points.arrays(point);
    arrays.keySet().forEach(this::requireVariable);
    try {
      Prepared prepared = prepared(arrays);
      Execution execution = prepared.take();
      try {
        arrays.forEach(execution::set);
        execution.run();
        return results(execution);
      } finally {
        prepared.give(execution);
      }
    } catch (OutOfMemoryError tooLarge) {
      throw tooLarge();
    }
  }

  @Override
  public String explainPlan(Map<String, ?> point) {
    return PlanText.of(prepared(Points.arrays(point)).plan, asked.outputs());
  }

  /** Ready for points of these sizes; all data are checked the first time, later only new ones. */
  private Prepared prepared(Map<String, NumericArray> point) {
    Prepared known = last;
    if (known != null && known.fits(point)) {
      for (Variable v : asked.variables()) {
        NumericArray data = point.get(v.name());
        if (data != null && !v.properties().isEmpty()) asked.check(v, data);
      }
      return known;
    }
    Map<String, NumericArray> all = new HashMap<>(bound);
    all.putAll(point);
    Map<String, Integer> sizes = asked.sizes(all);
    Prepared prepared = new Prepared(plans.at(sizes), bound, point, threads);
    last = prepared;
    return prepared;
  }

  private Results results(Execution execution) {
    Map<Output, StructuredArray> arrays = new LinkedHashMap<>();
    for (int k = 0; k < asked.outputs().size(); k++) {
      arrays.put(asked.outputs().get(k), execution.read(k));
    }
    return new Results(arrays);
  }
}
