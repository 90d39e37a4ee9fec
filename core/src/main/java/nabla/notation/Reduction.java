package nabla.notation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.tensor.Einsum;
import nabla.tensor.Fuse;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/**
 * Series-parallel reduction of one product: labels are vertices, matrices are edges, vectors are
 * weights of vertices. Edges between the same vertices become one edge (.*), a loop becomes a
 * weight (diag), a summed vertex with one edge becomes a weight of its neighbour (matrix times
 * vector), one with two edges joins them (matrix times matrix), one without edges becomes a number.
 * What remains between the labels of the result is the matrix form; a product has one exactly if
 * its graph is series-parallel.
 */
final class Reduction {

  /** A matrix between two labels: rows by {@code from}, columns by {@code to}. */
  record Edge(int from, int to, Form form) {
    boolean touches(int label) {
      return from == label || to == label;
    }

    int other(int label) {
      return from == label ? to : from;
    }

    /** The matrix with rows by the given end. */
    Form from(int label) {
      return from == label ? form : form.turn();
    }
  }

  /** A number that has split off: what is summed at a vertex, or a matrix summed over both. */
  record Closed(Form form, boolean matrix) {}

  private final List<Size> sizes;
  private final Set<Integer> terminals;
  private final Set<Integer> labels = new HashSet<>();
  private final List<Integer> order;
  final Map<Integer, Form> weights = new LinkedHashMap<>();
  final List<Edge> edges = new ArrayList<>();
  final List<Closed> closed = new ArrayList<>();
  final List<Einsum.Factor> scalars = new ArrayList<>();
  final List<Einsum.Factor> higher = new ArrayList<>();

  /**
   * @param last a summed label that is eliminated after the others, or -1
   */
  Reduction(Einsum product, Set<Integer> terminals, int last) {
    this.sizes = product.sizes();
    this.terminals = terminals;
    for (Einsum.Factor f : product.factors()) place(f);
    order = new ArrayList<>(labels.stream().sorted().toList());
    if (order.remove(Integer.valueOf(last))) order.add(last);
    while (reduceOnce()) {}
  }

  private void place(Einsum.Factor f) {
    labels.addAll(f.labels());
    Tensor t = f.tensor();
    Form leaf =
        Form.power(new Form.Leaf(t, false), t instanceof Fuse ? Rational.ONE : f.exponent());
    switch (f.labels().size()) {
      case 0 -> scalars.add(f);
      case 1 -> addWeight(f.labels().getFirst(), leaf);
      case 2 -> addEdge(f.labels().get(0), f.labels().get(1), leaf);
      default -> higher.add(f);
    }
  }

  private void addWeight(int label, Form form) {
    weights.merge(label, form, Form::hadamard);
  }

  private void addEdge(int from, int to, Form form) {
    if (from == to) addWeight(from, new Form.DiagonalOf(form, false));
    else edges.add(new Edge(from, to, form));
  }

  /** Labels that are neither in the result nor eliminated; empty if a matrix form exists. */
  Set<Integer> open() {
    Set<Integer> open = new HashSet<>(labels);
    open.removeAll(terminals);
    return open;
  }

  private boolean reduceOnce() {
    if (joinParallel()) return true;
    for (int degree = 0; degree <= 2; degree++) {
      for (int label : order) {
        if (!labels.contains(label) || terminals.contains(label) || isHeld(label)) continue;
        List<Edge> incident = edges.stream().filter(e -> e.touches(label)).toList();
        if (incident.size() == degree) {
          eliminate(label, incident);
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a factor of rank 3 or more keeps the label alive. */
  private boolean isHeld(int label) {
    return higher.stream().anyMatch(f -> f.labels().contains(label));
  }

  private boolean joinParallel() {
    Map<Set<Integer>, Edge> seen = new HashMap<>();
    for (Edge e : edges) {
      Edge first = seen.putIfAbsent(Set.of(e.from(), e.to()), e);
      if (first == null) continue;
      edges.remove(first);
      edges.remove(e);
      edges.add(
          new Edge(first.from(), first.to(), Form.hadamard(first.form(), e.from(first.from()))));
      return true;
    }
    return false;
  }

  private void eliminate(int label, List<Edge> incident) {
    Form weight = weights.remove(label);
    labels.remove(label);
    edges.removeAll(incident);
    switch (incident.size()) {
      case 0 -> {
        if (weight != null) closed.add(new Closed(weight, false));
      }
      case 1 -> absorb(label, incident.getFirst(), weight);
      default -> {
        Edge a = incident.get(0);
        Edge b = incident.get(1);
        Form left = a.from(a.other(label));
        Form middle = weight == null ? left : Form.multiply(left, new Form.Diagonal(weight));
        addEdge(a.other(label), b.other(label), Form.multiply(middle, b.from(label)));
      }
    }
  }

  private void absorb(int label, Edge edge, @org.jspecify.annotations.Nullable Form weight) {
    int other = edge.other(label);
    boolean alone =
        weight == null
            && !terminals.contains(other)
            && !isHeld(other)
            && !weights.containsKey(other)
            && edges.stream().noneMatch(e -> e.touches(other));
    if (alone) {
      labels.remove(other);
      closed.add(new Closed(edge.form(), true));
      return;
    }
    Form vector = weight == null ? new Form.Ones(List.of(sizes.get(label)), false) : weight;
    addWeight(other, Form.multiply(edge.from(other), vector));
  }
}
