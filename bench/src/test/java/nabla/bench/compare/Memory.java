package nabla.bench.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory by addresses, as BLAS sees it: one segment that spans everything is a constant to the
 * compiler, so that an access costs no checks. Nothing is freed: a process lasts for one problem.
 */
@SuppressWarnings("restricted")
final class Memory {
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final long HUGE_PAGE = 2 << 20;
  private static final int ADVISE_HUGE = 14;
  private static final MethodHandle ADVISE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("madvise"),
              FunctionDescriptor.ofVoid(
                  ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
  private static final MethodHandle ALIGNED =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("aligned_alloc"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

  private Memory() {}

  /**
   * The address of zeros, aligned to a cache line. Large ones lie on huge pages where Linux gives
   * them when asked, as NumPy's do; an arena would touch the pages before they are asked for.
   */
  static long allocate(long bytes) {
    if (bytes < 2 * HUGE_PAGE) return Arena.global().allocate(bytes, 64).address();
    long size = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    try {
      long address = (long) ALIGNED.invokeExact(HUGE_PAGE, size);
      if (address == 0) throw new OutOfMemoryError(size + " bytes off the heap");
      ADVISE.invokeExact(address, size, ADVISE_HUGE);
      zero(address, size / 8);
      return address;
    } catch (Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  static double get(long address) {
    return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
  }

  static void set(long address, double value) {
    ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
  }

  static void copy(long from, long to, long count) {
    MemorySegment.copy(ALL, from, ALL, to, 8 * count);
  }

  static void zero(long address, long count) {
    ALL.asSlice(address, 8 * count).fill((byte) 0);
  }
}
