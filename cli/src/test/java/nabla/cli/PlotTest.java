package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code nabla plot}: which picture is drawn, where it goes, what is refused. */
class PlotTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int plot(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  private int plot(String words) {
    return plot(Shell.words("plot " + words).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "x^2 + y^2"                                                    | contour lines of x² + y²
          "x'*A*x" --data 'A=[2,0;0,1]'                                  | minimum at (0, 0), value 0
          "x'*A*x" --data 'A=[2,0;0,1]' --from 'x=[1,1]'                 | path of minimize: 4 iterations from (1, 1) to (0, 0)
          "x^2 - y^2" --where "x, y: scalar" --range "x=0:1, y=-1:2"     | x from 0 to 1, y from −1 to 2
          "x[1]^2 + x[2]^2" --range "x[1]=0:1" --range "x[2]=2:3"        | x[1] from 0 to 1, x[2] from 2 to 3
          "(c - 1)^2"                                                    | minimum at 1, value 0
          "(c - 1)^2" --from c=3                                         | path of minimize
          "x^2 - y^2" --kind surface                                     | surface of x² − y²
          "norm2(x)^2" --at 'x=[1,2,3]' --kind slice                     | slice through the given point
          "norm2(x)^2" --at 'x=[1,2,3]' --kind slice --along 'u=[1,0,0]' | x along u
          "norm2(x - v)^2" --data 'v=[1,2,3]' --kind slice               | slice through the minimum
          "norm2(x - v)^4" --data 'v=[1,2,3]' --kind convergence         | iterations, converged
          "exp(x'*A*x)" --kind taylor                                    | error of the second order: slope 3.00
          "exp(x'*A*x)" --kind taylor --at 'x=[0.1,0.2]' --over x --data 'A=[1,2;3,4]' | error of the first order: slope 2.00
          """)
  void draws(String words, String expected) {
    assertThat(plot(words)).as("%s%s", out, err).isZero();
    assertThat(out.toString()).startsWith("<svg ").endsWith("</svg>\n").contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "A*x"                                   | the function is a vector; only a scalar can be drawn
          "norm2(x)^2" --at 'x=[1,2,3]'           | 3 numbers move
          "norm2(x)^2" --at 'x=[1,2,3]'           | hint: a slice shows two directions (--kind slice)
          "norm2(A*x)^2" --over x                 | A has no data
          "norm2(x)^2" --kind slice               | no data tell the size n of x
          "x^2 + y^2" --kind pie                  | there is no kind pie; it is contour, surface, curve, slice, convergence, taylor
          "x^2 + y^2" --range "x=2:1"             | a range goes from a number to a larger one
          "x^2 + y^2" --range "x=1"               | x=1 is no range; write --range "x=-2:2"
          "x^2 + y^2" --range "z=1:2"             | there is no axis z; the axes are x and y
          "x^2 + y^2" --out picture.pdf           | a picture is an .svg or a .png, not picture.pdf
          "norm2(v)^2" --data 'v=[1]'             | nothing moves: all variables have data
          "x^2 + y^2" --over x,z                  | z is no variable of the function
          "x[1]^2 + x[5]^2"                       | hint: the size n of x is taken as 2, as nothing tells it
          "x^2 + y^2" --knd surface               | there is no option --knd
          "x^2 + y^2" --knd surface               | hint: did you mean --kind?
          "norm2(x)^2" --at 'x=[1,2,3]' --kind slice --along 'u=[1,0]' | the direction u has 2 entries, but 3 numbers move
          "log(-1 - c^2)"                         | the function has no finite value in the picture
          """)
  void refuses(String words, String expected) {
    assertThat(plot(words)).as("%s", out).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void writesAFile(@TempDir Path folder) throws IOException {
    Path svg = folder.resolve("a.svg");
    assertThat(plot("plot", "c^2", "-o", svg.toString())).as("%s", err).isZero();
    assertThat(out.toString())
        .isEqualTo("written  %s: curve of c²%n         minimum at 0, value 0%n".formatted(svg));
    String written = Files.readString(svg);
    assertThat(plot("plot", "c^2")).isZero();
    assertThat(out.toString()).endsWith(written);
    Path png = folder.resolve("a.png");
    assertThat(plot("plot", "c^2", "-o", png.toString())).as("%s", err).isZero();
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(plot("plot", "c^2", "-o", folder.resolve("none/a.svg").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("can't be written");
  }
}
