package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Products of matrices one of which is an outer product of a tensor with itself, {@code Σ_j A[i,j]
 * B[j,k] B[j,l]}. The result is the same for (k,l) and (l,k), so that a product with a column for
 * each pair has all of it, which then is written out. If A is such an outer product, too, there is
 * a row for each of its pairs.
 */
final class PairProducts {
  private final Lowering lowering;
  private final Map<Stored, Value> known = new HashMap<>();

  PairProducts(Lowering lowering) {
    this.lowering = lowering;
  }

  /** Pairs as they lie in memory: the axes of a tensor in this order, the one of the pairs last. */
  private record Stored(Tensor tensor, Rational exponent, List<Integer> axes) {}

  /** The value of a product times a factor, or null if it has no pairs. */
  @Nullable Value of(Einsum product, Factor first, Factor second, MatrixProducts matrices) {
    OuterSquare left = square(product, first, second);
    OuterSquare right = square(product, second, first);
    if (left != null && right != null) {
      boolean wide = extent(product, left.first()) <= extent(product, right.first());
      return wide ? both(product, left, right, matrices) : both(product, right, left, matrices);
    }
    if (right != null) return columns(product, first, right, matrices);
    return left == null ? null : columns(product, second, left, matrices);
  }

  /** A factor as an outer product of which everything is summed but the two labels of a pair. */
  private @Nullable OuterSquare square(Einsum product, Factor factor, Factor other) {
    OuterSquare square = OuterSquare.of(factor);
    if (square == null) return null;
    List<Integer> shared = square.shared();
    boolean summed =
        other.labels().containsAll(shared)
            && shared.stream().noneMatch(product.output()::contains)
            && Stream.of(square.first(), square.second()).noneMatch(other.labels()::contains);
    boolean matrix = other.labels().size() > shared.size() && Parts.areDistinct(other.labels());
    return summed && matrix && Circle.isWorthIt(extent(product, square.first())) ? square : null;
  }

  private int extent(Einsum product, int label) {
    return lowering.extent(product.sizes().get(label));
  }

  private Value columns(
      Einsum product, Factor factor, OuterSquare square, MatrixProducts matrices) {
    MatrixProducts.Operand operand = matrices.operandOf(factor);
    List<Integer> inner = operand.sorted(square.shared());
    List<Integer> open = factor.labels().stream().filter(l -> !inner.contains(l)).toList();
    List<Integer> rows = operand.sorted(open);
    Circle circle = new Circle(extent(product, square.first()));
    MatrixView left = operand.matrix(rows, inner);
    MatrixView right = pairs(product, square, inner, circle, circle.columns());
    List<Size> axes = new ArrayList<>(rows.stream().map(product.sizes()::get).toList());
    axes.add(Size.of(right.columns()));
    Value folded = folded(axes, left, right, matrices.alpha());
    Value result = matrices.result(rows, List.of(square.first(), square.second()));
    long n = circle.n();
    return lowering.nodes.add(
        new Node.Unfolded(
            result, folded, left.rows(), false, circle.n(), List.of(n * n, 0L, n, 1L)));
  }

  private Value both(
      Einsum product, OuterSquare first, OuterSquare second, MatrixProducts matrices) {
    List<Integer> inner = second.shared();
    Circle rows = new Circle(extent(product, first.first()));
    Circle columns = new Circle(extent(product, second.first()));
    MatrixView left = pairs(product, first, inner, rows, rows.pairs()).turned();
    MatrixView right = pairs(product, second, inner, columns, columns.columns());
    List<Size> axes = List.of(Size.of(left.rows()), Size.of(right.columns()));
    Value folded = folded(axes, left, right, matrices.alpha());
    Value result = matrices.result(product.output(), List.of());
    List<Long> strides =
        Stream.of(first.first(), first.second(), second.first(), second.second())
            .map(l -> result.strides()[product.output().indexOf(l)])
            .toList();
    return lowering.nodes.add(
        new Node.Unfolded(result, folded, rows.n(), true, columns.n(), strides));
  }

  private Value folded(List<Size> axes, MatrixView left, MatrixView right, double alpha) {
    Value folded =
        lowering.nodes.computed(axes, axes.stream().mapToInt(lowering::extent).toArray());
    return lowering.nodes.add(new Node.MatrixProduct(folded, alpha, left, right));
  }

  /** The pairs of a row of B in each row. */
  private MatrixView pairs(
      Einsum product, OuterSquare square, List<Integer> inner, Circle circle, int columns) {
    Factor half = square.half();
    List<Integer> axes =
        Stream.concat(inner.stream(), Stream.of(square.first()))
            .map(half.labels()::indexOf)
            .toList();
    Stored stored = new Stored(half.tensor(), half.exponent(), axes);
    Value pairs = known.get(stored);
    if (pairs == null) {
      pairs = stored(stored, circle);
      known.put(stored, pairs);
    }
    int rows = inner.stream().mapToInt(l -> extent(product, l)).reduce(1, Math::multiplyExact);
    int leading = Math.multiplyExact(circle.distances(), circle.n());
    return new MatrixView(pairs, 0, rows, columns, leading, false);
  }

  /** A row is written twice, so that each number is multiplied with those behind it. */
  private Value stored(Stored stored, Circle circle) {
    Value base = lowering.value(stored.tensor).permuted(stored.axes);
    int times = Math.ceilDiv(circle.n() + circle.distances() - 1, circle.n());
    Code twice = Powers.of(walked(base, 0), stored.exponent);
    Value rows = lowering.nodes.pointwise(boxed(base, times), twice);
    Value row =
        rows.permuted(
            IntStream.range(0, rows.rank()).filter(a -> a != rows.rank() - 2).boxed().toList());
    return lowering.nodes.pointwise(
        boxed(base, circle.distances()), Code.times(walked(row, 0), walked(row, 1)));
  }

  /** The axes of a value with one more before the last. */
  private static Domain boxed(Value value, int extent) {
    List<Size> axes = new ArrayList<>(value.axes());
    List<Integer> extents = new ArrayList<>(IntStream.of(value.shape()).boxed().toList());
    axes.add(value.rank() - 1, Size.of(extent));
    extents.add(value.rank() - 1, extent);
    return new Domain(axes, extents);
  }

  /** A value along these axes, where each step along the one more is so many along the last. */
  private static Code walked(Value value, long steps) {
    int last = value.rank() - 1;
    List<Long> strides = new ArrayList<>(LongStream.of(value.strides()).boxed().toList());
    strides.add(last, steps * value.strides()[last]);
    return new Code.Read(value, strides, 0);
  }
}
