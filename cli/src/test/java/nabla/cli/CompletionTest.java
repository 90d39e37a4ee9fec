package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script, in the shell that it is for. */
class CompletionTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsBash() {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
  }

  @Test
  void isAScript() throws Exception {
    assertThat(bash("-n", script().toString())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nabla ''           | diff batch completion help
          nabla --           | --format --layout --name-repeats --no-check --order --proof --where --wrt
          nabla --layout ''  | denominator numerator mixed
          nabla --format ''  | text unicode latex json
          nabla diff --lay   | --layout
          nabla ''           | eval minimize convex plot bench
          nabla eval --      | --data --value --gradient --hessian --jacobian --out --threads --full
          nabla bench --     | --size --gradient --seed --single
          nabla convex --    | --over --where --format
          nabla minimize --  | --over --data --from --tolerance --iterations --time --plot --subject --starts --explain
          nabla plot --      | --kind --over --data --from --at --along --range --seed --out
          nabla plot --kind '' | contour surface curve slice convergence taylor
          """)
  void completes(String typed, String candidates) throws Exception {
    String complete =
        """
        source '%s'
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _complete_nabla
        echo "${COMPREPLY[@]}"
        """
            .formatted(script(), typed);
    Path program = Files.writeString(folder.resolve("complete.sh"), complete);
    assertThat(bash(program.toString()).strip().split("\\s+", -1))
        .contains(candidates.split(" ", -1))
        .doesNotContain("train");
  }

  private Path script() throws IOException {
    return Files.writeString(
        folder.resolve("completion.sh"), new Shell().run("./nabla completion"));
  }

  private static String bash(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("/bin/bash", "--norc"));
    command.addAll(List.of(arguments));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
