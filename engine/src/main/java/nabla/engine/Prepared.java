package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import nabla.engine.kernel.OffHeap;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;

/** A plan with the data that stay the same, and executions that are free. */
final class Prepared {
  final Plan plan;
  private final Map<String, Execution.Constant> data = new HashMap<>();
  private final Map<String, int[]> shapes = new HashMap<>();
  private final ConcurrentLinkedDeque<Execution> free = new ConcurrentLinkedDeque<>();

  /**
   * @param bound what no point has
   * @param point data of the sizes that the points have
   */
  Prepared(Plan plan, Map<String, NumericArray> bound, Map<String, NumericArray> point) {
    this.plan = plan;
    point.forEach((name, array) -> shapes.put(name, array.shape()));
    plan.given.forEach(
        (name, value) -> {
          NumericArray array = bound.get(name);
          if (array == null) return;
          long bytes = Math.multiplyExact(value.count(), (long) plan.precision.bytes());
          MemorySegment memory = OffHeap.allocate(bytes);
          Numbers.write(array.data(), memory, plan.precision);
          data.put(name, new Execution.Constant(memory, isFinite(array, plan.precision)));
        });
  }

  /** Whether there is neither NaN nor infinity, as the numbers are stored. */
  private static boolean isFinite(NumericArray array, Precision precision) {
    return array.isFinite()
        && (precision == Precision.DOUBLE || array.largest() <= Float.MAX_VALUE);
  }

  /** Whether points have the sizes that this was made for. */
  boolean fits(Map<String, NumericArray> point) {
    if (point.size() != shapes.size()) return false;
    for (Map.Entry<String, NumericArray> e : point.entrySet()) {
      int[] shape = shapes.get(e.getKey());
      if (shape == null || !Arrays.equals(shape, e.getValue().shape())) return false;
    }
    return true;
  }

  Execution take() {
    Execution execution = free.poll();
    return execution == null ? new Execution(plan, data) : execution;
  }

  void give(Execution execution) {
    free.push(execution);
  }
}
