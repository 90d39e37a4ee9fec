package nabla.verify.exact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.tensor.Einsum;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** What evaluations at all points of the same sizes share. */
final class Plan {
  private final Map<String, Integer> sizes;
  private final Map<Tensor, List<Tensor>> orders = new HashMap<>();
  private final Map<Einsum, DualProduct> products = new HashMap<>();
  private final Map<Structural, int[]> constants = new HashMap<>();

  Plan(Map<String, Integer> sizes) {
    this.sizes = sizes;
  }

  Map<String, Integer> sizes() {
    return sizes;
  }

  /** What a tensor is built from, operands first. */
  List<Tensor> nodes(Tensor root) {
    return orders.computeIfAbsent(root, Tensors::topological);
  }

  DualProduct product(Einsum node) {
    return products.computeIfAbsent(node, e -> new DualProduct(e, sizes));
  }

  int[] structural(Structural constant) {
    return constants.computeIfAbsent(constant, this::entries);
  }

  private int[] entries(Structural constant) {
    int[] shape = DualProduct.numbers(constant.shape(), sizes);
    int[] entries = new int[Dual.count(shape)];
    int[] index = new int[shape.length];
    for (int k = 0; k < entries.length; k++) {
      entries[k] = constant.entry(index, sizes);
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return entries;
  }
}
