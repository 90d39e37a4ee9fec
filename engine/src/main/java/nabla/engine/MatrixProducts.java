package nabla.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import nabla.engine.kernel.NonzeroRows;
import nabla.engine.kernel.NonzeroTerms;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Structural;
import org.jspecify.annotations.Nullable;

/**
 * A contraction of two factors as a product of matrices: the labels that only the left one has are
 * the rows, those that both have the inner axis, those that only the right one has the columns. An
 * operand whose axes do not lie so that each group walks at one stride is copied first. A product
 * with an inverse that nothing else needs is the solution of an equation.
 */
final class MatrixProducts {
  /** Rows from which on a copy of the other factor costs less than it saves. */
  private static final int ENOUGH_ROWS = 16;

  /** Multiplications of a product up to which it gains by a copy. */
  private static final double FEW = 1e6;

  /** Terms of each of its numbers up to which a product gains by a copy, however large it is. */
  private static final int FEW_TERMS = 64;

  private final Lowering lowering;
  private final Einsum product;
  private final Affine affine;
  private final int[] extents;
  private double alpha = 1;

  MatrixProducts(Lowering lowering, Einsum product, Affine affine) {
    this.lowering = lowering;
    this.product = product;
    this.affine = affine;
    this.extents = product.sizes().stream().mapToInt(lowering::extent).toArray();
  }

  /** The value times a factor, or null if this is no product of matrices. */
  @Nullable Value of(double factor) {
    this.alpha = factor * product.coefficient().doubleValue();
    if (affine.factors.size() != 2 || !affine.covers(product.output())) return null;
    Factor first = affine.factors.get(0);
    Factor second = affine.factors.get(1);
    if (first.tensor() instanceof Structural || second.tensor() instanceof Structural) return null;
    List<Integer> left = affine.left(first.labels());
    List<Integer> right = affine.left(second.labels());
    List<Integer> inner = left.stream().filter(right::contains).toList();
    boolean batched = inner.stream().anyMatch(product.output()::contains);
    List<Integer> rows = left.stream().filter(l -> !right.contains(l)).toList();
    List<Integer> columns = right.stream().filter(l -> !left.contains(l)).toList();
    boolean alone = !product.output().containsAll(rows) || !product.output().containsAll(columns);
    if (batched || alone || inner.isEmpty() || (rows.isEmpty() && columns.isEmpty())) return null;
    Value solved = solution(first, second, inner);
    if (solved == null) solved = solution(second, first, inner);
    if (solved != null) return solved;
    Value paired = lowering.pairs.of(product, first, second, this);
    if (paired != null) return paired;
    // a vector is a column, and the result lies row by row
    List<Integer> turned = new ArrayList<>(columns);
    turned.addAll(rows);
    boolean turn = rows.isEmpty() || (!columns.isEmpty() && turned.equals(product.output()));
    return turn
        ? product(second, first, columns, inner, rows)
        : product(first, second, rows, inner, columns);
  }

  double alpha() {
    return alpha;
  }

  Operand operandOf(Factor f) {
    return new Operand(operand(f), f.labels());
  }

  /** The quadratic form of an inverse, which is not formed. */
  Value of(QuadraticForm form) {
    int axis = form.inverse().labels().getFirst();
    Sides sides = new Sides(form.other(), axis);
    Value factorization = lowering.applications.factorization((Apply) form.inverse().tensor());
    Value half = lowering.nodes.computed(lowering.domain(product, sides.order()));
    lowering.nodes.add(
        new Node.Factored(
            half, Node.Use.HALF_SOLUTION, factorization, sides.view, sides.byRows, 1));
    Value result = lowering.nodes.computed(product.shape(), lowering.shape(product));
    double coefficient = product.coefficient().doubleValue();
    return lowering.nodes.add(
        new Node.QuadraticForm(result, factorization, half, sides.view, coefficient));
  }

  /** The right sides of equations: the columns of a matrix, or its rows if they lie so. */
  private final class Sides {
    private final int axis;
    private final List<Integer> outer;
    private final boolean byRows;
    private final MatrixView view;

    Sides(Factor factor, int axis) {
      Operand right = new Operand(operand(factor), factor.labels());
      List<Integer> others = affine.left(factor.labels()).stream().filter(l -> l != axis).toList();
      this.axis = axis;
      this.outer = right.sorted(others);
      this.byRows = right.walk.stride(axis) == 1 && !others.isEmpty();
      this.view =
          byRows ? right.straight(outer, List.of(axis)) : right.straight(List.of(axis), outer);
    }

    List<Integer> order() {
      List<Integer> order = new ArrayList<>(outer);
      order.add(byRows ? order.size() : 0, axis);
      return order;
    }
  }

  /** A factor as an array; one with a power is computed first. */
  private Value operand(Factor f) {
    Value base = lowering.value(f.tensor());
    if (f.isPlain()) return base;
    return lowering.nodes.pointwise(Domain.of(base), Powers.of(Nodes.here(base), f.exponent()));
  }

  private Value product(
      Factor first, Factor second, List<Integer> rows, List<Integer> inner, List<Integer> columns) {
    Operand a = operandOf(first);
    Operand b = operandOf(second);
    List<Integer> m = a.sorted(rows);
    List<Integer> n = b.sorted(columns);
    List<Integer> k = a.sorted(inner);
    if (b.view(k, n) == null && b.view(b.sorted(inner), n) != null) k = b.sorted(inner);
    MatrixView left = a.matrix(m, k);
    MatrixView right = b.matrix(k, n);
    Value result = result(m, n);
    if (a.isMirrored(b, m, n, k)) {
      return lowering.nodes.add(new Node.SymmetricProduct(result, alpha, left.turned()));
    }
    if (Zeros.isLikely(second, inner) && gainsByColumns(left, right)) left = a.byColumns(m, k);
    MatrixView straight = areSlowDots(left, right) ? b.straight(k, n) : right;
    return lowering.nodes.add(new Node.MatrixProduct(result, alpha, left, straight));
  }

