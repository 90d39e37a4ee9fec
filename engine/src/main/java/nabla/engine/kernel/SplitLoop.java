package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;

/**
 * Loops over the same box that run one after the other in place of a loop with more accesses than
 * the virtual machine's compilers can deal with: with vectors the first one gives up at 20, and the
 * second one takes seconds at 28, during which no other method is compiled.
 *
 * <p>The accesses of the parts are those of the loop twice: first to load, then to write. As all of
 * a part runs before the next one begins, what it writes must not be what a later one loads; where
 * operands share memory, that is copied before.
 *
 * @param parts the loops
 * @param written of each part, the accesses that it writes
 * @param later of each part, the accesses that the parts after it load
 */
record SplitLoop(List<LoopKernel> parts, List<BitSet> written, List<BitSet> later)
    implements LoopKernel {
  /** Accesses in a part. */
  static final int MOST = 12;

  /** Accesses in the only part for a result that needs more, up to which it has vectors. */
  static final int MOST_WITH_VECTORS = 16;

  /** Accesses up to which a part is compiled at all. */
  static final int MOST_COMPILED = 28;

  static SplitLoop of(List<Loop> loops, List<LoopKernel> parts) {
    List<BitSet> written = new ArrayList<>();
    List<BitSet> later = new ArrayList<>();
    BitSet loaded = new BitSet();
    for (Loop loop : loops.reversed()) {
      later.addFirst((BitSet) loaded.clone());
      BitSet writes = new BitSet();
      for (Instruction step : loop.code()) {
        switch (step) {
          case Load load -> loaded.set(load.access());
          case Store store -> writes.set(store.access() - loop.accesses().size() / 2);
          case Reduce reduce -> writes.set(reduce.access() - loop.accesses().size() / 2);
          default -> {}
        }
      }
      written.addFirst(writes);
    }
    return new SplitLoop(parts, written, later);
  }

  /**
   * The loop without what nothing needs, or as many parts as its writes have to be shared among.
   */
  static List<Loop> split(Loop loop) {
    List<Loop> parts = new ArrayList<>();
    BitSet part = new BitSet();
    for (int k = 0; k < loop.code().size(); k++) {
      if (!isWrite(loop.code().get(k))) continue;
      BitSet more = (BitSet) part.clone();
      need(loop, k, more);
      if (!part.isEmpty() && accesses(loop, more) > MOST) {
        parts.add(only(loop, part, loop.accesses().size()));
        more.clear();
        need(loop, k, more);
      }
      part = more;
    }
    parts.add(only(loop, part, parts.isEmpty() ? 0 : loop.accesses().size()));
    return parts;
  }

  private static boolean isWrite(Instruction step) {
    return step instanceof Store || step instanceof Reduce;
  }

  private static void need(Loop loop, int k, BitSet needed) {
    if (needed.get(k)) return;
    needed.set(k);
    for (int operand : Products.operands(loop.code().get(k))) need(loop, operand, needed);
  }

  private static int accesses(Loop loop, BitSet steps) {
    return (int) steps.stream().filter(k -> Dimension.access(loop.code().get(k)) >= 0).count();
  }

  static int accesses(Loop loop) {
    return (int) loop.code().stream().filter(step -> Dimension.access(step) >= 0).count();
  }

  /**
   * The loop with some of its instructions.
   *
   * @param writes how far the accesses to write are behind those to load
   */
  private static Loop only(Loop loop, BitSet steps, int writes) {
    List<Instruction> code = new ArrayList<>();
    int[] renamed = new int[loop.code().size()];
    for (int k = steps.nextSetBit(0); k >= 0; k = steps.nextSetBit(k + 1)) {
      renamed[k] = code.size();
      code.add(
          switch (loop.code().get(k)) {
            case Unary(var function, int operand) -> new Unary(function, renamed[operand]);
            case External(var function, int operand) -> new External(function, renamed[operand]);
            case Binary(var function, int left, int right) ->
                new Binary(function, renamed[left], renamed[right]);
            case Store(int access, int value) -> new Store(access + writes, renamed[value]);
            case Reduce(int access, var reduction, boolean onto, int value) ->
                new Reduce(access + writes, reduction, onto, renamed[value]);
            case Load load -> load;
            case Literal literal -> literal;
          });
    }
    List<Access> accesses = new ArrayList<>(loop.accesses());
    if (writes > 0) accesses.addAll(loop.accesses());
    return new Loop(loop.extents(), accesses, code);
  }

  @Override
  public void run(MemorySegment[] operands, long[] offsets, int rows) {
    int count = operands.length;
    MemorySegment[] twice = Arrays.copyOf(operands, 2 * count);
    System.arraycopy(operands, 0, twice, count, count);
    long[] offsetsTwice = Arrays.copyOf(offsets, 2 * count);
    System.arraycopy(offsets, 0, offsetsTwice, count, count);
    try (Arena copies = Arena.ofConfined()) {
      for (int p = 0; p < parts.size(); p++) {
        copyShared(p, twice, operands, copies);
        parts.get(p).run(twice, offsetsTwice, rows);
      }
    }
  }

  /** Copies what later parts load before a part writes to it. */
  private void copyShared(int part, MemorySegment[] twice, MemorySegment[] operands, Arena copies) {
    BitSet writes = written.get(part);
    BitSet loads = later.get(part);
    for (int w = writes.nextSetBit(0); w >= 0; w = writes.nextSetBit(w + 1)) {
      for (int k = loads.nextSetBit(0); k >= 0; k = loads.nextSetBit(k + 1)) {
        if (operands[w].asOverlappingSlice(twice[k]).isEmpty()) continue;
        twice[k] = copies.allocate(twice[k].byteSize(), 64).copyFrom(twice[k]);
      }
    }
  }
}
