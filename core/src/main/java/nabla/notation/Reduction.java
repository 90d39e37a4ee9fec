package nabla.notation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nabla.tensor.Einsum;
import nabla.tensor.Fuse;
import nabla.tensor.Rational;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

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

    boolean joins(int a, int b) {
      return (from == a && to == b) || (from == b && to == a);
    }
  }

  /** A number that has split off: a vector summed, or a matrix summed over both axes. */
  record Closed(Form form, boolean matrix) {}

  private final List<Size> sizes;
  private final Set<Integer> terminals;
  private final Set<Integer> labels = new TreeSet<>();

  /** Whether two edges may join the same labels. */
  private boolean parallel;

  final Map<Integer, Form> weights = new LinkedHashMap<>();
  final List<Edge> edges = new ArrayList<>();
  final List<Closed> closed = new ArrayList<>();
  final List<Einsum.Factor> scalars = new ArrayList<>();
  final List<Einsum.Factor> higher = new ArrayList<>();

  /**
   * Reduces at once.
   *
   * @param terminals the labels of the result
   */
  Reduction(List<Einsum.Factor> factors, List<Size> sizes, Set<Integer> terminals) {
    this.sizes = new ArrayList<>(sizes);
    this.terminals = terminals;
    for (Einsum.Factor f : slicedApart(factors)) place(f);
    boolean going = true;
    while (going) going = joinParallel() || eliminateOne() || reduceHigher();
  }

  /**
   * A range of a summed label is a slice of every factor that carries it: Selection[i,k] A[i,r]
   * x[i] becomes Selection[i,k] A[i,r] Selection[j,k] x[j]; and so with entries. One of several
   * ranges of a label is enough: the others are factors that carry it.
   */
  private List<Einsum.Factor> slicedApart(List<Einsum.Factor> factors) {
    List<Einsum.Factor> apart = new ArrayList<>(factors);
    Set<Integer> done = new TreeSet<>();
    for (int s = 0; s < factors.size(); s++) {
      Einsum.Factor f = apart.get(s); // where another slice has moved it
      if (!(f.tensor() instanceof Selection || f.tensor() instanceof Unit)) continue;
      int label = f.labels().get(0);
      if (terminals.contains(label) || !done.add(label)) continue;
      boolean first = true;
      for (int k = 0; k < apart.size(); k++) {
        Einsum.Factor g = apart.get(k);
        if (k == s || !g.labels().contains(label)) continue;
        if (!first) {
          int own = sizes.size();
          sizes.add(sizes.get(label));
          List<Integer> moved = g.labels().stream().map(l -> l == label ? own : l).toList();
          apart.set(k, new Einsum.Factor(g.tensor(), g.exponent(), moved));
          List<Integer> cut = new ArrayList<>(f.labels());
          cut.set(0, own);
          apart.add(new Einsum.Factor(f.tensor(), f.exponent(), cut));
        }
        first = false;
      }
    }
    return apart;
  }

  private boolean reduceHigher() {
    return !higher.isEmpty()
        && (new LinearReduction(this).reduce() || new FuseReduction(this).reduce());
  }

  /** Whether a label is summed and at most one factor of rank 3 or more carries it. */
  boolean isInner(int label) {
    return !isTerminal(label)
        && higher.stream().filter(h -> h.labels().contains(label)).count() <= 1;
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

  void addWeight(int label, Form form) {
    weights.merge(label, form, Form::hadamard);
  }

  void addEdge(int from, int to, Form form) {
    if (from == to) addWeight(from, new Form.DiagonalOf(form, false));
    else {
      for (Edge e : edges) parallel |= e.joins(from, to);
      edges.add(new Edge(from, to, form));
    }
  }

  /** Takes a label out of the graph together with its weight and edges. */
  void remove(int label) {
    labels.remove(label);
    weights.remove(label);
    edges.removeIf(e -> e.touches(label));
  }

  /** Labels that are neither in the result nor eliminated; empty if a matrix form exists. */
  Set<Integer> open() {
    Set<Integer> open = new TreeSet<>(labels);
    open.removeAll(terminals);
    return open;
  }

  boolean isTerminal(int label) {
    return terminals.contains(label);
  }

  /** Whether a factor of rank 3 or more keeps the label alive. */
  private boolean isHeld(int label) {
    return higher.stream().anyMatch(f -> f.labels().contains(label));
  }

  private boolean joinParallel() {
    if (!parallel) return false;
    Map<Long, Edge> seen = new HashMap<>();
    for (Edge e : edges) {
      long ends = (long) Math.min(e.from(), e.to()) << 32 | Math.max(e.from(), e.to());
      Edge first = seen.putIfAbsent(ends, e);
      if (first == null) continue;
      Form turned = e.from() == first.from() ? e.form() : e.form().turn();
      edges.remove(first);
      edges.remove(e);
      edges.add(new Edge(first.from(), first.to(), Form.hadamard(first.form(), turned)));
      return true;
    }
    parallel = false;
    return false;
  }

  /** Eliminates the first label of the smallest degree. */
  private boolean eliminateOne() {
    int[] degrees = new int[sizes.size()];
    for (Edge e : edges) {
      degrees[e.from()]++;
      degrees[e.to()]++;
    }
    int best = -1;
    for (int label : labels) {
      boolean fewer = best < 0 ? degrees[label] <= 2 : degrees[label] < degrees[best];
      if (fewer && !terminals.contains(label) && !isHeld(label)) best = label;
    }
    if (best < 0) return false;
    int chosen = best;
    eliminate(chosen, edges.stream().filter(e -> e.touches(chosen)).toList());
    return true;
  }

  private void eliminate(int label, List<Edge> incident) {
    Form weight = weight(label);
    switch (incident.size()) {
      case 0 -> {
        remove(label);
        if (weight != null) closed.add(new Closed(weight, false));
      }
      case 1 -> absorb(label, incident.getFirst(), weight);
      default -> {
        int from = incident.get(0).other(label);
        int to = incident.get(1).other(label);
        Form left = matrix(incident.get(0), from);
        Form middle = weight == null ? left : Form.multiply(left, new Form.Diagonal(weight));
        Form right = matrix(incident.get(1), label);
        remove(label);
        addEdge(from, to, Form.multiply(middle, right));
      }
    }
  }

  private void absorb(int label, Edge edge, @Nullable Form weight) {
    int other = edge.other(label);
    Form matrix = matrix(edge, other);
    boolean alone =
        weight == null
            && !terminals.contains(other)
            && !isHeld(other)
            && !weights.containsKey(other)
            && edges.stream().filter(e -> e.touches(other)).count() == 1;
    remove(label);
    if (alone) {
      remove(other);
      closed.add(new Closed(matrix, true));
      return;
    }
    Form column = weight == null ? new Form.Ones(List.of(sizes.get(label)), false) : weight;
    addWeight(other, Form.apply(matrix, column));
  }

  /** The weight of a label as a column, or null if it is all ones. */
  @Nullable Form weight(int label) {
    Form weight = weights.get(label);
    return weight == null ? null : Form.complete(weight, List.of(sizes.get(label)));
  }

  private Form column(int label) {
    Form weight = weight(label);
    return weight == null ? new Form.Ones(List.of(sizes.get(label)), false) : weight;
  }

  /** The matrix of an edge with rows by the given end. */
  Form matrix(Edge edge, int rows) {
    Form form = rows == edge.from() ? edge.form() : edge.form().turn();
    return Form.complete(form, List.of(sizes.get(rows), sizes.get(edge.other(rows))));
  }

  /** The matrix between two labels with their weights as diagonal matrices. */
  Form between(int rows, int columns) {
    for (Edge e : edges) {
      if (!e.joins(rows, columns)) continue;
      Form left = weight(rows);
      Form right = weight(columns);
      Form matrix = matrix(e, rows);
      if (left != null) matrix = Form.multiply(new Form.Diagonal(left), matrix);
      return right == null ? matrix : Form.multiply(matrix, new Form.Diagonal(right));
    }
    if (!weights.containsKey(rows) && !weights.containsKey(columns)) {
      return new Form.Ones(List.of(sizes.get(rows), sizes.get(columns)), false);
    }
    return Form.multiply(column(rows), column(columns).turn());
  }

  /** Whether what is left is a number, a vector or a matrix over these labels. */
  boolean isComplete(List<Integer> output) {
    return output.size() <= 2 && higher.isEmpty() && open().isEmpty();
  }

  /** The vector or matrix over one or two labels. */
  Form result(List<Integer> output) {
    int first = output.getFirst();
    if (output.size() == 1) return column(first);
    int second = output.get(1);
    if (first != second) return between(first, second);
    Form weight = weight(first);
    return weight == null ? new Form.Identity(sizes.get(first)) : new Form.Diagonal(weight);
  }

  /** How many factors carry a label. */
  int uses(int label) {
    int uses = weights.containsKey(label) ? 1 : 0;
    for (Edge e : edges) if (e.touches(label)) uses++;
    for (Einsum.Factor f : higher) if (f.labels().contains(label)) uses++;
    return uses;
  }

  Size size(int label) {
    return sizes.get(label);
  }

  /** The labels at the other ends of the edges of a label. */
  Set<Integer> neighbours(int label) {
    Set<Integer> neighbours = new HashSet<>();
    for (Edge e : edges) if (e.touches(label)) neighbours.add(e.other(label));
    return neighbours;
  }
}
