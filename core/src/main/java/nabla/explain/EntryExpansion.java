package nabla.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Adjugate;
import nabla.operation.Determinant;
import nabla.operation.Exponential;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.ProductOfEntries;
import nabla.operation.Softmax;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * Writes a tensor of small sizes out: every entry becomes a formula in the entries of the
 * variables, by the definition of each operation.
 */
final class EntryExpansion {
  private static final int MOST_TERMS = 20_000;
  private static final int LARGEST_DETERMINANT = 3;

  /** The entries of an array in row-major order. */
  record Entries(List<Integer> shape, List<Tensor> values) {
    static Entries of(int[] shape, Tensor[] values) {
      return new Entries(Arrays.stream(shape).boxed().toList(), List.of(values));
    }

    Tensor at(int i, int j) {
      return values.get(i * columns() + j);
    }

    int rows() {
      return shape.get(0);
    }

    int columns() {
      return shape.get(1);
    }
  }

  private final Map<String, Integer> sizes;
  private final Map<String, Entries> variables;
  private final Map<Tensor, Entries> known = new HashMap<>();

  /**
   * @param sizes a number for every name of a size
   * @param variables the entries of every variable
   */
  EntryExpansion(Map<String, Integer> sizes, Map<String, Entries> variables) {
    this.sizes = sizes;
    this.variables = variables;
  }

  /**
   * The entries.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if an operation has no formula for them
   */
  Entries of(Tensor root) {
    for (Tensor node : Tensors.topological(root)) {
      if (!known.containsKey(node)) known.put(node, expanded(node));
    }
    return Objects.requireNonNull(known.get(root));
  }

  private Entries expanded(Tensor node) {
    return switch (node) {
      case Variable v -> Objects.requireNonNull(variables.get(v.name()), v.name());
      case Constant c -> scalar(c);
      case Extent e -> scalar(Tensors.number(e.size().value(sizes)));
      case Structural s -> structural(s);
      case Einsum e -> product(e);
      case Sum s -> sum(s);
      case Elementwise e -> elementwise(e);
      case Apply a -> apply(a);
    };
  }

  private static Entries scalar(Tensor value) {
    return new Entries(List.of(), List.of(value));
  }

  private int[] shape(Tensor t) {
    return t.shape().stream().mapToInt(size -> size.value(sizes)).toArray();
  }

  private static int count(int[] shape) {
    int count = 1;
    for (int n : shape) count *= n;
    return count;
  }

  private Entries structural(Structural s) {
    int[] shape = shape(s);
    Tensor[] values = new Tensor[count(shape)];
    int[] index = new int[shape.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = Tensors.number(s.entry(index, sizes));
      advance(index, shape);
    }
    return Entries.of(shape, values);
  }

