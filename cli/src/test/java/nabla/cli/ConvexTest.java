package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code nabla convex}: the exit status, and what is said. */
class ConvexTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int convex(String words) {
    CommandLine line =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    return line.execute(Shell.words("convex " + words).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'norm2(x)^2' --over x | 0 | strongly convex in x",
        "'A*x' --over x | 2 | only a scalar may be convex",
        "'norm2(x)^2' --over y | 2 | y is no variable of the function",
        "'x*y' --where 'x, y: scalar' | 1 | neither convex nor concave in x, y",
        "'log(x)' --where 'x: scalar' | 1 | where        x > 0",
        "'x*sinh(x)' --where 'x: scalar' | 1 | unknown in x",
        "'norm2(x)^2' --over x --format json | 0 |"
            + " `{\"ok\":true,\"kind\":\"strongly_convex\",\"over\":[\"x\"],\"modulus\":\"2\"`",
        "'log(x)' --where 'x: scalar' --format json | 1 | `\"where\":[\"x > 0\"]`",
        "'norm2(x)' --format xml | 2 | there is no format xml",
        " | 0 | nabla convex [options] EXPR",
      })
  void answers(String words, int status, String said) {
    assertThat(convex(words == null ? "" : words)).as("%s%s", out, err).isEqualTo(status);
    assertThat(out + "" + err).contains(said);
  }
}
