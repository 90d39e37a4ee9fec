package nabla.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.function.Supplier;

/** The process's environment as native code sees it. */
final class Environment {
  private static final SymbolLookup C = NativeCode.standardLibrary();

  private Environment() {}

  /** Does something while variables are unset, and restores them. */
  static <T> T without(List<String> variables, Supplier<T> action) {
    if (C.find("unsetenv").isEmpty()) { // Windows
      return action.get();
    }
    List<String> set = variables.stream().filter(name -> System.getenv(name) != null).toList();
    set.forEach(Environment::unset);
    try {
      return action.get();
    } finally {
      set.forEach(name -> set(name, System.getenv(name)));
    }
  }

  private static void unset(String name) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) NativeCode.link(C, "unsetenv", "a:i").invokeExact(arena.allocateFrom(name));
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }

  private static void set(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          (int)
              NativeCode.link(C, "setenv", "aai:i")
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }
}
