package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of layouts in the language's contract, and that all show the same numbers. */
class LayoutTest {
  private static List<Integer> numbers(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
  }

  /** Axes of the variables are numbered first, then those of the expression. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DENOMINATOR | 1   | 0 | 0
          NUMERATOR   | 1   | 0 | 0
          MIXED       | 1   | 0 | 0
          DENOMINATOR | 1   | 1 | 0 1
          NUMERATOR   | 1   | 1 | 1 0
          MIXED       | 1   | 1 | 1 0
          DENOMINATOR | 2   | 0 | 0 1
          NUMERATOR   | 2   | 0 | 1 0
          MIXED       | 2   | 0 | 0 1
          DENOMINATOR | 0   | 2 | 0 1
          NUMERATOR   | 0   | 2 | 0 1
          MIXED       | 0   | 2 | 0 1
          DENOMINATOR | 2   | 2 | 0 1 2 3
          NUMERATOR   | 2   | 2 | 2 3 0 1
          MIXED       | 2   | 2 | 2 3 0 1
          NUMERATOR   | 1 1 | 0 | 0 1
          NUMERATOR   | 1 1 | 1 | 2 0 1
          MIXED       | 2 1 | 1 | 3 0 1 2
          DENOMINATOR | 2 1 | 1 | 0 1 2 3
          NUMERATOR   | 0   | 0 |
          """)
  void orderOfAxes(Layout layout, String ranks, int own, String order) {
    assertThat(layout.order(numbers(ranks), own)).isEqualTo(numbers(order));
  }

  @Test
  void labels() {
    assertThat(Layout.of("numerator")).contains(Layout.NUMERATOR);
    assertThat(Layout.of("mixed")).contains(Layout.MIXED);
    assertThat(Layout.of("Numerator")).isEmpty();
    assertThat(Layout.DENOMINATOR.label()).isEqualTo("denominator");
    assertThat(Layout.NUMERATOR.gradientIsRow()).isTrue();
    assertThat(Layout.MIXED.gradientIsRow()).isFalse();
  }

  /** Values of a Jacobian and of a gradient by a matrix, by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A*x     | x | DENOMINATOR | 2 3 | 1 3 5 2 4 6 | ∂y_j/∂x_i
          A*x     | x | NUMERATOR   | 3 2 | 1 2 3 4 5 6 | ∂y_i/∂x_j
          A*x     | x | MIXED       | 3 2 | 1 2 3 4 5 6 | ∂y_i/∂x_j
          y'*A*x  | A | DENOMINATOR | 3 2 | 1 2 0 0 2 4 | ∂f/∂A_{i,j}
          y'*A*x  | A | NUMERATOR   | 2 3 | 1 0 2 2 0 4 | ∂f/∂A_{j,i}
          y'*A*x  | A | MIXED       | 3 2 | 1 2 0 0 2 4 | ∂f/∂A_{i,j}
          y'*A*x  | x | NUMERATOR   | 2   | 11 14       | ∂f/∂x_i
          """)
  void sameNumbers(
      String expression, String by, Layout layout, String shape, String values, String entry) {
    Map<String, NumericArray> data =
        Map.of(
            "A", NumericArray.of(new int[] {3, 2}, 1, 2, 3, 4, 5, 6),
            "x", NumericArray.of(new int[] {2}, 1, 2),
            "y", NumericArray.of(new int[] {3}, 1, 0, 2));
    Derivative derivative =
        Expression.parse(expression, "A: matrix[m,n]; x: vector[n]; y: vector[m]")
            .derivative(List.of(by), layout);
    NumericArray value = derivative.value(data);
    assertThat(Arrays.stream(value.shape()).boxed().toList()).isEqualTo(numbers(shape));
    assertThat(Arrays.stream(value.data()).mapToObj(x -> (int) x).toList())
        .isEqualTo(numbers(values));
    assertThat(derivative.entry()).isEqualTo(entry);
    assertThat(derivative.check(data).passed()).isTrue();
  }
}
