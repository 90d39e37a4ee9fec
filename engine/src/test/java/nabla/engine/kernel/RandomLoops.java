package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;

/** Loops that are drawn by chance, with memory that fits them to the byte. */
record RandomLoops(Random random) {
  private static final int[] EXTENTS = {0, 1, 2, 3, 7, 8, 9, 17, 33, 40};
  private static final UnaryFunction[] SMOOTH = {
    UnaryFunction.NEGATE,
    UnaryFunction.SQUARE,
    UnaryFunction.ABS,
    UnaryFunction.SIGN,
    UnaryFunction.STEP,
    UnaryFunction.RELU,
    UnaryFunction.SIGMOID,
    UnaryFunction.SOFTPLUS,
    UnaryFunction.SIN,
    UnaryFunction.TANH
  };
  private static final BinaryFunction[] COMBINING = {
    BinaryFunction.ADD,
    BinaryFunction.SUBTRACT,
    BinaryFunction.MULTIPLY,
    BinaryFunction.MULTIPLY,
    BinaryFunction.MULTIPLY,
    BinaryFunction.MAX,
    BinaryFunction.MIN,
    BinaryFunction.MASK
  };

  /**
   * A loop and where its accesses begin.
   *
   * @param sizes the elements of the memory of each access
   * @param starts the element at which each access begins
   */
  record Case(Loop loop, List<Integer> sizes, List<Integer> starts, int rows) {}

  Case next(boolean external) {
    int rank = random.nextInt(5);
    List<Integer> extents = new ArrayList<>();
    double points = 1;
    for (int a = 0; a < rank; a++) {
      int extent =
          EXTENTS[
              Math.min(random.nextInt(3 * EXTENTS.length), EXTENTS.length * 3 - 1)
                  % EXTENTS.length];
      if (extent == 0 && random.nextInt(4) > 0) extent = 5;
      if (points * extent > 40_000) extent = 2;
      points *= Math.max(1, extent);
      extents.add(extent);
    }
    List<Access> accesses = new ArrayList<>();
    List<Instruction> code = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    int loads = random.nextInt(4);
    for (int k = 0; k < loads; k++) {
      accesses.add(new Access(readStrides(extents)));
      values.add(code.size());
      code.add(new Load(k));
    }
    values.add(code.size());
    code.add(new Literal(random.nextInt(-3, 4) / 2.0));
    int steps = random.nextInt(7);
    for (int k = 0; k < steps; k++) {
      Instruction step = step(values, external && k == 0);
      values.add(code.size());
      code.add(step);
    }
    int writes = 1 + random.nextInt(3);
    for (int k = 0; k < writes; k++) {
      boolean store = random.nextBoolean();
      accesses.add(new Access(store ? dense(extents, shuffled(rank)) : kept(extents)));
      int value = values.get(random.nextInt(values.size()));
      code.add(
          store
              ? new Store(accesses.size() - 1, value)
              : new Reduce(
                  accesses.size() - 1, pick(Reduction.values()), random.nextBoolean(), value));
    }
    int rows = rank == 0 ? 1 : extents.getFirst();
    if (random.nextInt(3) == 0) rows = random.nextInt(rows + 1);
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (Access access : accesses) {
      int start = random.nextInt(3);
      starts.add(start);
      sizes.add(start + span(extents, access.strides(), rows));
    }
    return new Case(new Loop(extents, accesses, code), sizes, starts, rows);
  }

  private Instruction step(List<Integer> values, boolean external) {
    int one = values.get(random.nextInt(values.size()));
    if (external) return new External(x -> x * x - 3, one);
    if (random.nextInt(3) == 0) return new Unary(pick(SMOOTH), one);
    return new Binary(pick(COMBINING), one, values.get(random.nextInt(values.size())));
  }

  private <T> T pick(T[] among) {
    return among[random.nextInt(among.length)];
  }

  private List<Integer> shuffled(int rank) {
    List<Integer> order = new ArrayList<>();
    for (int a = 0; a < rank; a++) order.add(a);
    if (random.nextInt(3) == 0) Collections.shuffle(order, random);
    return order;
  }

  /** Strides of an array that lies in memory in this order of its axes, without gaps or with. */
  private List<Integer> dense(List<Integer> extents, List<Integer> order) {
    List<Integer> strides = new ArrayList<>(Collections.nCopies(extents.size(), 0));
    int stride = random.nextInt(8) == 0 ? 2 : 1;
    for (int a : order.reversed()) {
      strides.set(a, stride);
      stride *= Math.max(1, extents.get(a)) + (random.nextInt(8) == 0 ? 1 : 0);
    }
    return strides;
  }

  /** The strides of a reduction: 0 along the axes that are drawn. */
  private List<Integer> kept(List<Integer> extents) {
    List<Integer> of = new ArrayList<>(extents);
    boolean[] reduced = new boolean[extents.size()];
    for (int a = 0; a < reduced.length; a++) {
      reduced[a] = random.nextBoolean();
      if (reduced[a]) of.set(a, 1);
    }
    List<Integer> strides = dense(of, shuffled(extents.size()));
    for (int a = 0; a < reduced.length; a++) if (reduced[a]) strides.set(a, 0);
    return strides;
  }

  /** Any walk: over a part of the axes, in any order, along a diagonal. */
  private List<Integer> readStrides(List<Integer> extents) {
    if (random.nextInt(10) == 0) {
      List<Integer> strides = new ArrayList<>();
      for (int _ : extents) strides.add(random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(12));
      return strides;
    }
    return random.nextInt(3) == 0 ? dense(extents, shuffled(extents.size())) : kept(extents);
  }

  private static int span(List<Integer> extents, List<Integer> strides, int rows) {
    int last = 0;
    for (int a = 0; a < extents.size(); a++) {
      int extent = a == 0 ? rows : extents.get(a);
      if (strides.get(a) == 0) continue;
      if (extent == 0) return 0;
      last += (extent - 1) * strides.get(a);
    }
    return last + 1;
  }

  /** Numbers for the memory of an access. */
  MemorySegment memory(int elements, Precision precision) {
    MemorySegment memory = Arena.ofAuto().allocate((long) elements * precision.bytes(), 64);
    for (int k = 0; k < elements; k++) {
      double value = random.nextInt(6) == 0 ? 0 : random.nextGaussian();
      if (precision == Precision.DOUBLE) memory.setAtIndex(ValueLayout.JAVA_DOUBLE, k, value);
      else memory.setAtIndex(ValueLayout.JAVA_FLOAT, k, (float) value);
    }
    return memory;
  }
}
