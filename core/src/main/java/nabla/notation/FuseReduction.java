package nabla.notation;

import java.util.List;
import java.util.Set;
import nabla.tensor.Einsum;
import nabla.tensor.Fuse;

/**
 * Recognises vec and kron in a product: a Fuse over the axes of one matrix is its vec, two of them
 * over two matrices are a Kronecker product.
 */
final class FuseReduction {
  private final Reduction graph;

  FuseReduction(Reduction graph) {
    this.graph = graph;
  }

  /** Makes one step and says whether there was one. */
  boolean reduce() {
    List<Einsum.Factor> fuses =
        graph.higher.stream().filter(f -> f.tensor() instanceof Fuse && isInner(f)).toList();
    for (Einsum.Factor f : fuses) if (vectorize(f) || columnwise(f)) return true;
    for (Einsum.Factor f : fuses) {
      for (Einsum.Factor g : fuses) if (!f.equals(g) && kronecker(f, g)) return true;
    }
    return false;
  }

  /** Whether the two fused labels are summed and occur in no other factor of rank 3 or more. */
  private boolean isInner(Einsum.Factor f) {
    for (int label : f.labels().subList(1, 3)) {
      if (graph.isTerminal(label)) return false;
      if (graph.higher.stream().filter(h -> h.labels().contains(label)).count() > 1) return false;
    }
    return Set.copyOf(f.labels()).size() == 3;
  }

  private boolean vectorize(Einsum.Factor f) {
    int i = f.labels().get(1);
    int j = f.labels().get(2);
    if (!Set.of(j).containsAll(graph.neighbours(i))) return false;
    if (!Set.of(i).containsAll(graph.neighbours(j))) return false;
    Form vector = new Form.Vectorized(graph.between(i, j), false);
    replace(f);
    graph.addWeight(f.labels().getFirst(), vector);
    return true;
  }

  /** A vector and a matrix: kron(v, M) or kron(M, v). */
  private boolean columnwise(Einsum.Factor f) {
    int k = f.labels().getFirst();
    int i = f.labels().get(1);
    int j = f.labels().get(2);
    Set<Integer> fast = graph.neighbours(i);
    Set<Integer> slow = graph.neighbours(j);
    boolean fastMatrix = fast.size() == 1 && slow.isEmpty();
    if (!fastMatrix && !(slow.size() == 1 && fast.isEmpty())) return false;
    int other = (fastMatrix ? fast : slow).iterator().next();
    if (other == i || other == j || other == k || isFused(other)) return false;
    Form matrix = rows(fastMatrix ? i : j, other);
    Form vector = graph.result(List.of(fastMatrix ? j : i));
    replace(f);
    graph.addEdge(
        k,
        other,
        fastMatrix
            ? new Form.ColumnKronecker(vector, matrix, false)
            : new Form.ColumnKronecker(matrix, vector, false));
    return true;
  }

  private boolean isFused(int label) {
    return graph.higher.stream()
        .anyMatch(h -> h.tensor() instanceof Fuse && h.labels().contains(label));
  }

  /** The matrix between a fused label and another one whose weight stays where it is. */
  private Form rows(int fused, int other) {
    Reduction.Edge edge = graph.edges.stream().filter(e -> e.joins(fused, other)).toList().get(0);
    Form matrix = graph.matrix(edge, fused);
    Form weight = graph.weight(fused);
    return weight == null ? matrix : Form.multiply(new Form.Diagonal(weight), matrix);
  }

  private boolean kronecker(Einsum.Factor f, Einsum.Factor g) {
    int k = f.labels().get(0);
    int l = g.labels().get(0);
    List<Integer> fast = List.of(f.labels().get(1), g.labels().get(1));
    List<Integer> slow = List.of(f.labels().get(2), g.labels().get(2));
    if (k == l || !isPair(fast) || !isPair(slow)) return false;
    Form right = graph.between(fast.get(0), fast.get(1));
    Form left = graph.between(slow.get(0), slow.get(1));
    replace(f);
    replace(g);
    graph.addEdge(k, l, new Form.Kronecker(left, right));
    return true;
  }

  private boolean isPair(List<Integer> labels) {
    int a = labels.get(0);
    int b = labels.get(1);
    return a != b
        && Set.of(b).containsAll(graph.neighbours(a))
        && Set.of(a).containsAll(graph.neighbours(b));
  }

  private void replace(Einsum.Factor f) {
    graph.higher.remove(f);
    graph.remove(f.labels().get(1));
    graph.remove(f.labels().get(2));
  }
}
