package nabla.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;

/** Runs a loop point by point as it is written: slow, and without the cost of compiling it. */
public record LoopInterpreter(Loop loop, Precision precision) implements LoopKernel {
  @Override
  public void run(MemorySegment[] operands, long[] offsets, int rows) {
    int rank = loop.extents().size();
    if (rank > 0 && (rows < 0 || rows > loop.extents().getFirst())) {
      throw new IllegalArgumentException(
          "rows must be between 0 and " + loop.extents().getFirst() + ", not " + rows);
    }
    int[] extents = new int[rank];
    for (int a = 0; a < rank; a++) extents[a] = a == 0 ? rows : loop.extents().get(a);
    for (Loop.Instruction instruction : loop.code()) {
      if (instruction instanceof Reduce reduce && !reduce.onto()) {
        initialise(reduce, extents, operands, offsets);
      }
    }
    if (isEmpty(extents)) return;
    int[] index = new int[rank];
    do {
      point(operands, offsets, index);
    } while (next(index, extents));
  }

  /** Writes the value of an empty reduction to all that the access reaches. */
  private void initialise(Reduce reduce, int[] extents, MemorySegment[] operands, long[] offsets) {
    int[] kept = extents.clone();
    for (int a = 0; a < kept.length; a++) {
      if (loop.accesses().get(reduce.access()).strides().get(a) == 0) kept[a] = 1;
    }
    if (isEmpty(kept)) return;
    int[] index = new int[kept.length];
    do {
      write(reduce.access(), operands, offsets, index, identity(reduce.reduction()));
    } while (next(index, kept));
  }

  private void point(MemorySegment[] operands, long[] offsets, int[] index) {
    double[] values = new double[loop.code().size()];
    for (int k = 0; k < values.length; k++) {
      switch (loop.code().get(k)) {
        case Load load -> values[k] = read(load.access(), operands, offsets, index);
        case Literal literal -> values[k] = round(literal.value());
        case Unary unary -> values[k] = round(unary.function().at(values[unary.operand()]));
        case Binary binary ->
            values[k] = round(binary.function().at(values[binary.left()], values[binary.right()]));
        case External external ->
            values[k] = round(external.function().applyAsDouble(values[external.operand()]));
        case Store store -> write(store.access(), operands, offsets, index, values[store.value()]);
        case Reduce reduce -> {
          double before = read(reduce.access(), operands, offsets, index);
          double after = round(combined(reduce.reduction()).at(before, values[reduce.value()]));
          write(reduce.access(), operands, offsets, index, after);
        }
      }
    }
  }

  static double identity(Reduction reduction) {
    return switch (reduction) {
      case SUM -> 0;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  static BinaryFunction combined(Reduction reduction) {
    return switch (reduction) {
      case SUM -> BinaryFunction.ADD;
      case MAX -> BinaryFunction.MAX;
      case MIN -> BinaryFunction.MIN;
    };
  }

  private double round(double value) {
    return precision == Precision.SINGLE ? (float) value : value;
  }

  private double read(int access, MemorySegment[] operands, long[] offsets, int[] index) {
    long at = offsets[access] + position(access, index);
    return precision == Precision.SINGLE
        ? operands[access].get(ValueLayout.JAVA_FLOAT_UNALIGNED, at)
        : operands[access].get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
  }

  private void write(
      int access, MemorySegment[] operands, long[] offsets, int[] index, double value) {
    long at = offsets[access] + position(access, index);
    if (precision == Precision.SINGLE) {
      operands[access].set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
    } else {
      operands[access].set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
    }
  }

  private long position(int access, int[] index) {
    Access walked = loop.accesses().get(access);
    long element = 0;
    for (int a = 0; a < index.length; a++) element += (long) walked.strides().get(a) * index[a];
    return element * precision.bytes();
  }

  private static boolean isEmpty(int[] extents) {
    for (int extent : extents) if (extent == 0) return true;
    return false;
  }

  private static boolean next(int[] index, int[] extents) {
    for (int a = index.length - 1; a >= 0; a--) {
      if (++index[a] < extents[a]) return true;
      index[a] = 0;
    }
    return false;
  }
}
