package nabla.engine.kernel;

import java.util.Locale;

/** The operating system and processor, as {@code linux-x86_64}. */
final class Platform {
  static final String SYSTEM = system(System.getProperty("os.name").toLowerCase(Locale.ROOT));
  static final String NAME = SYSTEM + "-" + processor(System.getProperty("os.arch"));

  static final boolean IS_ARM = NAME.endsWith("-arm64");

  private Platform() {}

  private static String system(String name) {
    if (name.startsWith("mac")) {
      return "macosx";
    }
    return name.startsWith("windows") ? "windows" : name;
  }

  private static String processor(String name) {
    return switch (name) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
