package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.operation.MatrixMap;
import nabla.tensor.Alternating;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Tensor;

/**
 * Recognises functions that are linear in an argument and stand in a product as a tensor of rank 3
 * or 4: cross products, and derivatives of matrix functions in a direction.
 */
final class LinearReduction {
  private final Reduction graph;

  LinearReduction(Reduction graph) {
    this.graph = graph;
  }

  /** Makes one step and says whether there was one. */
  boolean reduce() {
    for (Einsum.Factor f : List.copyOf(graph.higher)) {
      if (Set.copyOf(f.labels()).size() < f.labels().size()) continue;
      boolean reduced =
          switch (f.tensor()) {
            case Alternating _ -> cross(f);
            // Further derivatives of such a map have more axes and no function that applies them.
            case Apply a
                when a.operator() instanceof MatrixMap map && a.rank() == 4 && f.isPlain() ->
                map(f, a, map);
            default -> false;
          };
      if (reduced) return true;
    }
    return false;
  }

  /** Whether a summed label carries nothing but a vector beside one factor of higher rank. */
  private boolean isVector(int label) {
    return graph.isInner(label) && graph.neighbours(label).isEmpty();
  }

  private boolean cross(Einsum.Factor f) {
    List<Integer> closed = f.labels().stream().filter(this::isVector).toList();
    if (closed.isEmpty()) return false;
    List<Integer> order = new ArrayList<>(f.labels());
    int kept = f.labels().stream().filter(l -> !closed.contains(l)).findFirst().orElse(-1);
    if (closed.size() == 1) {
      // ε[i,j,k] a[j] is crossmat(a)[i,k], and cyclic permutations change nothing.
      while (!order.get(1).equals(closed.getFirst())) order.addLast(order.removeFirst());
      Form matrix = new Form.Call("crossmat", List.of(graph.result(closed)), 2, false);
      replace(f, closed);
      graph.addEdge(order.get(0), order.get(2), matrix);
      return true;
    }
    if (kept >= 0) while (order.getFirst() != kept) order.addLast(order.removeFirst());
    List<Integer> vectors = order.subList(1, 3);
    Form product =
        new Form.Call(
            "cross",
            List.of(graph.result(vectors.subList(0, 1)), graph.result(vectors.subList(1, 2))),
            1,
            false);
    replace(f, List.copyOf(vectors));
    graph.addWeight(order.getFirst(), product);
    return true;
  }

  /** L[i,j,p,q] E[p,q] is the function of E at [i,j], L[i,j,p,q] G[i,j] its adjoint at [p,q]. */
  private boolean map(Einsum.Factor f, Apply node, MatrixMap map) {
    List<Integer> result = f.labels().subList(0, 2);
    List<Integer> argument = f.labels().subList(2, 4);
    if (isMatrix(argument)) return apply(f, map, node.operands(), argument, result);
    if (isMatrix(result)) return apply(f, map, map.adjoint(node.operands()), result, argument);
    return false;
  }

  private boolean isMatrix(List<Integer> labels) {
    int a = labels.get(0);
    int b = labels.get(1);
    return graph.isInner(a)
        && graph.isInner(b)
        && Set.of(b).containsAll(graph.neighbours(a))
        && Set.of(a).containsAll(graph.neighbours(b));
  }

  private boolean apply(
      Einsum.Factor f, MatrixMap map, List<Tensor> operands, List<Integer> from, List<Integer> to) {
    List<Form> arguments = new ArrayList<>();
    for (Tensor operand : map.arguments(operands)) arguments.add(new Form.Leaf(operand, false));
    arguments.add(graph.between(from.get(0), from.get(1)));
    replace(f, from);
    graph.addEdge(
        to.get(0), to.get(1), new Form.Call(map.applied(), List.copyOf(arguments), 2, false));
    return true;
  }

  private void replace(Einsum.Factor f, List<Integer> eliminated) {
    graph.higher.remove(f);
    for (int label : eliminated) graph.remove(label);
  }
}
