package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that a routine works in: a piece for each thread, which grows as needed and stays. */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private MemorySegment memory = MemorySegment.NULL;

  private Scratch() {}

  /** At least so many bytes, with whatever is in them; the thread has no others. */
  static MemorySegment ofThread(long bytes) {
    Scratch own = OF_THREAD.get();
    if (own.memory.byteSize() < bytes) {
      own.memory = Arena.ofAuto().allocate(Math.max(bytes, 2 * own.memory.byteSize()), 64);
    }
    return own.memory;
  }
}
