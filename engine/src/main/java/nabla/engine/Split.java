package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import nabla.engine.MatrixView.Group;
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

  /**
   * Where the positions of a split lie in the memory of a value, whatever order of the axes it is
   * seen in.
   *
   * @param stride how far apart they are, in elements
   * @param extent how many there are
   */
  record Positions(long stride, int extent) {
    /** Those of an axis. */
    static Positions of(Value value, int axis) {
      return new Positions(value.strides()[axis], value.shape()[axis]);
    }

    private boolean areRows(MatrixView view) {
      Group rows = new Group(view.rows(), view.rowStride());
      return areSlowest(rows, new Group(view.columns(), view.columnStride()), view.offset());
    }

    private boolean areColumns(MatrixView view) {
      Group columns = new Group(view.columns(), view.columnStride());
      return areSlowest(columns, new Group(view.rows(), view.rowStride()), view.offset());
    }

    private boolean areRows(Unfolded pairs) {
      int width = pairs.source().shape()[pairs.source().rank() - 1];
      return areSlowest(new Group(pairs.rows(), width), new Group(width, 1), 0);
    }

    /** Whether lines of a matrix are these positions, each one line or more of them. */
    private boolean areSlowest(Group lines, Group others, long offset) {
      Group each = new Group(lines.extent() / extent, lines.stride());
      return lines.extent() % extent == 0
          && stride == lines.stride() * each.extent()
          && holds(List.of(each, others), offset);
    }

    /** Whether an axis of a loop walks an array along these positions, and no other axis does. */
    private boolean areWalked(Code.Read read, Domain domain, int axis) {
      Positions own = new Positions(read.strides().get(axis), domain.extents().get(axis));
      List<Group> others = new ArrayList<>();
      for (int d = 0; d < domain.rank(); d++) {
        if (d != axis) others.add(new Group(domain.extents().get(d), read.strides().get(d)));
      }
      return equals(own) && holds(others, read.offset());
    }

    /** Whether a walk stays at a position, where it begins. */
    private boolean holds(List<Group> walk, long offset) {
      long whole = stride * extent;
      long farthest = offset % whole;
      for (Group g : walk) {
        if (g.extent() == 1 || g.stride() % whole == 0) continue;
        if (g.stride() < 0) return false;
        farthest += g.stride() * (g.extent() - 1);
      }
      return farthest < stride;
    }
  }

  /** The split of a step along positions of a value that it reads; null if there is none. */
  static @Nullable Split along(Schedule.Step step, Value value, Positions positions) {
    int extent = positions.extent();
    if (extent < 2) return null;
    return switch (step.nodes().getFirst()) {
      case Pointwise _ -> loop(step, value, positions);
      case MatrixProduct p -> {
        if (p.left().value().equals(value)) {
          if (positions.areRows(p.left())) yield new Split(Where.ROWS, 0, extent);
          if (positions.areColumns(p.left())) yield new Split(Where.INNER, 0, extent);
        }
        boolean inner = p.right().value().equals(value) && positions.areRows(p.right());
        yield inner ? new Split(Where.INNER, 0, extent) : null;
      }
      case SymmetricProduct p ->
          positions.areRows(p.factor()) ? new Split(Where.INNER, 0, extent) : null;
      case Unfolded u ->
          !u.paired() && positions.areRows(u) ? new Split(Where.ROWS, 0, extent) : null;
      default -> null;
    };
  }

  private static @Nullable Split loop(Schedule.Step step, Value value, Positions positions) {
    for (Node n : step.nodes()) {
      Pointwise p = (Pointwise) n;
      for (Code.Read r : p.code().reads().toList()) {
        if (!r.value().equals(value)) continue;
        for (int d = 0; d < p.domain().rank(); d++) {
          if (positions.areWalked(r, p.domain(), d)) {
            return new Split(Where.LOOP, d, positions.extent());
          }
        }
      }
    }
    return null;
  }

  /** Whether a value that the step reads is read only at the positions at hand. */
  boolean isAligned(Schedule.Step step, Value value, Positions positions) {
    if (positions.extent() != extent) return false;
    return switch (step.nodes().getFirst()) {
      case Pointwise _ ->
          step.nodes().stream().allMatch(n -> isAligned((Pointwise) n, value, positions));
      case MatrixProduct p -> isAligned(p, value, positions);
      case SymmetricProduct p -> positions.areRows(p.factor());
      case Unfolded u -> positions.areRows(u);
      default -> false;
    };
  }

  private boolean isAligned(Pointwise loop, Value value, Positions positions) {
    if (value.equals(loop.before())) return false;
    return loop.code()
        .reads()
        .filter(r -> r.value().equals(value))
        .allMatch(r -> positions.areWalked(r, loop.domain(), axis));
  }

  private boolean isAligned(MatrixProduct p, Value value, Positions positions) {
    boolean left = p.left().value().equals(value);
    boolean right = p.right().value().equals(value);
    if (where == Where.ROWS) return left && !right && positions.areRows(p.left());
    return (!left || positions.areColumns(p.left())) && (!right || positions.areRows(p.right()));
  }

  /** Where the split lies in the result; null if it is summed over, or no axis. */
  @Nullable Positions in(Node node) {
    Value result = node.result();
    long stride =
        switch (node) {
          case Pointwise p -> p.effect() == Node.Effect.ADD ? 0 : p.out().strides().get(axis);
          case MatrixProduct p when where == Where.ROWS ->
              (long) p.left().rows() / extent * p.right().columns();
          case Unfolded u -> u.rows() / extent * u.strides().getFirst();
          default -> 0;
        };
    Positions positions = new Positions(stride, extent);
    if (node instanceof Pointwise p && stride != 0) {
      if (!positions.areWalked(p.out(), p.domain(), axis)) return null;
    }
    for (int a = 0; a < result.rank(); a++) {
      if (stride != 0 && positions.equals(Positions.of(result, a))) return positions;
    }
    return null;
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
