package nabla.engine.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where files are kept from one run to the next. */
final class UserCache {
  private UserCache() {}

  /**
   * A folder that exists and can be written to: one that goes with the process if there is no
   * other.
   */
  static Path folder(String name) throws IOException {
    try {
      Path folder = Files.createDirectories(root().resolve("nabla").resolve(name));
      if (Files.isWritable(folder)) {
        return folder;
      }
    } catch (IOException _) {
      // as when there is no home folder
    }
    Path folder = Files.createTempDirectory("nabla-" + name);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException _) {
      // Windows does not delete a library that is loaded
    }
  }

  private static Path root() {
    String home = System.getProperty("user.home");
    String given =
        System.getenv(Platform.SYSTEM.equals("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    if (given != null && !given.isEmpty()) {
      return Path.of(given);
    }
    return Platform.SYSTEM.equals("macosx")
        ? Path.of(home, "Library", "Caches")
        : Path.of(home, ".cache");
  }
}
