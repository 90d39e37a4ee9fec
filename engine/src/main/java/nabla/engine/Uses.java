package nabla.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.operation.Inverse;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** How often tensors are used by others, and which inverses have to be formed. */
final class Uses {
  private final Map<Tensor, Integer> counts = new HashMap<>();
  private final Set<Tensor> formed = new HashSet<>();

  Uses(List<Tensor> roots) {
    Set<Tensor> seen = new HashSet<>();
    for (Tensor root : roots) {
      count(root);
      for (Tensor node : Tensors.topological(root)) if (seen.add(node)) visit(node);
    }
  }

  private void visit(Tensor node) {
    for (Tensor operand : node.operands()) count(operand);
    for (Tensor operand : node.operands()) {
      if (isInverse(operand) && !(node instanceof Einsum e && solves(e, operand))) {
        formed.add(operand);
      }
    }
  }

  private void count(Tensor tensor) {
    counts.merge(tensor, 1, Integer::sum);
  }

  /** Whether one use is all; a root is used by the user. */
  boolean isOnce(Tensor tensor) {
    return counts.getOrDefault(tensor, 0) == 1;
  }

  /** Whether there is more than one use. */
  boolean isShared(Tensor tensor) {
    return counts.getOrDefault(tensor, 0) > 1;
  }

  /** Whether the entries of an inverse are needed; otherwise an equation is solved. */
  boolean isFormed(Tensor inverse) {
    return formed.contains(inverse) || counts.getOrDefault(inverse, 0) == 0;
  }

  static boolean isInverse(Tensor tensor) {
    return tensor instanceof Apply a && a.operator().equals(Inverse.INVERSE);
  }

  /** Whether a product is that of an inverse with one other tensor, summed over one axis. */
  static boolean solves(Einsum product, Tensor inverse) {
    if (product.factors().size() != 2) return false;
    boolean first = product.factors().get(0).tensor().equals(inverse);
    Einsum.Factor own = product.factors().get(first ? 0 : 1);
    Einsum.Factor other = product.factors().get(first ? 1 : 0);
    if (!own.isPlain() || !own.tensor().equals(inverse) || isInverse(other.tensor())) return false;
    long summed =
        own.labels().stream()
            .filter(l -> other.labels().contains(l) && !product.output().contains(l))
            .count();
    long free = own.labels().stream().filter(l -> product.output().contains(l)).count();
    boolean apart = own.labels().stream().filter(other.labels()::contains).count() == 1;
    return summed == 1 && free == 1 && apart;
  }
}
