package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.Compilation;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;

/** Outputs for small data that are taken block by block, as large data are. */
public final class SmallBlocks {
  private final Plan plan;
  private final Execution execution;

  /**
   * @param ranks how many of the axes of each output are those of its rows
   * @param full whether outputs are written out
   * @param bound what has the same numbers at all points
   * @param rows how many rows a block has
   */
  public SmallBlocks(
      Compilation asked,
      List<Integer> ranks,
      boolean full,
      Map<String, Integer> sizes,
      Set<String> bound,
      int rows,
      int threads) {
    this.plan =
        Plan.of(
            asked.tensors(),
            ranks,
            full,
            sizes,
            bound,
            Precision.DOUBLE,
            TestPlans.blocks(rows, threads));
    this.execution = new Execution(plan, Map.of());
  }

  /** The outputs at a point, one after the other in the same memory. */
  public List<NumericArray> evaluate(Map<String, NumericArray> data) {
    data.forEach(execution::set);
    execution.run();
    List<NumericArray> outputs = new ArrayList<>();
    for (int k = 0; k < plan.outputs.size(); k++) outputs.add(execution.read(k).dense());
    return outputs;
  }

  /** How many steps are done once only. */
  public int once() {
    return plan.preparation.schedule().steps.size();
  }

  /** How many passes are made block by block. */
  public long passes() {
    return plan.evaluation.passes().passes.stream().filter(Passes.Pass::isSplit).count();
  }
}
