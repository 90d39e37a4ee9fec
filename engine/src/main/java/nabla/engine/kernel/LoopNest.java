package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;

/**
 * A loop as it is run: the nested loops in their order, and where each instruction stands.
 *
 * @param axes the loops, the outermost one first
 * @param strides of each axis, the stride of each access
 * @param dependence of each instruction, the axes on which its value depends, as a set of bits
 * @param vectorAxis the loop that takes several indices at once, or -1
 * @param vectors how many vectors of these are in flight
 * @param tiles accesses that are copied block by block, so that they are contiguous
 * @param accesses how many accesses there are, with those of the copies
 */
record LoopNest(
    List<Axis> axes,
    List<int[]> strides,
    List<Instruction> code,
    List<Long> dependence,
    int vectorAxis,
    int vectors,
    List<Tile> tiles,
    int accesses) {

  /**
   * At 8 accesses a loop that is not unrolled is an eighth slower, and compiled four times faster.
   */
  private static final int MOST_UNROLLED = 8;

  /**
   * A block of an access that is copied, transposed, before the loops over the block run.
   *
   * @param source the access that is copied
   * @param copy the access that walks the copy
   * @param row the axis within the block along which the copy has stride {@code size}
   * @param column the axis within the block along which the copy has stride 1
   */
  record Tile(int source, int copy, int row, int column, int size) {}

  int depth() {
    return axes.size();
  }

  /** The number of loops around the place where an instruction's value is known. */
  int depth(int instruction) {
    return depth(dependence.get(instruction));
  }

  static int depth(long axes) {
    return Long.SIZE - Long.numberOfLeadingZeros(axes);
  }

  boolean isVector(int instruction) {
    return vectorAxis >= 0 && (dependence.get(instruction) >> vectorAxis & 1) != 0;
  }

  /** The axes along which an access moves. */
  static long walked(List<int[]> strides, int access) {
    long walked = 0;
    for (int a = 0; a < strides.size(); a++) {
      if (strides.get(a)[access] != 0) walked |= 1L << a;
    }
    return walked;
  }

  long walked(int access) {
    return walked(strides, access);
  }

  /** The loops outside of the outermost loop over a reduced axis. */
  int firstReduced(Reduce reduce) {
    int first = Long.numberOfTrailingZeros(~walked(reduce.access()));
    return Math.min(first, axes.size());
  }

  /** The loops inside of which a reduction keeps its value in variables; all if it never does. */
  int sumDepth(Reduce reduce) {
    return depth(walked(reduce.access()));
  }

  /** Whether a reduction goes on from what is in memory. */
  boolean isCombined(Reduce reduce) {
    return reduce.onto() || firstReduced(reduce) < sumDepth(reduce);
  }

  /** Whether a value is the product of vectors in a sum and nothing else, and so part of that. */
  boolean isFused(int instruction) {
    if (!isVector(instruction)
        || depth(instruction) != depth()
        || !VectorModule.multipliesAndAdds()
        || !(code.get(instruction) instanceof Binary(var function, int _, int _))
        || function != BinaryFunction.MULTIPLY) {
      return false;
    }
    int uses = 0;
    boolean summed = false;
    for (Instruction step : code) {
      for (int operand : Products.operands(step)) if (operand == instruction) uses++;
      if (step instanceof Reduce reduce && reduce.value() == instruction) {
        summed = reduce.reduction() == Reduction.SUM && sumDepth(reduce) < depth();
      }
    }
    return summed && uses == 1;
  }

  /** Whether an access is walked here. */
  boolean uses(int access) {
    return code.stream().anyMatch(step -> Dimension.access(step) == access)
        || tiles.stream().anyMatch(tile -> tile.source() == access);
  }

  /** Whether the loops hold more accesses than the virtual machine's compiler should unroll. */
  boolean isLong() {
    return code.stream().filter(step -> Dimension.access(step) >= 0).count() > MOST_UNROLLED;
  }

  /**
   * @param lanes how many numbers a vector holds, 0 if there are no vectors
   */
  static LoopNest of(Loop loop, int lanes) {
    NestShape shape = new NestShape(loop, lanes);
    List<int[]> strides = shape.strides;
    List<Instruction> code = new ArrayList<>(loop.code());
    for (Tile tile : shape.tiles) {
      code.replaceAll(
          step ->
              step instanceof Load(int access) && access == tile.source()
                  ? new Load(tile.copy())
                  : step);
    }
    code = Products.inOrder(code, access -> depth(walked(strides, access)));
    return new LoopNest(
        List.copyOf(shape.axes),
        strides,
        code,
        dependence(code, strides),
        shape.vectorAxis,
        shape.vectors,
        shape.tiles,
        loop.accesses().size() + shape.tiles.size());
  }

  private static List<Long> dependence(List<Instruction> code, List<int[]> strides) {
    List<Long> dependence = new ArrayList<>();
    for (Instruction step : code) {
      dependence.add(
          switch (step) {
            case Load load -> walked(strides, load.access());
            case Literal _ -> 0L;
            case Unary unary -> dependence.get(unary.operand());
            case External external -> dependence.get(external.operand());
            case Binary binary -> dependence.get(binary.left()) | dependence.get(binary.right());
            case Store _, Reduce _ -> (1L << strides.size()) - 1;
          });
    }
    return dependence;
  }
}
