package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nabla.cli.Markdown.Block;
import nabla.tensor.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows is what happens: console blocks are run; Java blocks are run and
 * write the block after them; blocks that name a file stand in that file; links lead somewhere; the
 * table of functions is that of the catalogue.
 */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  /** Languages of blocks without output: what a reader types elsewhere, and plain drawings. */
  private static final List<String> SILENT = List.of("sh", "json", "");

  private static final String BEFORE_TABLE = "<!-- functions -->\n";
  private static final String AFTER_TABLE = "<!-- end of functions -->";

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files
          .filter(p -> p.toString().endsWith(".md"))
          .map(ROOT::relativize)
          .sorted()
          .forEach(pages::add);
    }
    return pages;
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("pages")
  void everyOutputIsReal(Path page) throws IOException {
    String written = Files.readString(ROOT.resolve(page));
    String now = written;
    List<Block> blocks = Markdown.blocks(written);
    for (int k = blocks.size() - 1; k >= 0; k--) {
      Block block = blocks.get(k);
      if (block.isExcerpt()) {
        assertThat(Files.readString(ROOT.resolve(block.path()))).contains(block.text());
        continue;
      }
      switch (block.language()) {
        case "console" -> now = block.in(now, Transcript.replay(block.text()));
        case "text" -> {
          assertThat(k > 0 && blocks.get(k - 1).language().equals("java"))
              .as("line %d: output without a program before it", block.line())
              .isTrue();
          now = block.in(now, java(blocks.get(k - 1).text()));
        }
        case "java" ->
            assertThat(k + 1 < blocks.size() && blocks.get(k + 1).language().equals("text"))
                .as("line %d: a program without its output after it", block.line())
                .isTrue();
        default -> {
          assertThat(SILENT).as("line " + block.line()).contains(block.language());
          assertThat(block.text()).as("line " + block.line()).doesNotContain("$ ");
        }
      }
    }
    if (Transcript.REWRITE) Files.writeString(ROOT.resolve(page), now);
    else Transcript.assertEqual(written, now);
  }

  /** What the program writes, run as a reader would run it. */
  private String java(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Example.java"), source);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                System.getProperty("java.class.path"),
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theTableOfFunctionsIsThatOfTheCatalogue() throws IOException {
    Path page = ROOT.resolve("docs/language.md");
    String written = Files.readString(page);
    int from = written.indexOf(BEFORE_TABLE) + BEFORE_TABLE.length();
    int to = written.indexOf(AFTER_TABLE);
    String now = written.substring(0, from) + FunctionTable.markdown() + written.substring(to);
    if (Transcript.REWRITE) Files.writeString(page, now);
    else assertThat(written).isEqualTo(now);
  }

  @Test
  void everyPropertyIsExplained() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/language.md"));
    for (Property property : Property.values()) {
      assertThat(page).contains("`" + property.label() + "`");
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Path page) throws IOException {
    Path own = ROOT.resolve(page);
    Matcher link = LINK.matcher(Files.readString(own));
    while (link.find()) {
      File target = own.resolveSibling(link.group(1)).toFile();
      assertThat(target).as("%s links to %s", page, link.group(1)).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void filesThatAreNamedExist(Path page) throws IOException {
    // what the build makes is not there yet while tests run
    Matcher name =
        Pattern.compile("`((?:core|engine|cli|bench|docs|build)/(?!target/)[\\w/.-]+)`")
            .matcher(Files.readString(ROOT.resolve(page)));
    while (name.find()) assertThat(ROOT.resolve(name.group(1))).as("in " + page).exists();
  }
}
