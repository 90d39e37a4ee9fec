package nabla.engine.kernel;

import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Finds and loads OpenBLAS: the one that comes in a jar, else the system's. There is one in the
 * process, loaded once and never unloaded.
 */
final class OpenBlas {
  /** What came of it. */
  sealed interface Result {}

  /** The library, its version, and the kind of processor that its code is for. */
  record Found(SymbolLookup symbols, String version, String core) implements Result {

    /**
     * Whether products of few multiplications are made by kernels that copy nothing before they
     * begin: those for AVX-512 (pull request 3335 of OpenBLAS). Other processors have none, or for
     * much fewer multiplications.
     */
    boolean multipliesInPlace() {
      return IN_PLACE.contains(core.toLowerCase(Locale.ROOT));
    }
  }

  /** There is none, and why. */
  record Missing(String reason) implements Result {}

  /** Of what an old or a partial build may lack. */
  private static final List<String> NEEDED =
      List.of("cblas_dgemm", "cblas_dtrsm", "dpotrf_", "dpotri_", "dgetrf_", "dgetri_");

  private static final Set<String> IN_PLACE = Set.of("skylakex", "cooperlake", "sapphirerapids");

  private static final List<String> SYSTEM_NAMES =
      List.of(
          "libopenblas.so.0",
          "libopenblas.so",
          "libopenblas.dylib",
          "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
          "/usr/local/opt/openblas/lib/libopenblas.dylib",
          "libopenblas.dll");

  static final Result LOADED = load();

  private OpenBlas() {}

  private static Result load() {
    try {
      // OpenBLAS takes these for the processor's, and wrong ones halve its speed
      return Environment.without(
          List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"), OpenBlas::loadWithDefaults);
    } catch (RuntimeException | LinkageError e) {
      // as when the process may not call native code
      return new Missing("no native code: " + e.getMessage());
    }
  }

  private static Result loadWithDefaults() {
    String reason = "no OpenBLAS for " + Platform.NAME;
    try {
      Optional<Path> bundled = BundledOpenBlas.extract();
      if (bundled.isPresent()) {
        return inspect(NativeCode.open(bundled.get()));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      reason = "the bundled OpenBLAS does not load: " + e.getMessage();
    }
    for (String name : SYSTEM_NAMES) {
      try {
        return inspect(NativeCode.open(name));
      } catch (RuntimeException | LinkageError _) {
        // the next one, or none
      }
    }
    return new Missing(reason);
  }

  private static Found inspect(SymbolLookup symbols) {
    for (String name : NEEDED) {
      symbols.findOrThrow(name);
    }
    String configuration = NativeCode.text(symbols, "openblas_get_config");
    if (configuration.contains("USE64BITINT")) {
      throw new IllegalArgumentException("its integers have 64 bits");
    }
    takeOneThread(symbols);
    return new Found(
        symbols, version(configuration), NativeCode.text(symbols, "openblas_get_corename"));
  }

  /** The second word of {@code OpenBLAS 0.3.31 DYNAMIC_ARCH …}. */
  private static String version(String configuration) {
    var words = new StringTokenizer(configuration);
    words.nextToken();
    return words.nextToken();
  }

  /**
   * One thread: with more, routines of LAPACK take so much of the stack that a thread of Java,
   * which has 1 MB, may end the process.
   */
  private static void takeOneThread(SymbolLookup symbols) {
    try {
      NativeCode.link(symbols, "openblas_set_num_threads", "i").invokeExact(1);
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }
}
