package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Opens libraries, for the life of the process, and links functions: all that can crash it. */
@SuppressWarnings("restricted")
final class NativeCode {
  private static final Linker LINKER = Linker.nativeLinker();

  private NativeCode() {}

  /**
   * @throws IllegalArgumentException if it cannot be loaded
   */
  static SymbolLookup open(Path library) {
    return SymbolLookup.libraryLookup(library, Arena.global());
  }

  /**
   * @throws IllegalArgumentException if it cannot be found or loaded
   */
  static SymbolLookup open(String library) {
    return SymbolLookup.libraryLookup(library, Arena.global());
  }

  /** The functions of the C library. */
  static SymbolLookup standardLibrary() {
    return LINKER.defaultLookup();
  }

  /**
   * Links a function.
   *
   * @param signature a letter for each parameter: i an int, l an address as a long or a size, a an
   *     address, d a double, f a float; that of the result, if there is one, follows a colon
   * @throws java.util.NoSuchElementException if the library has no such function
   */
  static MethodHandle link(SymbolLookup library, String name, String signature) {
    int end = signature.indexOf(':');
    MemoryLayout[] parameters =
        (end < 0 ? signature : signature.substring(0, end))
            .chars()
            .mapToObj(NativeCode::layout)
            .toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        end < 0
            ? FunctionDescriptor.ofVoid(parameters)
            : FunctionDescriptor.of(layout(signature.charAt(end + 1)), parameters);
    return LINKER.downcallHandle(library.findOrThrow(name), descriptor);
  }

  /** The text that a function without parameters returns. */
  static String text(SymbolLookup library, String function) {
    try {
      var pointer = (MemorySegment) link(library, function, ":a").invokeExact();
      return pointer.reinterpret(1024).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What a downcall, which throws nothing by itself, has thrown. */
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  private static MemoryLayout layout(int letter) {
    return switch (letter) {
      case 'i' -> JAVA_INT;
      case 'l' -> JAVA_LONG;
      case 'a' -> ADDRESS;
      case 'd' -> JAVA_DOUBLE;
      case 'f' -> JAVA_FLOAT;
      default -> throw new IllegalArgumentException(Character.toString(letter));
    };
  }
}
