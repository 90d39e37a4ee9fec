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
        graph.higher.stream()
            .filter(f -> f.tensor() instanceof Fuse && Set.copyOf(f.labels()).size() == 3)
            .toList();
    for (Einsum.Factor f : fuses) if (isInner(f) && (vectorize(f) || columnwise(f))) return true;
    for (Einsum.Factor f : fuses) {
      for (Einsum.Factor g : fuses) if (!f.equals(g) && kronecker(f, g)) return true;
    }
    for (Einsum.Factor f : fuses) if (weigh(f) || besideUnit(f)) return true;
    return false;
  }

  /** Whether the two fused labels are summed and occur in no other factor of rank 3 or more. */
  private boolean isInner(Einsum.Factor f) {
    return graph.isInner(f.labels().get(1)) && graph.isInner(f.labels().get(2));
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

  /** A matrix over the fused labels themselves is a weight of the label they are fused to. */
  private boolean weigh(Einsum.Factor f) {
    int i = f.labels().get(1);
    int j = f.labels().get(2);
    for (Reduction.Edge e : graph.edges) {
      if (!e.joins(i, j)) continue;
      graph.edges.remove(e);
      graph.addWeight(f.labels().getFirst(), new Form.Vectorized(graph.matrix(e, i), false));
      return true;
    }
    return false;
  }

  /** A vector and a label that goes on elsewhere: kron(v, eye) or kron(eye, v). */
  private boolean besideUnit(Einsum.Factor f) {
    int k = f.labels().getFirst();
    for (int place = 1; place <= 2; place++) {
      int vector = f.labels().get(place);
      int other = f.labels().get(3 - place);
      if (!graph.isInner(vector) || !graph.neighbours(vector).isEmpty()) continue;
      Form column = graph.result(List.of(vector));
      Form unit = new Form.Identity(graph.size(other));
      graph.higher.remove(f);
      graph.remove(vector);
      graph.addEdge(
          k,
          other,
          place == 1
              ? new Form.ColumnKronecker(unit, column, false)
              : new Form.ColumnKronecker(column, unit, false));
      return true;
    }
    return false;
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

  /**
   * Fuse[k,a,b] P[a,c] Q[b,d] Fuse[l,c,d] is kron(Q,P)[k,l]; where a meets d and b meets c a
   * commutation matrix follows.
   */
  private boolean kronecker(Einsum.Factor f, Einsum.Factor g) {
    int k = f.labels().get(0);
    int l = g.labels().get(0);
    if (k == l) return false;
    int fast = f.labels().get(1);
    int slow = f.labels().get(2);
    int c = g.labels().get(1);
    int d = g.labels().get(2);
    Form product;
    if (meet(fast, c) && meet(slow, d)) {
      product = kronecker(matrix(slow, d), matrix(fast, c));
    } else if (meet(fast, d) && meet(slow, c)) {
      Fuse argument = (Fuse) g.tensor();
      Form swap = new Form.Commutation(argument.rows(), argument.columns());
      product = Form.multiply(kronecker(matrix(slow, c), matrix(fast, d)), swap);
    } else {
      return false;
    }
    replace(f);
    replace(g);
    graph.addEdge(k, l, product);
    return true;
  }

  /** The Kronecker product of two unit matrices is one. */
  private static Form kronecker(Form left, Form right) {
    return left instanceof Form.Identity l && right instanceof Form.Identity r
        ? new Form.Identity(r.size().times(l.size()))
        : new Form.Kronecker(left, right);
  }

  /** Whether two fused labels are one, or are joined by matrices and by nothing else. */
  private boolean meet(int a, int b) {
    if (a == b) {
      long fused = graph.higher.stream().filter(h -> h.labels().contains(a)).count();
      return fused == 2 && !graph.isTerminal(a) && graph.neighbours(a).isEmpty();
    }
    return graph.isInner(a)
        && graph.isInner(b)
        && Set.of(b).containsAll(graph.neighbours(a))
        && Set.of(a).containsAll(graph.neighbours(b));
  }

  private Form matrix(int rows, int columns) {
    if (rows != columns) return graph.between(rows, columns);
    Form weight = graph.weight(rows);
    return weight == null ? new Form.Identity(graph.size(rows)) : new Form.Diagonal(weight);
  }

  private void replace(Einsum.Factor f) {
    graph.higher.remove(f);
    graph.remove(f.labels().get(1));
    graph.remove(f.labels().get(2));
  }
}