  /**
   * Whether each number is the product of two rows, and there are so few that OpenBLAS copies
   * neither factor: that takes twice as long as where one of them lies the other way.
   */
  private static boolean areSlowDots(MatrixView left, MatrixView right) {
    int terms = left.columns();
    boolean few = terms <= FEW_TERMS || (double) left.rows() * right.columns() * terms <= FEW;
    return !left.transposed()
        && right.transposed()
        && left.rows() >= ENOUGH_ROWS
        && right.columns() > 1
        && terms > 1
        && few;
  }

  /** Whether columns of data that stay the same are left out, if they lie one after the other. */
  private boolean gainsByColumns(MatrixView left, MatrixView right) {
    boolean stays =
        left.value().origin() == Value.Origin.GIVEN && lowering.nodes.isFixed(left.value());
    if (!stays || left.transposed() || right.transposed()) return false;
    int terms = left.columns();
    return right.columns() == 1
        ? NonzeroRows.gains(lowering.precision, terms, left.rows())
        : NonzeroTerms.gains(left.rows(), terms, right.columns());
  }

  /** A value whose memory has these groups of labels, the slowest first. */
  Value result(List<Integer> rows, List<Integer> columns) {
    List<Integer> order = new ArrayList<>(rows);
    order.addAll(columns);
    long[] strides = new long[product.rank()];
    long stride = 1;
    for (int k = order.size() - 1; k >= 0; k--) {
      strides[product.output().indexOf(order.get(k))] = stride;
      stride *= Math.max(1, extents[order.get(k)]);
    }
    int[] shape = lowering.shape(product);
    return lowering.nodes.value(Value.Origin.COMPUTED, "", product.shape(), shape, strides);
  }

  /** An array with the labels that walk it. */
  final class Operand {
    private final Value value;
    private final Affine.Walk walk;

    Operand(Value value, List<Integer> labels) {
      this.value = value;
      this.walk = affine.walk(labels, value.strides());
    }

    /** The slowest first, as they lie in memory. */
    List<Integer> sorted(List<Integer> labels) {
      List<Integer> sorted = new ArrayList<>(labels);
      sorted.sort(Comparator.comparingLong(l -> -Math.abs(walk.stride(l))));
      return sorted;
    }

    @Nullable MatrixView view(List<Integer> rows, List<Integer> columns) {
      return MatrixView.of(value, walk, rows, columns, extents);
    }

    MatrixView matrix(List<Integer> rows, List<Integer> columns) {
      MatrixView view = view(rows, columns);
      return view != null ? view : packed(rows, columns);
    }

    /** Stored row by row. */
    MatrixView straight(List<Integer> rows, List<Integer> columns) {
      MatrixView view = view(rows, columns);
      return view != null && !view.transposed() ? view : packed(rows, columns);
    }

    /** Stored column by column. */
    MatrixView byColumns(List<Integer> rows, List<Integer> columns) {
      return packed(/* rows= */ columns, /* columns= */ rows).turned();
    }

    private MatrixView packed(List<Integer> rows, List<Integer> columns) {
      List<Integer> order = new ArrayList<>(rows);
      order.addAll(columns);
      Value copy =
          lowering.nodes.copy(
              ProductLowering.read(value, walk, order), lowering.domain(product, order));
      int height = rows.stream().mapToInt(l -> extents[l]).reduce(1, Math::multiplyExact);
      int width = columns.stream().mapToInt(l -> extents[l]).reduce(1, Math::multiplyExact);
      return new MatrixView(copy, 0, height, width, Math.max(1, width), false);
    }

    /** Whether the other one is this one transposed. */
    boolean isMirrored(Operand other, List<Integer> rows, List<Integer> columns, List<Integer> k) {
      if (!value.equals(other.value) || walk.offset() != other.walk.offset()) return false;
      if (rows.size() != columns.size() || rows.isEmpty()) return false;
      for (int l = 0; l < rows.size(); l++) {
        boolean same =
            walk.stride(rows.get(l)) == other.walk.stride(columns.get(l))
                && extents[rows.get(l)] == extents[columns.get(l)];
        if (!same) return false;
      }
      return k.stream().allMatch(l -> walk.stride(l) == other.walk.stride(l));
    }
  }

  /** The solution of an equation, if a factor is an inverse that nobody forms. */
  private @Nullable Value solution(Factor inverse, Factor other, List<Integer> inner) {
    boolean solves =
        Uses.isInverse(inverse.tensor())
            && Uses.solves(product, inverse.tensor())
            && inner.size() == 1
            && !lowering.uses.isFormed(inverse.tensor());
    if (!solves) return null;
    int axis = inner.getFirst();
    boolean transposed = inverse.labels().get(0) == axis;
    int free = inverse.labels().get(transposed ? 1 : 0);
    Sides sides = new Sides(other, axis);
    Value result =
        sides.byRows ? result(sides.outer, List.of(free)) : result(List.of(free), sides.outer);
    Value factorization = lowering.applications.factorization((Apply) inverse.tensor());
    Node.Use use = transposed ? Node.Use.TRANSPOSED_SOLUTION : Node.Use.SOLUTION;
    return lowering.nodes.add(
        new Node.Factored(result, use, factorization, sides.view, sides.byRows, alpha));
  }
}
