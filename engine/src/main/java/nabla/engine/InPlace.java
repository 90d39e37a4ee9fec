package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.Loop;
import nabla.engine.kernel.LoopCompiler;
import nabla.engine.kernel.LoopKernel;

/** Changes all numbers of a value where they are. */
final class InPlace {
  private InPlace() {}

  /** Each number becomes a function of itself and of that of the same value in another memory. */
  static Runnable of(BinaryFunction function, Value value, Memory memory, Memory other) {
    return of(function, value, memory, other.segment(value), other.offset(value), 1);
  }

  /** Each number becomes a function of itself and of one number, which stands alone. */
  static Runnable of(BinaryFunction function, Value value, Memory memory, MemorySegment number) {
    return of(function, value, memory, number, 0, 0);
  }

  private static Runnable of(
      BinaryFunction function,
      Value value,
      Memory memory,
      MemorySegment other,
      long offset,
      int stride) {
    int count = Math.toIntExact(value.count());
    Loop loop =
        new Loop(
            List.of(count),
            List.of(new Loop.Access(List.of(1)), new Loop.Access(List.of(stride))),
            List.of(
                new Loop.Load(0),
                new Loop.Load(1),
                new Loop.Binary(function, 0, 1),
                new Loop.Store(0, 2)));
    LoopKernel kernel = LoopCompiler.compile(loop, memory.precision());
    MemorySegment[] segments = {memory.segment(value), other};
    long[] offsets = {memory.offset(value), offset};
    return () -> kernel.run(segments, offsets, count);
  }
}
