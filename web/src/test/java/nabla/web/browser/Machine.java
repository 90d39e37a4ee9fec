package nabla.web.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the tests need of the machine: a browser, Node, and the page with its npm packages.
 * Playwright would bring a browser and a Node of its own for every platform, 190 MB.
 *
 * @param chromium the browser
 * @param driver a folder as Playwright expects it: {@code node}, and its own {@code package}
 */
record Machine(Path chromium, Path driver) {
  private static final Path PACKAGE = Path.of("page/node_modules/playwright-core");
  private static final Path DRIVER = Path.of("target/playwright");

  /** Something that the tests cannot do without is not there. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(String what) {
      super(what);
    }
  }

  static Machine here() throws Missing, IOException {
    Path chromium =
        program("chromium", "chromium-browser", "google-chrome")
            .orElseThrow(() -> new Missing("no Chromium on this machine"));
    Path node = program("node").orElseThrow(() -> new Missing("no Node on this machine"));
    if (!Files.isDirectory(PACKAGE)) throw new Missing("the page was not built: no " + PACKAGE);
    if (Machine.class.getResource("/nabla/web/page/index.html") == null) {
      throw new Missing("the page was not built");
    }
    Files.createDirectories(DRIVER);
    link(DRIVER.resolve("node"), node);
    link(DRIVER.resolve("package"), PACKAGE.toAbsolutePath());
    return new Machine(chromium, DRIVER.toAbsolutePath());
  }

  private static Optional<Path> program(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void link(Path link, Path target) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, target);
  }
}
