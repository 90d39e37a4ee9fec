package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import nabla.Nabla;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Options;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn without saying, and what is refused. */
class PlotTest {
  private static Plot plot(String function, String declarations, String over) {
    return Plot.of(
        Nabla.parse(function, declarations == null ? "" : declarations), over.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x^2 | x: scalar | x | curve of x²",
        "x^2 + y^2 | x, y: scalar | x,y | contour lines of x² + y²",
        "norm2(x)^2 | | x | contour lines of norm2(x)²",
        "tr(X) | X: matrix[1,2]; | X | ",
      })
  void theKindFollowsFromTheVariables(
      String function, String declarations, String over, String title) {
    if (title == null) {
      assertThatThrownBy(() -> plot(function, declarations, over))
          .isInstanceOf(NablaException.class);
    } else {
      assertThat(plot(function, declarations, over).draw().title()).isEqualTo(title);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A*x | | x | CURVE | KIND | the function is a vector; only a scalar can be drawn",
        "norm2(x) | x: vector[3] | x | CONTOUR | REQUEST | at most two axes, but 3 numbers move",
        "norm2(x) | x: vector[3] | x | SURFACE | REQUEST | at most two axes, but 3 numbers move",
        "norm2(x) | x: vector[3] | x | CURVE | REQUEST | at most two axes, but 3 numbers move",
        "x^2 | x: scalar | x | CONTOUR | REQUEST | drawn as a curve",
        "x^2 | x: scalar | x | SLICE | REQUEST | drawn as a curve",
        "norm2(x) | x: vector[2] | x | CURVE | REQUEST | drawn as contour lines",
        "sum(x) | x: vector[3] | x | SLICE | DOMAIN | the function falls without end",
        "norm2(x) | | x | SLICE | VALUE | no data tell the size n of x",
        "x'*y | | y | CONTOUR | VALUE | x has no data",
        "logdet(S) | S: matrix[n,n] pd | S | TAYLOR | UNSUPPORTED | S is declared pd",
        "log(-1 - x^2) | x: scalar | x | CURVE | DOMAIN | no finite value in the picture",
        "log(-1 - x^2 - y^2) | x, y: scalar | x,y | CONTOUR | DOMAIN | no finite value",
        "log(-1 - x^2 - y^2) | x, y: scalar | x,y | SURFACE | DOMAIN | no finite value",
        "log(-1 - x^2 - y^2) | x, y: scalar | x,y | TAYLOR | DOMAIN | not finite at random points",
        "x^2 | x: scalar | z | CURVE | WRT | z is no variable",
      })
  void isRefused(
      String function, String declarations, String over, Plot.Kind kind, Code code, String says) {
    assertThatThrownBy(() -> plot(function, declarations, over).draw(kind))
        .isInstanceOfSatisfying(
            NablaException.class,
            e -> {
              assertThat(e.diagnostic().code()).as(e.getMessage()).isEqualTo(code);
              assertThat(e.diagnostic().message()).contains(says);
            });
  }

  @Test
  void tooManyVariablesAreToldOfSlices() {
    assertThatThrownBy(() -> plot("norm2(x)", "x: vector[5]", "x").draw())
        .isInstanceOfSatisfying(
            NablaException.class, e -> assertThat(e.diagnostic().hint()).contains("--kind slice"));
  }

  @Test
  void rangesAreOfAxes() {
    Plot plot = plot("norm2(x)^2", "x: vector[2]", "x");
    Range range = new Range(-1, 3);
    for (Plot ranged : List.of(plot.range("x", range), plot.range("x[1]", range))) {
      assertThat(ranged.draw().findings().getFirst()).startsWith("x[1] from −1 to 3, x[2] from ");
    }
    assertThat(plot.range("x", range).draw().findings().getFirst()).endsWith("from −1 to 3");
    assertThatThrownBy(() -> plot.range("y", range).draw())
        .hasMessageContaining("there is no axis y; the axes are x[1] and x[2]");
    assertThatThrownBy(() -> new Range(1, 1)).isInstanceOf(NablaException.class);
    assertThatThrownBy(() -> new Range(0, Double.NaN)).isInstanceOf(NablaException.class);
  }