  /** The next index in row-major order. */
  private static void advance(int[] index, int[] shape) {
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) return;
      index[axis] = 0;
    }
  }

  private Entries product(Einsum e) {
    int[] labels = e.sizes().stream().mapToInt((Size size) -> size.value(sizes)).toArray();
    if (count(labels) > MOST_TERMS) throw tooLong();
    int[] shape = shape(e);
    List<List<Sum.Term>> sums = new ArrayList<>();
    for (int k = 0; k < count(shape); k++) sums.add(new ArrayList<>());
    int[] index = new int[labels.length];
    for (int k = 0; k < count(labels); k++) {
      Product product = new Product().times(e.coefficient());
      for (Einsum.Factor f : e.factors()) {
        Entries entries = Objects.requireNonNull(known.get(f.tensor()));
        product.factor(
            entries.values().get(place(f.labels(), index, shape(f.tensor()))),
            f.exponent(),
            List.of());
      }
      sums.get(place(e.output(), index, shape)).add(new Sum.Term(Rational.ONE, product.to()));
      advance(index, labels);
    }
    Tensor[] values = new Tensor[sums.size()];
    for (int k = 0; k < values.length; k++) values[k] = Sum.of(sums.get(k), List.of());
    return Entries.of(shape, values);
  }

  private static int place(List<Integer> labels, int[] index, int[] shape) {
    int place = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      place = place * shape[axis] + index[labels.get(axis)];
    }
    return place;
  }

  private Entries sum(Sum s) {
    int[] shape = shape(s);
    Tensor[] values = new Tensor[count(shape)];
    for (int k = 0; k < values.length; k++) {
      List<Sum.Term> terms = new ArrayList<>();
      for (Sum.Term t : s.terms()) {
        Entries entries = Objects.requireNonNull(known.get(t.tensor()));
        terms.add(new Sum.Term(t.coefficient(), entries.values().get(k)));
      }
      values[k] = Sum.of(terms, List.of());
    }
    return Entries.of(shape, values);
  }

  private Entries elementwise(Elementwise e) {
    int[] shape = shape(e);
    Tensor[] values = new Tensor[count(shape)];
    for (int k = 0; k < values.length; k++) {
      List<Tensor> operands = new ArrayList<>();
      for (Tensor o : e.operands())
        operands.add(Objects.requireNonNull(known.get(o)).values().get(k));
      values[k] = new Elementwise(e.operator(), operands);
    }
    return Entries.of(shape, values);
  }

  private Entries apply(Apply a) {
    Operator operator = a.operator();
    Entries x = Objects.requireNonNull(known.get(a.operands().getFirst()));
    if (operator.equals(Determinant.DETERMINANT)) return scalar(determinant(x));
    if (operator.equals(LogDeterminant.LOGDET)) {
      return scalar(Exponential.LOG.at(determinant(x)));
    }
    if (operator.equals(Adjugate.ADJUGATE)) return adjugate(x);
    if (operator.equals(Inverse.INVERSE)) {
      Tensor reciprocal = Tensors.power(determinant(x), Rational.MINUS_ONE);
      return map(adjugate(x), entry -> Tensors.hadamard(entry, reciprocal));
    }
    int count = x.values().size();
    if (operator.equals(Softmax.SOFTMAX)) return softmax(x, count);
    if (operator.equals(Softmax.LSE)) return logSums(x, count, List.of());
    if (operator.equals(Softmax.ROW_SOFTMAX)) return softmax(x, x.columns());
    if (operator.equals(Softmax.ROW_LSE)) return logSums(x, x.columns(), List.of(x.rows()));
    if (operator.equals(ProductOfEntries.PROD))
      return scalar(Tensors.hadamard(x.values().toArray(Tensor[]::new)));
    throw new NablaException(
        Code.UNSUPPORTED,
        operator.name()
            + " has no formula for its entries that one would write out; --by differential explains"
            + " it");
  }

  private static Entries map(Entries x, UnaryOperator<Tensor> change) {
    return new Entries(x.shape(), x.values().stream().map(change).toList());
  }

  /** Of runs of so many entries. */
  private static Entries softmax(Entries x, int run) {
    List<Tensor> values = new ArrayList<>();
    for (int k = 0; k < x.values().size(); k++) {
      Tensor reciprocal = Tensors.power(exponentials(x, k / run * run, run), Rational.MINUS_ONE);
      values.add(Tensors.hadamard(Exponential.EXP.at(x.values().get(k)), reciprocal));
    }
    return new Entries(x.shape(), values);
  }

  private static Entries logSums(Entries x, int run, List<Integer> shape) {
    List<Tensor> values = new ArrayList<>();
    for (int k = 0; k < x.values().size(); k += run) {
      values.add(Exponential.LOG.at(exponentials(x, k, run)));
    }
    return new Entries(shape, values);
  }

  /** The sum of the exponentials of a run of entries. */
  private static Tensor exponentials(Entries x, int from, int run) {
    List<Sum.Term> terms = new ArrayList<>();
    for (Tensor entry : x.values().subList(from, from + run)) {
      terms.add(new Sum.Term(Rational.ONE, Exponential.EXP.at(entry)));
    }
    return Sum.of(terms, List.of());
  }

  static NablaException tooLong() {
    return new NablaException(
        Code.LIMIT, "written out by entries this is too long; take smaller --sizes");
  }

  /** By the first row (Laplace). */
  private static Tensor determinant(Entries x) {
    int n = x.rows();
    if (n > LARGEST_DETERMINANT) throw tooLong();
    if (n == 0) return Tensors.number(1);
    List<Sum.Term> terms = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      Tensor term = Tensors.hadamard(x.at(0, j), determinant(minor(x, 0, j)));
      terms.add(new Sum.Term(Rational.of(j % 2 == 0 ? 1 : -1), term));
    }
    return Sum.of(terms, List.of());
  }

  private static Entries minor(Entries x, int row, int column) {
    int n = x.rows();
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != row && j != column) values.add(x.at(i, j));
      }
    }
    return new Entries(List.of(n - 1, n - 1), values);
  }

  private static Entries adjugate(Entries x) {
    int n = x.rows();
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        Tensor cofactor = determinant(minor(x, j, i));
        values.add((i + j) % 2 == 0 ? cofactor : Tensors.negate(cofactor));
      }
    }
    return new Entries(x.shape(), values);
  }
}
