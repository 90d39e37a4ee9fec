package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** {@code nabla bench}: what it prints, but for the numbers. */
class BenchTest {
  private static final String TIME = "\\d[\\d.]* (µs|ms|s)";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  record Row(String expected, String words) {}

  private static Row row(String expected, String words) {
    return new Row(expected, words);
  }

  private int bench(String words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(Shell.words("bench " + words).toArray(String[]::new));
  }

  @Test
  void printsThis() {
    assertThat(bench("\"norm2(X*w - y)^2\" w --size m=20 --size n=10")).as("%s", err).isZero();
    List<String> lines = out.toString().lines().toList();
    List<String> expected =
        List.of(
            "outputs  value, gradient by w",
            "sizes    m = 20, n = 10",
            "data     1\\.84 kB of random numbers, seed 1",
            "compile  " + TIME,
            "first    " + TIME,
            "median   " + TIME + ", fastest " + TIME + ", of \\d+",
            "work     \\d[\\d.]* k?flop, \\d[\\d.]* [kMG]?flop/s",
            "memory   \\d[\\d.]* ?k?B for what is computed",
            "engine   .+",
            "threads  1, double precision");
    assertThat(lines).hasSameSizeAs(expected);
    for (int k = 0; k < lines.size(); k++) assertThat(lines.get(k)).matches(expected.get(k));
    assertThat(err.toString()).isEmpty();
  }

  /** Only what the variables that are named take no part in is computed once. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm2(x)^2 | x | false",
        "norm2(A*x)^2 | '' | false",
        "tr(A*A*A)*norm2(x)^2 | x | true",
        "tr(A*A*A)*norm2(x)^2 | '' | false",
        "k*sum(x) | '' | false",
      })
  void valuesAreOfWhatMoves(String expression, String variable, boolean once) {
    String where = "\"A: matrix[n,n]; x: vector[n]; k: scalar integer\"";
    String words = "\"" + expression + "\" " + variable + " --value --size n=10 --where " + where;
    assertThat(bench(words)).as("%s", err).isZero();
    assertThat(out.toString().lines().anyMatch(line -> line.startsWith("once"))).isEqualTo(once);
  }

  static Stream<Row> outputs() {
    return Stream.of(
        row("outputs  value, gradient by x\nsizes    n = 4\n", "\"x'*x\" --size n=4"),
        row(
            "outputs  value, jacobian by x\nsizes    m = 3, n = 4\n",
            "\"A*x\" --wrt x --size m=3,n=4"),
        row("outputs  hessian by x\n", "\"x'*x\" --hessian --size n=4"),
        row("outputs  value\n", "\"x'*A*x\" --value --size n=4"),
        row(
            "outputs  gradient by x, hessian by x, gradient by y, hessian by y\n",
            "\"x'*y\" x y --gradient --hessian --size n=3"),
        row("outputs  value, gradient by t\ndata     8 B", "\"t^2\""),
        row("seed 7\n", "\"t^2\" --seed 7"),
        row("threads  2, single precision\n", "\"t^2\" --threads 2 --single"),
        row(
            "outputs  value, gradient by S\n",
            "\"logdet(S)\" --where 'S: matrix[n,n] pd' --size n=4"),
        row("for what is computed; ", "\"x'*x\" --size n=4 --explain-plan"));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void measures(Row row) {
    assertThat(bench(row.words())).as("%s", err).isZero();
    assertThat(out.toString()).contains(row.expected()).doesNotContain("note ");
  }

  static Stream<Row> refused() {
    return Stream.of(
        row("there is no size q; the sizes are n", "\"x'*x\" --size q=3"),
        row(
            "sizes are written --size n=1000, with numbers from 1 to 999999999, not n=big",
            "\"x'*x\" --size n=big"),
        row(
            "sizes are written --size n=1000, with numbers from 1 to 999999999, not n=0",
            "\"x'*x\" --size n=0"),
        row("name one of x, A", "\"x'*A*x\""),
        row("ask for jacobian", "\"A*x\" x --gradient"),
        row("z is not a variable", "\"x'*x\" z --size n=2"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(Row row) {
    assertThat(bench(row.words())).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).startsWith("error: ").contains(row.expected());
  }

  /** The logarithm of numbers of both signs is no number; bench looks for another point. */
  @Test
  void looksForAPointWhereTheFunctionIsDefined() {
    assertThat(bench("\"sum(log(x))\" --size n=5")).isZero();
    assertThat(out.toString()).doesNotContain("not finite");
  }

  @Test
  void saysWhenThereIsNone() {
    assertThat(bench("\"log(-x^2)\" --where 'x: scalar'")).isZero();
    assertThat(out.toString()).endsWith("note     results are not finite at any of 11 points\n");
  }
}
