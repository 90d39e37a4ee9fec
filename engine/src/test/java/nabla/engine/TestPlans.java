package nabla.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.engine.kernel.Precision;
import nabla.tensor.Tensor;

/** Plans as tests need them. */
final class TestPlans {
  /**
   * Blocks of so many rows, so that small data are taken as large ones are; in twos, as uncached.
   */
  static Grain blocks(int rows, int threads) {
    long uncached = rows == 2 ? 1 : Long.MAX_VALUE;
    return new Grain(threads, 1, 0, 0, 1, 1, 1, 1, uncached, 1, rows, rows, rows, 0, rows, rows, 1);
  }

  private TestPlans() {}

  /** Every output written out. */
  static Plan full(List<Tensor> outputs, Map<String, Integer> sizes) {
    return full(outputs, sizes, Grain.USUAL);
  }

  static Plan full(List<Tensor> outputs, Map<String, Integer> sizes, Grain grain) {
    List<Integer> rows = outputs.stream().map(Tensor::rank).toList();
    return Plan.of(outputs, rows, true, sizes, Set.of(), Precision.DOUBLE, grain);
  }
}
