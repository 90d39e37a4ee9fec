package nabla.engine.kernel;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The OpenBLAS of the jar {@code org.bytedeco:openblas}, copied to a folder of the user, where it
 * stays for the next time.
 */
final class BundledOpenBlas {
  /**
   * Another OpenBLAS in the process, loaded under the same name, would share symbols with this one
   * and crash: so that the copy has a name of its own, as long as the first.
   */
  private static final String NAME = "libopenblas.so.0";

  private static final String OWN_NAME = "libnablblas.so.0";

  private BundledOpenBlas() {}

  /** The library, ready to be loaded; what it needs is loaded. Empty if there is no jar. */
  static Optional<Path> extract() throws IOException {
    String folder = "org/bytedeco/openblas/" + Platform.NAME + "/";
    String main = libraries().getLast();
    ClassLoader loader = BundledOpenBlas.class.getClassLoader();
    URL url = loader.getResource(folder + main);
    if (url == null) {
      return Optional.empty();
    }
    long size = url.openConnection().getContentLengthLong();
    Path cache = UserCache.folder("openblas-" + Platform.NAME + "-" + size);
    Path library = cache;
    for (String name : libraries()) {
      URL source = loader.getResource(folder + name);
      if (source != null) {
        library = copy(source, cache.resolve(name.equals(NAME) ? OWN_NAME : name));
        if (!name.equals(main)) {
          var _ = NativeCode.open(library);
        }
      }
    }
    return Optional.of(library);
  }

  /** In the order in which they need each other. */
  private static List<String> libraries() {
    return switch (Platform.SYSTEM) {
      case "macosx" ->
          List.of(
              "libgcc_s.1.1.dylib",
              "libquadmath.0.dylib",
              "libgfortran.5.dylib",
              "libopenblas.0.dylib");
      case "windows" -> List.of("libopenblas.dll");
      default -> List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", NAME);
    };
  }

  static Path copy(URL source, Path target) throws IOException {
    var connection = source.openConnection();
    if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
      return target;
    }
    byte[] bytes;
    try (InputStream in = connection.getInputStream()) {
      bytes = in.readAllBytes();
    }
    rename(bytes);
    // whole or not at all, whoever else does the same now
    Path part = Files.createTempFile(target.getParent(), "part", null);
    // those of java.nio fail where a thread is interrupted, and the library would be missing for
    // good
    try (OutputStream out = new FileOutputStream(part.toFile())) {
      out.write(bytes);
    }
    return Files.move(
        part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void rename(byte[] bytes) {
    byte[] from = NAME.getBytes(StandardCharsets.US_ASCII);
    byte[] to = OWN_NAME.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + from.length <= bytes.length; i++) {
      if (bytes[i] == 'l' && startsWith(bytes, i, from)) {
        System.arraycopy(to, 0, bytes, i, to.length);
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
