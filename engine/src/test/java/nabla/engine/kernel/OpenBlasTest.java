package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenBlasTest {
  @Test
  void saysWhatItIs() {
    assertThat(LinearAlgebra.best().description())
        .matches("OpenBLAS \\d+\\.\\d+\\.\\d+\\S* \\(\\w+\\)|pure Java: .*");
  }

  /** Two libraries of one name in a process share symbols, and crash. */
  @Test
  void theCopyHasANameOfItsOwn() throws IOException {
    var library = BundledOpenBlas.extract();
    assumeTrue(
        library.isPresent() && Platform.SYSTEM.equals("linux"), "no OpenBLAS comes for Linux here");
    Path path = library.orElseThrow();
    assertThat(path).hasFileName("libnablblas.so.0");
    assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
        .contains("libnablblas.so.0\0")
        .doesNotContain("libopenblas.so.0");
  }

  @Test
  void extractedOnce() throws IOException {
    var library = BundledOpenBlas.extract();
    assumeTrue(library.isPresent(), "no OpenBLAS comes for this machine");
    Path path = library.orElseThrow();
    assumeTrue(
        !path.startsWith(System.getProperty("java.io.tmpdir")),
        "the user has no folder to keep it");
    var modified = Files.getLastModifiedTime(path);
    assertThat(BundledOpenBlas.extract()).contains(path);
    assertThat(Files.getLastModifiedTime(path)).isEqualTo(modified);
    try (var files = Files.list(path.resolveSibling("."))) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("part"));
    }
  }

  /** There is one chance to load it: that of the first thread which multiplies. */
  @Test
  void anInterruptedThreadExtractsIt(@TempDir Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "a library");
    Path target = folder.resolve("target");
    Thread.currentThread().interrupt();
    try {
      BundledOpenBlas.copy(source.toUri().toURL(), target);
    } finally {
      assertThat(Thread.interrupted()).as("is kept").isTrue();
    }
    assertThat(target).hasContent("a library");
  }

  @Test
  void variablesAreUnsetForAWhile() {
    assumeTrue(NativeCode.standardLibrary().find("unsetenv").isPresent(), "no unsetenv");
    String path = System.getenv("PATH");
    assertThat(nativeVariable("PATH")).isEqualTo(path);
    assertThat(Environment.without(List.of("PATH", "NABLA_NOT_SET"), () -> nativeVariable("PATH")))
        .isEqualTo("");
    assertThat(nativeVariable("PATH")).isEqualTo(path);
    assertThat(nativeVariable("NABLA_NOT_SET")).isEqualTo("");
  }

  @SuppressWarnings("restricted")
  private static String nativeVariable(String name) {
    try (Arena arena = Arena.ofConfined()) {
      var getenv = NativeCode.link(NativeCode.standardLibrary(), "getenv", "a:a");
      var value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(name));
      return value.equals(MemorySegment.NULL) ? "" : value.reinterpret(1 << 16).getString(0);
    } catch (Throwable e) {
      throw NativeCode.unexpected(e);
    }
  }
}
