package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

/** The process's environment as native code sees it. */
final class Environment {
  private Environment() {}

  /** Does something while variables are unset, and restores them. */
  static <T> T without(List<String> variables, Supplier<T> action) {
    List<String> set = variables.stream().filter(name -> System.getenv(name) != null).toList();
    if (Linker.nativeLinker().defaultLookup().find("unsetenv").isEmpty()) { // Windows
      return action.get();
    }
    set.forEach(Environment::unset);
    try {
      return action.get();
    } finally {
      set.forEach(name -> set(name, System.getenv(name)));
    }
  }

  private static void unset(String name) {
    try (Arena arena = Arena.ofConfined()) {
      var handle =
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().findOrThrow("unsetenv"),
                  FunctionDescriptor.of(JAVA_INT, ADDRESS));
      int _ = (int) handle.invokeExact(arena.allocateFrom(name));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      var handle =
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().findOrThrow("setenv"),
                  FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
      MemorySegment text = arena.allocateFrom(value);
      int _ = (int) handle.invokeExact(arena.allocateFrom(name), text, 1);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
