package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Wrong words on the command line: the exit status, and what is said on standard error. */
class MisuseTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  record Row(int status, String message, List<String> words) {
    static Row of(int status, String message, String... words) {
      return new Row(status, message, List.of(words));
    }

    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  private int run(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  static Stream<Row> rows() {
    return Stream.of(
        Row.of(2, "there is no option --no-such", "--no-such", "x", "x"),
        Row.of(2, "did you mean --where?", "x", "x", "--wher", "x: vector[n]"),
        Row.of(2, "the option --where needs a value", "x", "x", "--where"),
        Row.of(2, "'two' is not a whole number", "x", "x", "--order", "two"),
        Row.of(2, "the order is a number from 1 to 6", "x", "x", "--order", "0"),
        Row.of(2, "the order is a number from 1 to 6", "x", "x", "--order", "99"),
        Row.of(2, "'abc' is not a whole number", "x", "x", "--seed", "abc"),
        Row.of(2, "there is no layout rows", "x", "x", "--layout", "rows"),
        Row.of(2, "there is no format pdf", "x", "x", "--format", "pdf"),
        Row.of(2, "there is no structure loose", "x", "x", "--structure", "loose"),
        Row.of(2, "did you mean diff?", "dif"),
        Row.of(2, "did you mean batch?", "bathc"),
        Row.of(2, "did you mean minimize?", "minimise", "x^2"),
        Row.of(2, "did you mean convex?", "convx", "x^2", "--where", "x: scalar"),
        Row.of(2, "did you mean diff?", "help", "dif"),
        Row.of(2, "'extra'", "batch", "extra"),
        Row.of(2, "the expression is empty", "", "x"),
        Row.of(2, "name one of x, A", "x'*A*x"),
        Row.of(2, "no variable to differentiate by", "2"),
        Row.of(2, "did you mean weights?", "weights'*x", "weigths"),
        Row.of(2, "hint: a shell takes ' away", "x*x", "x", "--where", "x: vector[n]"),
        Row.of(
            2,
            "x: vectr[n]\n     ^^^^^\nhint: did you mean vector?",
            "x'*x",
            "x",
            "--where",
            "x: vectr[n]"),
        Row.of(
            2,
            "x'*A*x + b'*x\n     ^^^\nhint: declare x: vector[3], or write A'*x\n",
            "x'*A*x + b'*x",
            "x",
            "--where",
            "A: matrix[4,3]; x: vector[4]"),
        Row.of(2, "a port is from 0 to 65535", "serve", "--port", "65536"),
        Row.of(2, "a rate is 0, for any number, or more", "serve", "--rate", "NaN"),
        Row.of(2, "a rate is 0, for any number, or more", "serve", "--rate", "-1"),
        Row.of(
            2,
            "cannot listen at no.host.invalid, port 0",
            "serve",
            "--host",
            "no.host.invalid",
            "--port",
            "0"),
        Row.of(
            2,
            "cannot listen at 203.0.113.9, port 0",
            "serve",
            "--host",
            "203.0.113.9",
            "--port",
            "0"),
        Row.of(3, "the limit is 10000", "x+".repeat(5_000) + "x", "x"),
        Row.of(3, "nested deeper than 200", "(".repeat(300), "x"),
        Row.of(3, "matrix powers go up to 64", "X^65", "X"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsWrongOnStandardError(Row row) {
    assertThat(run(row.words().toArray(String[]::new))).as("%s", err).isEqualTo(row.status());
    assertThat(err.toString()).contains(row.message()).contains("error: ").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void showsHelpWithoutWords() {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("Usage: nabla");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void differentiatesByTheOnlyVariable() {
    assertThat(run("x'*x", "--no-check")).isZero();
    assertThat(out.toString()).startsWith("∂f/∂x = 2*x");
  }
}
