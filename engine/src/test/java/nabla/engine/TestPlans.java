package nabla.engine;

import java.util.List;
import java.util.Map;
import nabla.engine.kernel.Precision;
import nabla.tensor.Tensor;

/** Plans as tests need them. */
final class TestPlans {
  private TestPlans() {}

  /** Every output written out. */
  static Plan full(List<Tensor> outputs, Map<String, Integer> sizes) {
    List<Integer> rows = outputs.stream().map(Tensor::rank).toList();
    return Plan.of(outputs, rows, true, sizes, Precision.DOUBLE);
  }
}
