package nabla.engine.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.engine.kernel.Loop.External;

/**
 * Compiles loops to bytecode: with vectors where the module jdk.incubator.vector is there, else one
 * number at a time. Sums are added up in another order than the loop says, and products multiplied.
 *
 * <p>An operand that is stored to may share memory with one that is loaded if both have the same
 * offset and strides; other operands that are written share no memory.
 */
public final class LoopCompiler {
  private static final int CACHED = 512;

  /** Steps that fit a method for sure. */
  private static final int MOST_STEPS = 2000;

  private record Key(Loop loop, Precision precision) {}

  private static final Map<Key, LoopKernel> CACHE =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LoopKernel> eldest) {
          return size() > CACHED;
        }
      };

  private LoopCompiler() {}

  /** A kernel that runs a loop. */
  public static LoopKernel compile(Loop loop, Precision precision) {
    if (loop.code().stream().anyMatch(External.class::isInstance)) {
      return compile(loop, precision, VectorModule.lanes(precision));
    }
    Key key = new Key(loop, precision);
    synchronized (CACHE) {
      LoopKernel cached = CACHE.get(key);
      if (cached != null) return cached;
    }
    LoopKernel kernel = compile(loop, precision, VectorModule.lanes(precision));
    synchronized (CACHE) {
      CACHE.put(key, kernel);
    }
    return kernel;
  }

  /**
   * @param lanes how many numbers a vector holds, 0 to take them one at a time
   */
  static LoopKernel compile(Loop loop, Precision precision, int lanes) {
    if (loop.extents().contains(0)) return new LoopInterpreter(loop, precision);
    List<Loop> parts = SplitLoop.split(loop);
    if (parts.size() == 1) return single(parts.getFirst(), precision, lanes);
    return SplitLoop.of(parts, parts.stream().map(part -> single(part, precision, lanes)).toList());
  }

  private static LoopKernel single(Loop loop, Precision precision, int lanes) {
    int accesses = SplitLoop.accesses(loop);
    if (accesses > SplitLoop.MOST_COMPILED || loop.code().size() > MOST_STEPS) {
      return new LoopInterpreter(loop, precision);
    }
    int used = accesses > SplitLoop.MOST_WITH_VECTORS ? 0 : lanes;
    LoopKernel shortRows = ShortRows.of(loop, precision, used);
    return shortRows != null ? shortRows : KernelClass.compile(loop, precision, used);
  }
}
