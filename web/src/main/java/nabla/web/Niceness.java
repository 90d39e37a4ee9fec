package nabla.web;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Long work far back in the queue for the processors, so that short work beside it is quick. Java's
 * priorities do nothing on Linux; there, a thread has a niceness of its own. Elsewhere nothing is
 * done.
 */
final class Niceness {
  private static final int OF_ONE = 0; // PRIO_PROCESS, which on Linux is a thread

  /** A tenth of the share of others: enough to end soon when that is asked for. */
  private static final int NICE = 10;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private static final @Nullable MethodHandle THREAD = find("gettid", FunctionDescriptor.of(INT));
  private static final @Nullable MethodHandle SET =
      find("setpriority", FunctionDescriptor.of(INT, INT, INT, INT));

  private Niceness() {}

  @SuppressWarnings("restricted") // the functions are those of the C library, with their own types
  private static @Nullable MethodHandle find(String name, FunctionDescriptor descriptor) {
    if (!System.getProperty("os.name", "").equals("Linux")) return null;
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    return library.find(name).map(at -> linker.downcallHandle(at, descriptor)).orElse(null);
  }

  /** What the system calls this thread; 0 if it is not known. */
  static int thread() {
    try {
      return THREAD == null ? 0 : (int) THREAD.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The other threads go before this one from now on. */
  static void makeNice(int thread) {
    if (SET == null || thread == 0) return;
    try {
      int _ = (int) SET.invokeExact(OF_ONE, thread, NICE);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
