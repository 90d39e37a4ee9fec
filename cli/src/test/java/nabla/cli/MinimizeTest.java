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

/** {@code nabla minimize}: what moves, what is found, what is refused. */
class MinimizeTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int minimize(String words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(Shell.words("minimize " + words).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "norm2(x - v)^2" --data 'v=[1,2]'                     | x        vector[2]  [1, 2]
          "norm2(x - v)^2" --data 'v=[1,2]'                     | formula  x = v
          "(x - 3)^2" --where 'x: scalar'                       | x        3
          "(x - y)^2 + (y - 2)^2" --where 'x, y: scalar'        | y        2
          "(x - y)^2" --where 'x, y: scalar' --from x=1 --data y=4 | x        4
          "norm2(X - T)^2" --over X --data 'T=[1,2;3,4]'        | found    the global minimum, as the function is convex: eigenvalues of the Hessian from 2.00 to 2.00
          "norm2(x)^2 + c'*x" --over x --data 'c=[2,4]'         | value    -5
          "x[1]^2" --from 'x=[1,1]'                             | found    a global minimum, as the function is convex, flat in some direction
          "norm2(x - v)^2" --data 'v=[1,2]' --format json       | "status":"converged"
          "norm2(x - v)^2" --data 'v=[1,2]'                     | way      0 iterations; solved exactly: the gradient is affine in x
          "norm2(x - v)^2" --data 'v=[1,2]' --explain           | x = v                                   set to zero
          "sum(exp(x)) - v'*x" --data 'v=[1,2]' --explain       | explain  no formula was found, or none that could be verified
          "norm2(x - v)^2" --data 'v=[1,2]' --format json --explain | {"left":"x","text":"v","remark":"set to zero"}]
          "(x^2-1)^2" --from x=0.5                              | found    a strict minimum
          "norm2(x)^2" --subject "sum(x) = 1" "x >= 0" --from 'x=[0,0]' | held by  sum(x) = 1, multiplier -1
          "norm2(x)^2" --subject "C*x >= d" --data 'C=[1,1]' --data d=2 --from 'x=[0,0]' | found    the global minimum
          "norm2(x)^2 + (constraint0 - 1)^2" --subject "constraint0 + sum(x) >= 4" --where 'x: vector[2]' | constraint0 2
          "norm2(X - 3)^2" --subject "X[1,:] <= 1" --where 'X: matrix[2,2]' | held by  X[1,:] <= 1, multiplier [4, 4]
          "norm1(x - v)" --over x --data 'v=[1,2]'              | x        vector[2]  [1, 2]
          "norm2(x)^2" --subject "x = 0" --from 'x=[1,2]'       | held by  x = 0, multiplier [0, 0]
          "x^2 - y^2" --starts 5                                | saddle           value 0          x = 0, y = 0
          "x^2 - y^2" --starts 5 --format json                  | "kind":"saddle"
          "logdet(S) + tr(inv(S))" --over S --where 'S: matrix[2,2] pd' | S        matrix[2,2]
          """)
  void finds(String words, String expected) {
    assertThat(minimize(words)).as("%s%s", out, err).isZero();
    assertThat(out.toString()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "100*(x[2] - x[1]^2)^2 + (1 - x[1])^2" --from 'x=[-1.2,1]' --iterations 3 | not converged: that was the last iteration allowed
          "100*(x[2] - x[1]^2)^2 + (1 - x[1])^2" --from 'x=[-1.2,1]' --time 0       | not converged: the time was over
          "sum(x)" --from 'x=[0,0]'                                                | not converged: the function has no least value
          """)
  void saysWhatDidNotConverge(String words, String expected) {
    assertThat(minimize(words)).isEqualTo(1);
    assertThat(out.toString()).contains(expected).contains("no minimum yet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "A*x"                                    | the function is a vector; only a scalar has a minimum
          "norm2(A*x)^2" --over x                  | A has no data
          "norm2(x)^2"                             | no data tell the size n of x; give a start
          "norm2(x)^2" --over z --from 'x=[1]'     | z is no variable of the function
          "norm2(v)^2" --data 'v=[1]'              | nothing moves: all variables have data
          "3"                                      | nothing moves: there are no variables
          "norm2(weights)^2" --over weigths --from 'weights=[1]' | hint: did you mean weights?
          "norm2(x)^2" --dta 'x=[1]'               | there is no option --dta
          "norm2(x)^2" x                           | 'x' is one word too many
          --subject "x >= 0" "norm2(x)^2"          | the expression is missing; it stands before --subject
          "norm2(x)^2" --from 'x=[1]' --subject "x > 0" | "x > 0" is strict, and what is at the limit would not count; write >= instead
          "norm2(x)^2" --from 'x=[1]' --subject "x >= 0" --plot a.svg | a picture knows no constraints
          "norm2(x)^2" --from 'x=[1]' --plot a.pdf | a picture is an .svg or a .png, not a.pdf
          "norm2(x)^2" --from 'x=[1]' --starts 3 --explain | --explain is of one minimum
          "norm2(x)^2" --from 'x=[1]' --starts 3 --plot a.svg | --plot is of one minimum
          "norm2(x)^2" --from 'x=[1]' --starts 0   | starts are 1 or more, not 0
          "norm2(x)^2" --from 'x=[1]' --tolerance -1 | the tolerance is 0 or more, not -1.0
          "norm2(x)^2" --from 'x=[1]' --iterations -1 | iterations are 0 or more, not -1
          "norm2(x)^2" --from 'x=[1]' --time -1    | the time is 0 or more, not -1.0
          "norm2(x)^2" --from 'x=[1]' --format xml | there is no format xml
          "logdet(S)" --where 'S: matrix[n,n] pd' --from 'S=[1,0;0,1]' | S is declared pd: minima over variables with properties are not supported
          """)
  void refuses(String words, String expected) {
    assertThat(minimize(words)).as("%s", out).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "exp(c) - c"                      | curve of exp(c) − c         | >path of minimize<
          "(x - 1)^2 + (y - x)^4"           | contour lines of (x − 1)²   | >path of minimize<
          "norm1(x - v)" --data 'v=[1,2]'   | contour lines of norm1      | >path of minimize<
          "norm2(x - v)^4" --data 'v=[1,2,3]' | convergence of norm2      | >largest entry of the gradient<
          """)
  void draws(String words, String title, String drawn, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.svg");
    assertThat(minimize(words + " --plot " + file)).as("%s%s", out, err).isZero();
    assertThat(out.toString()).contains("picture  " + file + ": " + title);
    assertThat(Files.readString(file)).contains(drawn);
  }

  @Test
  void theMinimumIsShownThoughItsPictureCannotBeWritten(@TempDir Path folder) {
    Path nowhere = folder.resolve("none/a.svg");
    assertThat(minimize("\"(c - 1)^2\" --plot " + nowhere)).isEqualTo(2);
    assertThat(out.toString()).contains("c        1").doesNotContain("picture");
    assertThat(err.toString()).contains("can't be written");
  }
}
