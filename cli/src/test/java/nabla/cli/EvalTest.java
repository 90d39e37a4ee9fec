package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.engine.data.DataFile;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** {@code nabla eval}: what data are understood as, what is refused, what is written. */
class EvalTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  record Row(String expected, String words) {}

  private static Row row(String expected, String words) {
    return new Row(expected, words);
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("column.csv"), "1\n2\n3\n");
    Files.writeString(folder.resolve("row.csv"), "1,2,3\n");
    Files.writeString(folder.resolve("A.csv"), "1,2,3\n4,5,6\n7,8,9\n");
    Files.writeString(folder.resolve("one.csv"), "5\n");
    Files.writeString(folder.resolve("bad.csv"), "1,2\n3\n");
    Files.writeString(folder.resolve("no.npy"), "this is none");
    Files.writeString(folder.resolve("all.json"), "{\"A\": [[1,2],[3,4]], \"x\": [1,1], \"t\": 3}");
    DataFile.write(folder.resolve("vector.npy"), NumericArray.vector(1, 2, 3));
    DataFile.write(folder.resolve("column.npy"), NumericArray.of(new int[] {3, 1}, 1, 2, 3));
    DataFile.writeAll(
        folder.resolve("all.npz"),
        Map.of("x", NumericArray.vector(1, 2), "more", NumericArray.scalar(1)));
  }

  /**
   * Runs {@code nabla eval}; words stand between blanks, and {@code file:} is the folder of files.
   */
  private int eval(String words) {
    List<String> all =
        Shell.words("eval " + words).stream()
            .map(word -> word.replace("file:", folder + "/"))
            .toList();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }

  static Stream<Row> kinds() {
    return Stream.of(
        row("A: scalar", "'A + 0*A' --data A=3"),
        row(
            "x: vector[3]; A: matrix[3,3]",
            "\"x'*A*x\" --data A=file:A.csv --data x=file:column.csv"),
        row("x: vector[3]; A: matrix[3,3]", "\"x'*A*x\" --data A=file:A.csv --data x=file:row.csv"),
        row(
            "x: vector[3]; A: matrix[3,3]",
            "\"x'*A*x\" --data A=file:A.csv --data x=file:vector.npy"),
        row(
            "x: vector[3]; A: matrix[3,3]",
            "\"x'*A*x\" --data A=file:A.csv --data x=file:column.npy"),
        row("A: matrix[3,3]; x: vector[3]", "\"A*x\" --data file:A.csv --data 'x=[1,2,3]'"),
        row("A: matrix[2,2]; x: vector[2]", "\"A*x\" --data file:all.json"),
        row("A: matrix[2,2]; x: vector[2]", "\"A*x\" --data file:all.json --data 'x=[0,0]'"),
        row("x: vector[2]", "\"x'*x\" --data file:all.npz"),
        row("A: matrix[3,1]; x: vector[1]", "\"A*x\" --data A=file:column.csv --data 'x=[2]'"),
        row("A: matrix[1,3]; x: vector[3]", "\"A*x\" --data A=file:row.csv --data 'x=[1,2,3]'"),
        row("A: matrix[1,3]; x: vector[3]", "\"A*x\" --data 'A=[1,2,3]' --data 'x=[1;2;3]'"),
        row("A: matrix[2,2]", "A --data 'A=[[1,2],[3,4]]'"),
        row("A: matrix[2,2]", "A --data 'A=[1,2;3,4]'"),
        row("A: matrix[3,3]; x: vector[3]", "\"A*x\" --data 'A=eye(3)' --data 'x=ones(3)'"),
        row("c: scalar; x: vector[3]", "\"c*x\" --data c=0.5 --data x=file:vector.npy"),
        row("c: matrix[3,3]; x: vector[3]", "\"c*x\" --data c=file:A.csv --data x=file:vector.npy"),
        row("h: scalar; y: vector[3]", "\"h.*y\" --data h=2 --data y=file:column.csv"),
        row(
            "x: vector[1]; A: matrix[1,1]",
            "\"x'*A*x\" --data A=file:one.csv --data x=file:one.csv"),
        row("x: scalar; A: scalar", "\"x'*A*x\" --data A=5 --data x=5"),
        row("X: vector[3]", "\"sum(X)\" --data X=file:vector.npy"),
        row("X: matrix[3,1]", "\"sum(X)\" --data X=file:column.csv"),
        row("x: matrix[3,1]", "\"sum(x)\" --where 'x: matrix[n,1]' --data x=file:vector.npy"),
        row(
            "x: vector[3]",
            "\"sum(x)\" --where 'x: vector[n]; z: scalar' --data x=file:vector.npy"),
        row("T: tensor[1,2,2]", "\"sum(T)\" --where 'T: tensor[k,m,n]' --data 'T=[[[1,2],[3,4]]]'"),
        row("c: scalar", "c --data c=-1e-3"),
        row("c: scalar", "c --data c=pi/2"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void understandsData(Row row) {
    assertThat(eval(row.words())).as("%s", err).isZero();
    assertThat(out.toString()).contains("data     " + row.expected() + "\n");
  }

  static Stream<Row> refused() {
    return Stream.of(
        row("A and x have no data\nhint: --data A=FILE", "\"A*x\""),
        row("z has no data; there are some for A, x, t", "z --data file:all.json"),
        row("z and y have no data; there are some for A, t", "\"z + y + x\" --data file:all.json"),
        row("y has data, but is no variable of the expression", "x --data x=1 --data y=2"),
        row(
            "did you mean weights?",
            "\"sum(weights)\" --data 'weigths=[1,2]' --data 'weights=[1]'"),
        row("x has data twice", "x --data x=1 --data x=2"),
        row("x has data twice", "x --data file:all.json --data file:all.npz"),
        row("x has no data; write --data x=FILE", "x --data x="),
        row("there is no such file", "x --data x=file:missing.npy"),
        row("there is no such file", "x --data missing.npz"),
        row("bad.csv", "A --data A=file:bad.csv"),
        row("no.npy", "x --data x=file:no.npy"),
        row("the data of x is ragged", "x --data 'x=[[1,2],[3]]'"),
        row("the data of x has an entry that is no number", "x --data 'x=[[1,null]]'"),
        row("the blocks do not fit", "x --data 'x=[1,2;3]'"),
        row("'[' is never closed", "A --data 'A=[1,2'"),
        row("x makes n = 3, but elsewhere n = 2", "\"A*x\" --data 'A=eye(2)' --data 'x=[1,2,3]'"),
        row(
            "x is a vector, but its data are a matrix[2,2]",
            "\"sum(x)\" --where 'x: vector[n]' --data 'x=[1,2;3,4]'"),
        row(
            "A is declared symmetric, but its data is not",
            "A --where 'A: matrix[n,n] symmetric' --data 'A=[1,2;3,4]'"),
        row(
            "A is declared pd, but its data is not",
            "\"logdet(A)\" --where 'A: matrix[n,n] pd' --data 'A=[1,2;2,1]'"),
        row("x has size 3, but its data has 2", "x --where 'x: vector[3]' --data 'x=[1,2]'"),
        row("z is not a variable", "x --gradient z --data x=1"),
        row("ask for jacobian", "\"A*x\" --gradient x --data file:all.json"),
        row("the hessian is by one or two variables", "x --hessian x,x,x --data x=1"),
        row("no g was asked for; there is gradient_x", "x --gradient x --data x=1 --out g=g.npy"),
        row(
            "several outputs go to an .npz or .json",
            "x --value --gradient x --data x=1 --out g.csv"),
        row(
            "several outputs are a gradient",
            "\"x*y\" --gradient x,y --data x=1 --data y=2 --out gradient=g.npy"),
        row("the extension names no format", "x --data x=1 --out file:g.xlsx"),
        row("there is no such folder", "x --data x=1 --out file:none/g.npy"),
        row("there is no format text", "x --data x=1 --format text"),
        row("there is no layout", "x --data x=1 --layout rows"),
        row("one layout is evaluated at a time", "x --data x=1 --layout all"),
        row("threads are 1 or more", "x --data x=1 --threads 0"),
        row("did you mean --gradient?", "x --data x=1 --grad x"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(Row row) {
    assertThat(eval(row.words())).as("%s", out).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("error: ")
        .contains(row.expected())
        .doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  static Stream<Row> results() {
    return Stream.of(
        row(
            "value          scalar     4\ngradient by x  vector[2]  [2, 4]\n",
            "\"x'*x - 1\" --value --gradient x --data 'x=[1,2]'"),
        row("derivative by x  vector[2]  [2, 4]\n", "\"x'*x\" x --data 'x=[1,2]'"),
        row(
            "hessian by x  matrix[2,2]  a multiple of the identity",
            "\"x'*x\" --hessian x --data 'x=[1,2]'"),
        row(
            "hessian by x, y  matrix[2,1]\n  1\n  2\n",
            "\"x'*A*y\" --hessian x,y --data 'A=[1;2]' --data 'y=[0]' --data 'x=[0,0]'"),
        row(
            "gradient by x  scalar  3\ngradient by y  scalar  2\n",
            "\"x*y\" --gradient x,y --data x=2 --data y=3"),
        row(
            "gradient by X[1,2]  scalar  1\n",
            "\"sum(X)\" --gradient 'X[1,2]' --data 'X=[1,2;3,4]'"),
        row(
            "jacobian by x  matrix[3,1]  axes of x first\n  1\n  2\n  3\n",
            "\"A*x\" --jacobian x --data 'A=[1,2,3]' --data 'x=[0,0,0]'"),
        row(
            "jacobian by x  matrix[1,3]  axes of the function first\n  1  2  3\n",
            "\"A*x\" --jacobian x --layout numerator --data 'A=[1,2,3]' --data 'x=[0,0,0]'"),
        row("value  vector[11]  [1, 1, 1, 1, 1, …, 1, 1, 1]\n", "x --data 'x=ones(11)'"),
        row(
            "value  vector[11]  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n",
            "x --full --data 'x=ones(11)'"),
        row(
            "[0.333333, 6.66667e8, 1.5e-5, -1e9, 0, 12345.7, 1234567]",
            "x --data 'x=[1/3,2e9/3,1.5e-5,-1e9,0,12345.678,1234567]'"),
        row("[NaN, Infinity, -Infinity]", "x --data 'x=[\"NaN\",\"Infinity\",\"-Infinity\"]'"),
        row("0.333333333333\n", "x --data x=1/3"),
        row("0.3333333333333333\n", "x --full --data x=1/3"),
        row("0.33333334\n", "x --single --data x=1/3"),
        row("[1,1,:,:]\n  1\n  0\n[2,1,:,:]\n  0\n  1\n", "X X --data 'X=[[1],[2]]'"),
        row("note     value has 4 NaN of 4\n", "\"inv(A)\" --data 'A=[1,2;2,4]'"),
        row("inv needs A invertible\n", "\"inv(A)\" --data 'A=[1,2;2,4]'"),
        row("note     value has 1 infinite of 1\n", "\"log(x)\" --data x=0"),
        row("log needs x > 0\n", "\"log(x)\" --data x=0"),
        row(
            "note     value has 1 NaN of 1\nnote     so have the data of x\n",
            "\"sum(x)\" --data 'x=[[1,\"NaN\"]]'"),
        row(
            "note     the function has a value there; its derivative may have none",
            "\"norm2(x)\" --gradient x --data 'x=[0,0]'"),
        row(
            "value  scalar  5\ndata     x: vector[2]\ntime     compiled in ",
            "\"x'*x\" --data 'x=[1,2]' --time"),
        row("of memory for what is computed", "\"x'*x\" --data 'x=[1,2]' --explain-plan"),
        row(
            "{\"ok\":true,\"results\":[{\"name\":\"value\",\"operator\":\"value\",\"wrt\":[],\"layout\":\"denominator\",\"shape\":[2],\"structure\":\"dense\",\"stored\":2,\"numeric\":[1.0,2.0]}],\"data\":[{\"name\":\"x\",\"shape\":[2]}],\"notes\":[]}\n",
            "x --data 'x=[1,2]' --format json"),
        row("\"seconds\":{\"compile\":", "x --data x=1 --format json --time"),
        row("\"plan\":[\"", "x --data x=1 --format json --explain-plan"));
  }

  @ParameterizedTest
  @MethodSource("results")
  void shows(Row row) {
    assertThat(eval(row.words())).as("%s", err).isZero();
    assertThat(out.toString()).contains(row.expected());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void writesAllOutputsByName() {
    String out = "--out file:all.npz --out file:all.json";
    assertThat(eval("\"x'*x\" --value --gradient x --hessian x --data 'x=[1,2]' " + out)).isZero();
    for (String file : List.of("all.npz", "all.json")) {
      Map<String, NumericArray> written = DataFile.readAll(folder.resolve(file));
      assertThat(written).containsOnlyKeys("value", "gradient_x", "hessian_x");
      assertThat(written.values())
          .extracting(NumericArray::toString)
          .containsExactlyInAnyOrder("5.0", "[2.0, 4.0]", "[[2.0, 0.0], [0.0, 2.0]]");
    }
  }

  @Test
  void writesOneOutputAndShowsTheOther() {
    assertThat(eval("\"x'*x\" --value --gradient x --data 'x=[1,2]' --out gradient=file:g.csv"))
        .isZero();
    assertThat(DataFile.read(folder.resolve("g.csv")).data()).containsExactly(2, 4);
    assertThat(out.toString())
        .contains("value          scalar     5\n")
        .contains("gradient by x  vector[2]  written to ");
  }

  @Test
  void writesTheOnlyOutputWithoutName() {
    assertThat(eval("x --data 'x=[1,2]' --out file:x.npy")).isZero();
    assertThat(DataFile.read(folder.resolve("x.npy")).data()).containsExactly(1, 2);
  }

  @Test
  void singlePrecisionIsSingle() {
    assertThat(eval("x --data x=1/3 --single --out file:x.npy")).isZero();
    double third = DataFile.read(folder.resolve("x.npy")).scalarValue();
    assertThat(third).isEqualTo(1f / 3).isCloseTo(1.0 / 3, within(1e-7));
  }
}