  @Test
  void directionsFitThePoint() {
    Plot plot = plot("norm2(x)^2", "x: vector[3]", "x");
    Plot along = plot.along("u", NumericArray.vector(1, 2));
    assertThatThrownBy(() -> along.draw(Plot.Kind.SLICE))
        .hasMessageContaining("the direction u has 2 entries, but 3 numbers move");
    assertThatThrownBy(() -> along.draw(Plot.Kind.CONVERGENCE))
        .hasMessageContaining("directions are of slices and Taylor tests");
    assertThatThrownBy(() -> plot.range("x", new Range(0, 1)).draw(Plot.Kind.TAYLOR))
        .hasMessageContaining("chooses its ranges itself");
    Plot nowhere = plot.along("u", NumericArray.vector(0, 0, 0));
    assertThatThrownBy(() -> nowhere.draw(Plot.Kind.SLICE)).hasMessageContaining("leads nowhere");
    assertThat(plot.along("u", NumericArray.vector(1, 0, 0)).draw(Plot.Kind.SLICE).title())
        .startsWith("curve");
    assertThat(plot.with(Options.usual().withSeed(7)).draw(Plot.Kind.SLICE).svg())
        .isNotEqualTo(plot.draw(Plot.Kind.SLICE).svg());
  }

  /** The slope along a slice is that of the function along its direction. */
  @Test
  void aSectionHasTheDerivativesOfTheFunction() {
    Plot plot = plot("x[1]^2*x[2] + exp(x[3])", "x: vector[3]", "x");
    Field field = plot.field(0);
    assertThat(field.hasHessian()).isTrue();
    Section section =
        new Section(field, new double[] {1, 2, 0}, new double[][] {{1, 1, 0}, {0, 0, 2}});
    assertThat(section.value(1, 0)).isEqualTo(4 * 3 + 1);
    assertThat(section.gradient(0, 0)).containsExactly(2 * 1 * 2 + 1, 2);
    // d'*H*d with H = [2*x2, 2*x1, 0; 2*x1, 0, 0; 0, 0, exp(x3)]
    assertThat(section.hessian(0, 0)[0]).containsExactly(4 + 2 * 2, 0);
    assertThat(section.hessian(0, 0)[1]).containsExactly(0, 4);
  }

  @Test
  void severalVariablesHaveCommonCurvature() {
    Plot plot = plot("x*y^2", "x, y: scalar", "x,y");
    Field field = plot.field(0);
    assertThat(field.hasHessian()).isTrue();
    Section section = Section.whole(field);
    assertThat(section.hessian(3, 2)[0]).containsExactly(0, 4);
    assertThat(section.hessian(3, 2)[1]).containsExactly(4, 6);
  }

  @ParameterizedTest
  @CsvSource({"1, curve", "2, contour lines", "3, convergence"})
  void aMinimisationIsDrawnByItsSize(int size, String kind) {
    NumericArray start = NumericArray.of(new int[] {size}, new double[size]);
    java.util.Arrays.fill(start.data(), 0.5);
    Picture picture =
        Plot.ofMinimization(
            Nabla.parse("sum(exp(x)) + norm2(x)^2 + c", "c: scalar"),
            List.of("x"),
            Map.of("c", NumericArray.scalar(1)),
            Map.of("x", start),
            Options.usual());
    assertThat(picture.title()).startsWith(kind);
    assertThat(String.join(" ", picture.findings())).contains("iterations").contains("converged");
    Picture chosen =
        Plot.ofMinimization(
            Nabla.parse("sum(exp(x)) + norm2(x)^2", "x: vector[" + size + "]"),
            List.of("x"),
            Map.of(),
            Map.of(),
            Options.usual());
    assertThat(String.join(" ", chosen.findings()))
        .as("the start is chosen")
        .contains("iterations")
        .contains("converged");
  }
}
