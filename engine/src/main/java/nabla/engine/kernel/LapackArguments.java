package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory for the arguments of LAPACK, which takes them by address: one for each thread. */
final class LapackArguments {
  private static final ThreadLocal<LapackArguments> OF_THREAD =
      ThreadLocal.withInitial(LapackArguments::new);

  private static final int SIZE = 0;
  private static final int LEADING = 4;
  private static final int OTHER = 8;
  private static final int COUNT = 12;
  private static final int INFO = 16;
  private static final int LOWER = 20;
  private static final int PLAIN = 21;
  private static final int TRANSPOSED = 22;

  private final MemorySegment memory = Arena.ofAuto().allocate(24, 64);

  private LapackArguments() {
    memory.set(JAVA_BYTE, LOWER, (byte) 'L');
    memory.set(JAVA_BYTE, PLAIN, (byte) 'N');
    memory.set(JAVA_BYTE, TRANSPOSED, (byte) 'T');
  }

  static LapackArguments ofThread() {
    return OF_THREAD.get();
  }

  long size(int value) {
    return put(SIZE, value);
  }

  long leading(int value) {
    return put(LEADING, value);
  }

  long otherLeading(int value) {
    return put(OTHER, value);
  }

  long count(int value) {
    return put(COUNT, value);
  }

  private long put(int at, int value) {
    memory.set(JAVA_INT, at, value);
    return memory.address() + at;
  }

  /** The upper triangle by rows is the lower one by columns. */
  long lower() {
    return memory.address() + LOWER;
  }

  long plain() {
    return memory.address() + PLAIN;
  }

  long transposed() {
    return memory.address() + TRANSPOSED;
  }

  long info() {
    return memory.address() + INFO;
  }

  /** What the routine has put where {@link #info} is. */
  int result() {
    int result = memory.get(JAVA_INT, INFO);
    if (result < 0) {
      throw new IllegalStateException("LAPACK refuses its argument number " + -result);
    }
    return result;
  }
}
