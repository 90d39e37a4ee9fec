package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Scalar code at every point of a box of indices, over arrays that are walked at strides. All that
 * is no matrix product or factorisation is a loop: elementwise functions, outer products,
 * transposition, sums and maxima over axes.
 *
 * <p>Instruction number k makes value number k, which later instructions name; {@link Store} and
 * {@link Reduce} make none.
 *
 * @param extents how many values the index of each axis takes, the outermost axis first. The first
 *     one is the most that a run may ask for
 * @param accesses how each operand is walked
 */
public record Loop(List<Integer> extents, List<Access> accesses, List<Instruction> code) {
  public Loop {
    extents = List.copyOf(extents);
    accesses = List.copyOf(accesses);
    code = List.copyOf(code);
  }

  /** The same loop with one of its axes as the outermost. */
  public Loop outermost(int axis) {
    return new Loop(
        first(extents, axis),
        accesses.stream().map(a -> new Access(first(a.strides(), axis))).toList(),
        code);
  }

  private static List<Integer> first(List<Integer> axes, int axis) {
    List<Integer> moved = new ArrayList<>();
    moved.add(axes.get(axis));
    moved.addAll(axes.subList(0, axis));
    moved.addAll(axes.subList(axis + 1, axes.size()));
    return moved;
  }

  /** The same loop where sums over the outermost axis are added to what stands in memory. */
  public Loop onto() {
    List<Instruction> further =
        code.stream()
            .map(
                i ->
                    i instanceof Reduce r && isOverFirst(r)
                        ? new Reduce(r.access(), r.reduction(), true, r.value())
                        : i)
            .toList();
    return new Loop(extents, accesses, further);
  }

  /** Whether a run of so many rows has any and no more than there may be. */
  boolean isUsual(int rows) {
    return extents.isEmpty() || (rows > 0 && rows <= extents.getFirst());
  }

  /** Whether a reduction is one over the outermost axis. */
  public boolean isOverFirst(Reduce reduce) {
    List<Integer> strides = accesses.get(reduce.access()).strides();
    return !strides.isEmpty() && strides.getFirst() == 0;
  }

  /**
   * How an operand is walked: at the point {@code index} it is the element number {@code Σ
   * strides[a]*index[a]} behind an offset that is known when the loop runs.
   */
  public record Access(List<Integer> strides) {
    public Access {
      strides = List.copyOf(strides);
    }
  }

  /** One step at a point. */
  public sealed interface Instruction {}

  /** The element of an operand. */
  public record Load(int access) implements Instruction {}

  /** A number. */
  public record Literal(double value) implements Instruction {}

  /** A function of one value. */
  public record Unary(UnaryFunction function, int operand) implements Instruction {}

  /** A function of two values. */
  public record Binary(BinaryFunction function, int left, int right) implements Instruction {}

  /** A function that the kernels do not know, called at every point. */
  public record External(java.util.function.DoubleUnaryOperator function, int operand)
      implements Instruction {}

  /** Writes a value; no two points write to the same element. */
  public record Store(int access, int value) implements Instruction {}

  /**
   * Reduces a value over the axes along which the stride of the access is 0.
   *
   * @param onto whether what stands in memory before is one more operand; otherwise it is
   *     overwritten. An empty sum is 0, an empty maximum -∞, an empty minimum ∞
   */
  public record Reduce(int access, Reduction reduction, boolean onto, int value)
      implements Instruction {}

  /** How values are put together. */
  public enum Reduction {
    SUM,
    MAX,
    MIN
  }
}
