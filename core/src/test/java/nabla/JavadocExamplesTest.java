package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the documentation in the public classes: {@code expression // what it is}. */
class JavadocExamplesTest {
  private static final Path SOURCES = Path.of("src/main/java/nabla");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n\\s*\\* \\}</pre>", Pattern.DOTALL);

  record Example(String file, List<String> lines) {
    @Override
    public String toString() {
      return file + ": " + lines.getLast();
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        Matcher m = EXAMPLE.matcher(Files.readString(file));
        while (m.find()) {
          List<String> lines =
              m.group(1).lines().map(line -> line.replaceFirst("^\\s*\\* ?", "").strip()).toList();
          examples.add(new Example(file.getFileName().toString(), lines));
        }
      }
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachSaysWhatHappens(Example example) {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      shell.eval("import nabla.*;");
      shell.eval("import nabla.tensor.*;");
      shell.eval("import java.util.*;");
      int compared = 0;
      for (String line : example.lines()) {
        String[] parts = line.split(" // ", 2);
        if (parts.length == 1) {
          value(shell, line);
          continue;
        }
        String text = "String.valueOf(" + parts[0].replaceFirst(";$", "") + ")";
        assertThat(value(shell, text).translateEscapes()).as(line).isEqualTo('"' + parts[1] + '"');
        compared++;
      }
      assertThat(compared).as("lines with a result").isPositive();
    }
  }

  private static String value(JShell shell, String line) {
    SnippetEvent event = shell.eval(line).getFirst();
    assertThat(event.status()).as(line).isEqualTo(Snippet.Status.VALID);
    assertThat(event.exception()).as(line).isNull();
    return String.valueOf(event.value());
  }
}
