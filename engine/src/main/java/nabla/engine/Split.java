package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import nabla.engine.Node.MatrixProduct;
import nabla.engine.Node.Pointwise;
import nabla.engine.Node.SymmetricProduct;
import nabla.engine.Node.Unfolded;
import org.jspecify.annotations.Nullable;

/**
 * How a step is done for some positions of an axis at a time: a loop along one of the axes of its
 * domain, a product along its rows or along the axis that it sums over.
 *
 * @param where which part of the step it is
 * @param axis the axis of the domain, if the step is a loop
 * @param extent how many positions there are
 */
record Split(Where where, int axis, int extent) {
  enum Where {
    LOOP,
    ROWS,
    INNER
  }

  /** The split of a step along an axis of a value that it reads or makes; null if there is none. */
  static @Nullable Split along(Schedule.Step step, Value value, int axis) {
    int extent = value.shape()[axis];
    if (extent < 2) return null;
    return switch (step.nodes().getFirst()) {
      case Pointwise _ -> loop(step, value, axis, extent);
      case MatrixProduct p -> {
        if (p.left().value().equals(value)) {
          if (isSlowest(value, axis, p.left().rows(), p.left().rowStride())) {
            yield new Split(Where.ROWS, 0, extent);
          }
          if (isSlowest(value, axis, p.left().columns(), p.left().columnStride())) {
            yield new Split(Where.INNER, 0, extent);
          }
        }
        boolean inner =
            p.right().value().equals(value)
                && isSlowest(value, axis, p.right().rows(), p.right().rowStride());
        yield inner ? new Split(Where.INNER, 0, extent) : null;
      }
      case SymmetricProduct p -> {
        boolean inner = isSlowest(value, axis, p.factor().rows(), p.factor().rowStride());
        yield inner ? new Split(Where.INNER, 0, extent) : null;
      }
      case Unfolded u -> {
        boolean rows = !u.paired() && isSlowest(value, axis, u.rows(), width(u));
        yield rows ? new Split(Where.ROWS, 0, extent) : null;
      }
      default -> null;
    };
  }

  /** How far apart two rows are. */
  private static long width(Unfolded u) {
    return u.source().shape()[u.source().rank() - 1];
  }

  private static @Nullable Split loop(Schedule.Step step, Value value, int axis, int extent) {
    for (Node n : step.nodes()) {
      Pointwise p = (Pointwise) n;
      List<Code.Read> reads = new ArrayList<>(p.code().reads().toList());
      reads.add(p.out());
      for (Code.Read r : reads) {
        if (!r.value().equals(value)) continue;
        for (int d = 0; d < p.domain().rank(); d++) {
          boolean walks = r.strides().get(d) == value.strides()[axis];
          if (walks && p.domain().extents().get(d) == extent)
            return new Split(Where.LOOP, d, extent);
        }
      }
    }
    return null;
  }

  /** Whether a group of lines of a matrix begins with an axis of its value, whole. */
  private static boolean isSlowest(Value value, int axis, int lines, long stride) {
    int extent = value.shape()[axis];
    return lines % extent == 0 && value.strides()[axis] == stride * (lines / extent);
  }

  /** Whether a value that the step reads is read along the split only at the positions at hand. */
  boolean isAligned(Schedule.Step step, Value value, int axis) {
    return switch (step.nodes().getFirst()) {
      case Pointwise _ ->
          step.nodes().stream()
              .flatMap(n -> ((Pointwise) n).code().reads())
              .filter(r -> r.value().equals(value))
              .allMatch(r -> r.strides().get(this.axis) == value.strides()[axis]);
      case MatrixProduct p -> isAligned(p, value, axis);
      case SymmetricProduct _ -> true;
      case Unfolded u -> isSlowest(value, axis, u.rows(), width(u));
      default -> false;
    };
  }

  private boolean isAligned(MatrixProduct p, Value value, int axis) {
    MatrixView a = p.left();
    MatrixView b = p.right();
    boolean left = a.value().equals(value);
    boolean right = b.value().equals(value);
    if (where == Where.ROWS) {
      return left && !right && isSlowest(value, axis, a.rows(), a.rowStride());
    }
    return (!left || isSlowest(value, axis, a.columns(), a.columnStride()))
        && (!right || isSlowest(value, axis, b.rows(), b.rowStride()));
  }

  /** The axis of the result along which the split lies; -1 if it is summed over, or no axis. */
  int axisOf(Node node) {
    Value result = node.result();
    long stride =
        switch (node) {
          case Pointwise p -> p.effect() == Node.Effect.ADD ? 0 : p.out().strides().get(axis);
          case MatrixProduct p when where == Where.ROWS ->
              (long) p.left().rows() / extent * p.right().columns();
          case Unfolded u -> u.rows() / extent * u.strides().getFirst();
          default -> 0;
        };
    if (stride == 0) return -1;
    for (int a = 0; a < result.rank(); a++) {
      if (result.strides()[a] == stride && result.shape()[a] == extent) return a;
    }
    return -1;
  }

  /** Whether a node sums over the split, so that what it makes is ready only in the end. */
  boolean accumulates(Node node) {
    return switch (node) {
      case Pointwise p -> p.effect().reduces() && p.out().strides().get(axis) == 0;
      case MatrixProduct _, SymmetricProduct _ -> where == Where.INNER;
      default -> false;
    };
  }
}
