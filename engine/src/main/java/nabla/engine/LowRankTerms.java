package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * The terms of an output that are products of something of the rows and something of the columns.
 */
final class LowRankTerms {
  /**
   * A product over the rows and the columns.
   *
   * @param left has the axes of the rows, and one more if {@code summed}
   * @param right has the axes of the columns, and the same one more
   */
  record Pair(Rational coefficient, Tensor left, Tensor right, boolean summed) {}

  private final int rows;
  private final List<Size> shape;
  private final List<Pair> pairs = new ArrayList<>();

  LowRankTerms(int rows, List<Size> shape) {
    this.rows = rows;
    this.shape = shape;
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** Takes a term in; whether it is such a product. */
  boolean add(Rational coefficient, List<Factor> factors, List<Integer> output) {
    if (output.stream().distinct().count() < output.size()) return false;
    List<Integer> left = output.subList(0, rows);
    List<Integer> right = output.subList(rows, 2 * rows);
    if (factors.size() == 1 && addContraction(coefficient, factors.getFirst(), output)) return true;
    List<Factor> first = new ArrayList<>();
    List<Factor> second = new ArrayList<>();
    for (Factor f : factors) {
      boolean ofRows = left.containsAll(f.labels());
      if (!ofRows && !right.containsAll(f.labels())) return false;
      (ofRows ? first : second).add(f);
    }
    pairs.add(new Pair(coefficient, over(first, left, 0), over(second, right, rows), false));
    return true;
  }

  private Tensor over(List<Factor> factors, List<Integer> output, int axis) {
    Product product = new Product();
    List<Integer> labels = product.labels(shape.subList(axis, axis + rows));
    for (Factor f : factors) {
      product.factor(
          f.tensor(),
          f.exponent(),
          f.labels().stream().map(l -> labels.get(output.indexOf(l))).toList());
    }
    return product.to(labels);
  }

  /** Σ_k A[rows,k] B[columns,k]: as many outer products as k has values. */
  private boolean addContraction(Rational coefficient, Factor factor, List<Integer> output) {
    if (!factor.isPlain() || !(factor.tensor() instanceof Einsum e) || e.factors().size() != 2) {
      return false;
    }
    if (rows != 1 || e.rank() != 2) return false;
    Factor a = e.factors().get(0);
    Factor b = e.factors().get(1);
    boolean plain = a.isPlain() && b.isPlain() && a.labels().size() == 2 && b.labels().size() == 2;
    if (!plain || e.sizes().size() != 3) return false;
    List<Integer> own = factor.labels().stream().map(output::indexOf).toList();
    int row = e.output().get(own.indexOf(0));
    boolean straight = a.labels().contains(row);
    Factor left = straight ? a : b;
    Factor right = straight ? b : a;
    if (!left.labels().contains(row) || right.labels().contains(row)) return false;
    Tensor first =
        left.labels().getFirst() == row ? left.tensor() : Tensors.transpose(left.tensor());
    int column = e.output().get(own.indexOf(1));
    Tensor second =
        right.labels().getFirst() == column ? right.tensor() : Tensors.transpose(right.tensor());
    pairs.add(new Pair(coefficient.times(e.coefficient()), first, second, true));
    return true;
  }

  /** The output over the diagonal and the two parts of each pair. */
  Tensor whole(List<Variable> parts) {
    Product diagonal = new Product();
    List<Integer> labels = diagonal.labels(shape);
    for (int a = 0; a < rows; a++) diagonal.unify(labels.get(a), labels.get(rows + a));
    diagonal.factor(parts.getFirst(), labels.subList(0, rows));
    List<Sum.Term> terms = new ArrayList<>();
    terms.add(new Sum.Term(Rational.ONE, diagonal.to(labels)));
    for (int k : IntStream.range(0, pairs.size()).toArray()) {
      Variable left = parts.get(2 * k + 1);
      Variable right = parts.get(2 * k + 2);
      Product product = new Product();
      List<Integer> axes = product.labels(shape);
      List<Integer> first = new ArrayList<>(axes.subList(0, rows));
      List<Integer> second = new ArrayList<>(axes.subList(rows, 2 * rows));
      if (pairs.get(k).summed()) {
        int inner = product.label(left.shape().getLast());
        first.add(inner);
        second.add(inner);
      }
      product.factor(left, first).factor(right, second);
      terms.add(new Sum.Term(pairs.get(k).coefficient(), product.to(axes)));
    }
    return Sum.of(terms, shape);
  }
}
