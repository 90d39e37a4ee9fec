package nabla.bench.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers off the heap, by rows. Aligned for vectors and padded by a few of them, so that a vector
 * may be loaded at any entry; they stay for as long as the process, which lasts for one problem.
 */
record Array(MemorySegment values, List<Integer> shape) {
  private static final long PADDING = 256;
  private static final long HUGE_PAGE = 2 << 20;

  static Array of(int... shape) {
    List<Integer> dimensions = Arrays.stream(shape).boxed().toList();
    long bytes = 8 * count(dimensions) + PADDING;
    if (bytes < 2 * HUGE_PAGE) return new Array(Arena.global().allocate(bytes, 64), dimensions);
    MemorySegment values = Pages.allocate(bytes);
    return new Array(values, dimensions);
  }

  long count() {
    return count(shape);
  }

  double get(long index) {
    return values.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
  }

  void set(long index, double value) {
    values.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
  }

  /** The address of an entry, for a library. */
  long at(long index) {
    return values.address() + 8 * index;
  }

  /** The address of the first entry. */
  long address() {
    return values.address();
  }

  Array copy() {
    Array copy = of(shape.stream().mapToInt(Integer::intValue).toArray());
    MemorySegment.copy(values, 0, copy.values, 0, 8 * count());
    return copy;
  }

  private static long count(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /** Large arrays lie on huge pages where Linux gives them when asked, as NumPy's do. */
  @SuppressWarnings("restricted")
  private static final class Pages {
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

    /** The arena would touch the pages before the advice, hence the C library's allocation. */
    static MemorySegment allocate(long bytes) {
      long size = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
      try {
        long address = (long) ALIGNED.invokeExact(HUGE_PAGE, size);
        if (address == 0) throw new OutOfMemoryError(size + " bytes off the heap");
        // refused where there are no huge pages: slower, but right
        ADVISE.invokeExact(address, size, ADVISE_HUGE);
        return MemorySegment.ofAddress(address).reinterpret(size).fill((byte) 0);
      } catch (Error e) {
        throw e;
      } catch (Throwable t) {
        throw new AssertionError(t);
      }
    }
  }
}
