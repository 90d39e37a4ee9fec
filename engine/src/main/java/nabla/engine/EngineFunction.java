package nabla.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.MatrixArithmetic;
import nabla.Output;
import nabla.Results;
import nabla.StructuredArray;
import nabla.WorkPlan;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** A function over plans: checks data, takes an execution, and copies what comes out. */
final class EngineFunction implements CompiledFunction {
  private static final MatrixArithmetic ARITHMETIC = new EngineArithmetic();

  private final Compilation asked;
  private final Plans plans;
  private final Map<String, NumericArray> bound;

  /** What was made ready last; the next point has most often the same sizes. */
  private volatile @Nullable Prepared last;

  EngineFunction(Compilation asked, Plans plans, Map<String, NumericArray> bound) {
    this.asked = asked;
    this.plans = plans;
    this.bound = bound;
  }

  @Override
  public CompiledFunction bind(String name, NumericArray data) {
    requireVariable(name);
    Map<String, NumericArray> all = new LinkedHashMap<>(bound);
    all.put(name, NumericArray.of(data.shape(), data.data().clone()));
    return new EngineFunction(asked, plans, all);
  }

  @Override
  public CompiledFunction withThreads(int count) {
    if (count < 1) throw new NablaException(Code.REQUEST, "threads are 1 or more, not " + count);
    return new EngineFunction(asked, plans.on(count), bound);
  }

  @Override
  public CompiledFunction inSinglePrecision() {
    return new EngineFunction(asked, plans.in(Precision.SINGLE), bound);
  }

  @Override
  public CompiledFunction inFull() {
    return new EngineFunction(asked, plans.inFull(), bound);
  }

  @Override
  public Evaluator evaluator(Map<String, ?> point) {
    Map<String, NumericArray> arrays = Points.arrays(point);
    arrays.keySet().forEach(this::requireVariable);
    try {
      Prepared prepared = prepared(arrays);
      Execution execution = prepared.take();
      arrays.forEach(execution::set);
      Map<String, EngineEvaluator.Free> free = new HashMap<>();
      for (Variable v : asked.variables()) {
        NumericArray array = arrays.get(v.name());
        if (array == null) continue;
        free.put(v.name(), new EngineEvaluator.Free(asked, v, array));
      }
      return new EngineEvaluator(prepared.plan, execution, asked.outputs(), free);
    } catch (OutOfMemoryError | ArithmeticException tooLarge) {
      throw tooLarge();
    }
  }

  /** There is no room for so much, or it can't even be counted. */
  static NablaException tooLarge() {
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
    } catch (OutOfMemoryError | ArithmeticException tooLarge) {
      throw tooLarge();
    }
  }

  @Override
  public WorkPlan plan(Map<String, ?> point) {
    try {
      Plan plan = prepared(Points.arrays(point)).plan;
      return new WorkPlan(
          asked.outputs(),
          StepCost.of(plan.preparation, plan),
          StepCost.of(plan.evaluation, plan),
          (double) plan.memory.bytes(),
          LinearAlgebra.best().description());
    } catch (OutOfMemoryError | ArithmeticException tooLarge) {
      throw tooLarge();
    }
  }

  /** Ready for points of these sizes; all data are checked the first time, later only new ones. */
  private Prepared prepared(Map<String, NumericArray> point) {
    Prepared known = last;
    if (known != null && known.fits(point)) {
      for (Variable v : asked.variables()) {
        NumericArray data = point.get(v.name());
        if (data != null) asked.check(v, data, ARITHMETIC);
      }
      return known;
    }
    Map<String, NumericArray> all = new HashMap<>(bound);
    all.putAll(point);
    Map<String, Integer> sizes = asked.sizes(all, ARITHMETIC);
    Map<String, NumericArray> fixed = new HashMap<>(bound);
    fixed.keySet().removeAll(point.keySet());
    Prepared prepared = new Prepared(plans.at(sizes, fixed.keySet()), fixed, point);
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
