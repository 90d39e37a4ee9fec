package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory outside the Java heap, for any thread, freed when nothing refers to it any more.
 *
 * <p>Large memory lies on huge pages where Linux gives them when asked (madvise(2)): the processor
 * remembers where some dozens of pages are, and walking down the columns of a large matrix goes to
 * another small page with every number.
 */
public final class OffHeap {
  /** A cache line. */
  public static final long ALIGNMENT = 64;

  private static final long HUGE_PAGE = 2 << 20;

  /** From here on it is worth while to ask; it is where NumPy asks. */
  private static final long LARGE = 2 * HUGE_PAGE;

  /** A multiple of what Linux has as its usual page on any processor. */
  private static final long PAGE = 64 << 10;

  private static final int DROP = 4; // MADV_DONTNEED
  private static final int USE_HUGE_PAGES = 14; // MADV_HUGEPAGE

  private OffHeap() {}

  /**
   * Zeros.
   *
   * @throws OutOfMemoryError if there is not so much
   */
  public static MemorySegment allocate(long bytes) {
    if (bytes < LARGE || !Platform.SYSTEM.equals("linux")) {
      return Arena.ofAuto().allocate(Math.max(bytes, ALIGNMENT), ALIGNMENT);
    }
    MemorySegment room = Arena.ofAuto().allocate(Math.addExact(bytes, 2 * HUGE_PAGE), ALIGNMENT);
    long begin = up(room.address(), HUGE_PAGE);
    advise(begin, hugePages(bytes) * HUGE_PAGE, USE_HUGE_PAGES);
    // The arena has written its zeros to small pages. What is dropped is zero when next touched, on
    // a page as asked for, and what is never touched, as the room around, takes no memory.
    long from = up(room.address(), PAGE);
    advise(from, (room.address() + room.byteSize()) / PAGE * PAGE - from, DROP);
    return room.asSlice(begin - room.address(), bytes);
  }

  /** The last page is a huge one only if little of it is left over. */
  private static long hugePages(long bytes) {
    long rest = HUGE_PAGE - bytes % HUGE_PAGE;
    return rest <= bytes / 16 ? (bytes + rest) / HUGE_PAGE : bytes / HUGE_PAGE;
  }

  private static long up(long address, long multiple) {
    return (address + multiple - 1) / multiple * multiple;
  }

  /** Asks the system for something that it may refuse. */
  private static void advise(long address, long length, int advice) {
    try {
      int _ = (int) Advice.FUNCTION.invokeExact(address, length, advice);
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }

  /** Linked when first needed. */
  private static final class Advice {
    static final MethodHandle FUNCTION =
        NativeCode.link(NativeCode.standardLibrary(), "madvise", "lli:i");
  }
}
