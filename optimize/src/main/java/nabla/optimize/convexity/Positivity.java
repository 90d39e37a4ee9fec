package nabla.optimize.convexity;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;

/**
 * The parts of an expression that are positive wherever it has a value, because their logarithm
 * stands in it: x in {@code x*log(x) + 1/x}.
 */
final class Positivity {
  private Positivity() {}

  static Set<Tensor> of(Tensor root) {
    Set<Tensor> positive = new HashSet<>();
    Set<Tensor> seen = new HashSet<>();
    Deque<Tensor> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Tensor node = open.pop();
      if (!seen.add(node)) continue;
      if (node instanceof Elementwise e && e.operator().name().equals("log")) {
        positive.add(e.operands().getFirst());
      }
      if (needsAll(node)) node.operands().forEach(open::push);
    }
    return positive;
  }

  /** Whether a value needs every entry of every operand: a slice, for example, does not. */
  private static boolean needsAll(Tensor node) {
    return switch (node) {
      case Einsum e ->
          e.factors().stream()
              .allMatch(
                  f ->
                      !(f.tensor() instanceof Structural)
                          && f.labels().stream().distinct().count() == f.labels().size());
      case Elementwise e -> !e.operator().name().equals("power");
      case Sum _ -> true;
      case Apply a -> a.operator().name().equals("lse");
      default -> false;
    };
  }
}
