package nabla.engine.kernel;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.IntConsumer;
import nabla.engine.kernel.Axis.Blocks;
import nabla.engine.kernel.Axis.Whole;
import nabla.engine.kernel.Axis.Within;
import nabla.engine.kernel.LoopNest.Tile;

/** Bytecode for the loops of a nest: indices, offsets and the remainders of vectorised loops. */
final class LoopEmitter {
  private static final int OPERANDS = 1;
  private static final int OFFSETS = 2;
  private static final int ROWS = 3;
  private static final int FIRST_FREE = 4;
  private static final ClassDesc SELF = LoopEmitter.class.describeConstable().orElseThrow();
  private static final ClassDesc TILES = TransposeTiles.class.describeConstable().orElseThrow();
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();

  /**
   * A factor of the step of long loops. As it might change, they are no counted loops to the
   * virtual machine's compiler, which would take seconds to unroll them.
   */
  @SuppressWarnings({"NonFinalStaticField", "FieldMayBeFinal"})
  static int one = 1;

  private final CodeBuilder code;
  private final LoopNest nest;
  private final int bytes;
  private final int lanes;
  private final VectorEmitter vector;
  private final PointEmitter point;

  /** Of each access: the variable of its memory. */
  private final int[] segments;

  /** Of each access: the variable of its offset at the indices of the loops around. */
  private final int[] offsets;

  /** Of each axis: the variable of its extent, or -1 if that is known now. */
  private final int[] extents;

  /** Of each axis: the variable of its index. */
  private final int[] indices;

  private int free = FIRST_FREE;

  LoopEmitter(CodeBuilder code, LoopNest nest, Precision precision, int lanes) {
    this.code = code;
    this.nest = nest;
    this.lanes = lanes;
    bytes = precision.bytes();
    int accesses = nest.accesses();
    segments = new int[accesses];
    offsets = new int[accesses];
    extents = new int[nest.depth()];
    indices = new int[nest.depth()];
    ScalarEmitter scalar = new ScalarEmitter(code, precision);
    vector = new VectorEmitter(code, precision, scalar, variable(1));
    point = new PointEmitter(code, nest, scalar, vector, this);
  }

  /** A new variable. */
  int variable(int slots) {
    int variable = free;
    free += slots;
    return variable;
  }

  int segment(int access) {
    return segments[access];
  }

  int offset(int access) {
    return offsets[access];
  }

  int vectorBytes() {
    return lanes * bytes;
  }

  /**
   * All of the code but the return.
   *
   * @param check what is done first to the variable of each segment
   */
  void emit(IntConsumer check) {
    prologue(check);
    inside(0);
  }

  private void prologue(IntConsumer check) {
    int copies = nest.tiles().size();
    for (int k = 0; k < segments.length - copies; k++) {
      if (!nest.uses(k)) continue;
      segments[k] = variable(1);
      offsets[k] = variable(2);
      code.aload(OPERANDS).loadConstant(k).aaload().astore(segments[k]);
      check.accept(segments[k]);
      code.aload(OFFSETS).loadConstant(k).laload().lstore(offsets[k]);
    }
    if (copies > 0) {
      int scratch = variable(1);
      code.invokestatic(TILES, "scratch", MethodTypeDesc.of(ScalarEmitter.SEGMENT)).astore(scratch);
      for (Tile tile : nest.tiles()) {
        segments[tile.copy()] = scratch;
        offsets[tile.copy()] = variable(2);
        long place = (long) (tile.copy() - (segments.length - copies)) * tile.size() * tile.size();
        code.loadConstant(place * bytes).lstore(offsets[tile.copy()]);
      }
    }
    for (int a = 0; a < extents.length; a++) {
      extents[a] = -1;
      Whole whole = nest.axes().get(a).whole();
      if (!whole.rows()) continue;
      extents[a] = variable(1);
      code.iload(ROWS);
      if (whole.factor() != 1) code.loadConstant(whole.factor()).imul();
      code.istore(extents[a]);
    }
  }

  /** The code inside of the outer loops. */
  private void inside(int depth) {
    point.instructions(depth);
    if (depth == nest.depth()) return;
    for (Tile tile : nest.tiles()) {
      if (depth == Math.min(tile.row(), tile.column())) copy(tile);
    }
    point.reductions().initialise(depth);
    point.reductions().beginSums(depth);
    loop(depth, () -> inside(depth + 1));
    point.reductions().endSums(depth);
  }

  private void copy(Tile tile) {
    code.aload(segments[tile.source()]).lload(offsets[tile.source()]);
    code.loadConstant((long) nest.strides().get(tile.column())[tile.source()] * bytes);
    code.aload(segments[tile.copy()]).lload(offsets[tile.copy()]);
    remaining(tile.row());
    remaining(tile.column());
    code.invokestatic(
        TILES,
        bytes == Double.BYTES ? "copyDoubles" : "copyFloats",
        MethodTypeDesc.of(
            CD_void,
            ScalarEmitter.SEGMENT,
            CD_long,
            CD_long,
            ScalarEmitter.SEGMENT,
            CD_long,
            CD_int,
            CD_int));
  }

  /** A loop over an axis around a body, which is written for each of the ways to step along it. */
  void loop(int axis, Runnable body) {
    int mark = free;
    int[] outside = offsets.clone();
    indices[axis] = variable(1);
    if (axis != nest.vectorAxis()) {
      Axis walked = nest.axes().get(axis);
      int limit = limit(axis);
      zero(axis);
      walk(axis, limit, 0, walked instanceof Blocks(Whole _, int size) ? size : 1, body, outside);
    } else if (constant(axis) >= 0) {
      constantVectors(axis, constant(axis), body, outside);
    } else {
      vectors(axis, limit(axis), body, outside);
    }
    System.arraycopy(outside, 0, offsets, 0, outside.length);
    free = mark;
  }

  /** Whether an axis is the innermost one and walked without a jump: vectors first, then a rest. */
  boolean isUnrolled(int axis) {
    return axis == nest.vectorAxis()
        && axis == nest.depth() - 1
        && constant(axis) >= lanes
        && constant(axis) < 2 * nest.vectors() * lanes;
  }

  private void constantVectors(int axis, int extent, Runnable body, int[] outside) {
    int step = nest.vectors() * lanes;
    int full = extent / step * step;
    if (full == step) {
      zero(axis);
      enter(axis, outside);
      inGroup(nest.vectors(), body);
    } else if (full > 0) {
      zero(axis);
      inGroup(nest.vectors(), () -> walkTo(axis, full, step, body, outside));
    }
    int rest = extent - full;
    if (rest == 0) return;
    code.loadConstant(full).istore(indices[axis]);
    enter(axis, outside);
    int count = (rest + lanes - 1) / lanes;
    if (rest % lanes == 0) {
      point.group(count);
    } else {
      // the last vector ends where the axis ends, so that it lies in memory if the axis fills one
      int behind = Math.max(0, extent - lanes) - full;
      int mask = variable(1);
      int done = (count - 1) * lanes - behind;
      vector.lanes(() -> code.loadConstant((1L << (rest - behind)) - (1L << done)));
      code.astore(mask);
      point.group(count, mask, behind * bytes, extent < lanes);
    }
    body.run();
    point.scalars();
  }

  private void vectors(int axis, int limit, Runnable body, int[] outside) {
    zero(axis);
    if (nest.vectors() > 1) {
      int step = nest.vectors() * lanes;
      inGroup(nest.vectors(), () -> walk(axis, limit, step - 1, step, body, outside));
    }
    inGroup(1, () -> walk(axis, limit, lanes - 1, lanes, body, outside));
    Label end = code.newLabel();
    code.iload(indices[axis]).iload(limit).if_icmpge(end);
    int done = indices[axis];
    indices[axis] = variable(1);
    code.iload(limit).loadConstant(lanes).isub().iconst_0();
    code.invokestatic(MATH, "max", MethodTypeDesc.of(CD_int, CD_int, CD_int));
    code.istore(indices[axis]);
    int mask = variable(1);
    vector.lanes(
        () -> {
          bitBehindStart(axis, limit);
          bitBehindStart(axis, done);
          code.lsub();
        });
    code.astore(mask);
    enter(axis, outside);
    point.group(1, mask, 0, true);
    body.run();
    point.scalars();
    code.labelBinding(end);
  }

  /** Pushes a long of which one bit is set, as far as an index is behind that of an axis. */
  private void bitBehindStart(int axis, int index) {
    code.lconst_1().iload(index).iload(indices[axis]).isub().lshl();
  }

  private void inGroup(int vectors, Runnable body) {
    point.group(vectors);
    body.run();
    point.scalars();
  }

  private void zero(int axis) {
    code.iconst_0().istore(indices[axis]);
  }

  /** Steps while the index is below the limit, which is a variable or known, less something. */
  private void walk(int axis, int limit, int less, int step, Runnable body, int[] outside) {
    if (limit < 0) {
      walkTo(axis, constant(axis), step, body, outside);
      return;
    }
    int last = limit;
    if (less > 0) {
      last = variable(1);
      code.iload(limit).loadConstant(less).isub().istore(last);
    }
    int end = last;
    walk(axis, () -> code.iload(end), step, body, outside);
  }

  private void walkTo(int axis, int limit, int step, Runnable body, int[] outside) {
    walk(axis, () -> code.loadConstant(limit), step, body, outside);
  }

  private void walk(int axis, Runnable limit, int step, Runnable body, int[] outside) {
    Label head = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(head).iload(indices[axis]);
    limit.run();
    code.if_icmpge(end);
    enter(axis, outside);
    body.run();
    if (nest.isLong()) {
      code.iload(indices[axis]).getstatic(SELF, "one", CD_int).loadConstant(step).imul().iadd();
      code.istore(indices[axis]);
    } else {
      code.iinc(indices[axis], step);
    }
    code.goto_(head).labelBinding(end);
  }

  /** Computes the offsets at the index of a loop. */
  private void enter(int axis, int[] outside) {
    int[] strides = nest.strides().get(axis);
    for (int k = 0; k < offsets.length; k++) {
      if (strides[k] == 0) continue;
      offsets[k] = variable(2);
      code.iload(indices[axis]).i2l().loadConstant((long) strides[k] * bytes).lmul();
      code.lload(outside[k]).ladd().lstore(offsets[k]);
    }
  }

  /** The extent of an axis if it is known now, else -1. */
  private int constant(int axis) {
    return switch (nest.axes().get(axis)) {
      case Whole whole -> whole.rows() ? -1 : whole.factor();
      case Blocks blocks -> blocks.whole().rows() ? -1 : blocks.whole().factor();
      case Within within -> within.whole().factor() % within.size() == 0 ? within.size() : -1;
    };
  }

  /** The variable of an axis' extent; -1 if that is known now. */
  private int limit(int axis) {
    if (constant(axis) >= 0) return -1;
    if (!(nest.axes().get(axis) instanceof Within)) return extents[axis];
    int limit = variable(1);
    remaining(axis);
    code.istore(limit);
    return limit;
  }

  /** Pushes how many indices are left in a block. */
  private void remaining(int axis) {
    Within within = (Within) nest.axes().get(axis);
    code.loadConstant(within.size());
    if (extents[axis] < 0) code.loadConstant(within.whole().factor());
    else code.iload(extents[axis]);
    code.iload(indices[within.blocks()]).isub();
    code.invokestatic(MATH, "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
  }
}
