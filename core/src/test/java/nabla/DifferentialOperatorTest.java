package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferentialOperatorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          gradient   | x'*A*x               | x   |                          | (A + A')*x           | ∂f/∂x   | ∂f/∂x_i
          jacobian   | A*x                  | x   |                          | A'                   | ∂y/∂x   | ∂y_j/∂x_i
          jacobian   | x'*x                 | x   |                          | 2*x                  | ∂f/∂x   | ∂f/∂x_i
          hessian    | x'*A*x               | x   |                          | A + A'               | ∂²f/∂x∂x | ∂²f/∂x_i∂x_j
          hessian    | x'*A*y               | x,y |                          | A                    | ∂²f/∂x∂y | ∂²f/∂x_i∂y_j
          laplacian  | x'*A*x               | x   |                          | 2*tr(A)              | Δf      | the sum of ∂²f/∂x_i∂x_i over i
          laplacian  | log(norm2(x))        | x   |                          | (n - 2)/norm2(x)^2   | Δf      | the sum of ∂²f/∂x_i∂x_i over i
          laplacian  | 1/norm2(x)           | x   | x: vector[3]             | 0                    | Δf      | the sum of ∂²f/∂x_i∂x_i over i
          laplacian  | prod(x)              | x   |                          | 0                    | Δf      | the sum of ∂²f/∂x_i∂x_i over i
          laplacian  | c^3                  | c   |                          | 6*c                  | Δf      | ∂²f/∂c∂c
          laplacian  | A*(x.*x)             | x   |                          | 2*A*ones(n)          | Δy      | the sum of ∂²y_i/∂x_j∂x_j over j
          laplacian  | (x'*x)*A             | x   | A: matrix[m,k]           | 2*n*A                | ΔY      | "the sum of ∂²Y_{i,j}/∂x_r∂x_r over r"
          laplacian  | norm2(X - A)^2       | X   |                          | 2*m*n                | Δf      | "the sum of ∂²f/∂X_{i,j}∂X_{i,j} over i,j"
          laplacian  | tr(X*X)              | X   | X: matrix[n,n]           | 2*n                  | Δf      | "the sum of ∂²f/∂X_{i,j}∂X_{i,j} over i,j"
          divergence | x/norm2(x)^3         | x   | x: vector[3]             | 0                    | ∇·y     | the sum of ∂y_i/∂x_i over i
          divergence | x                    | x   |                          | n                    | ∇·y     | the sum of ∂y_i/∂x_i over i
          divergence | A*x                  | x   | A: matrix[n,n]           | tr(A)                | ∇·y     | the sum of ∂y_i/∂x_i over i
          divergence | A*X*B                | X   | A: matrix[n,n]; B, X: matrix[n,n] | tr(A)*tr(B) | ∇·Y     | "the sum of ∂Y_{i,j}/∂X_{i,j} over i,j"
          divergence | c^2                  | c   |                          | 2*c                  | ∇·f     | ∂f/∂c
          """)
  void table(
      String operator,
      String function,
      String variables,
      String declarations,
      String text,
      String label,
      String entry) {
    Derivative derivative =
        Expression.parse(function, declarations == null ? "" : declarations)
            .apply(
                DifferentialOperator.of(operator).orElseThrow(),
                List.of(variables.split(",")),
                Layout.DENOMINATOR,
                Structure.AMBIENT);
    assertThat(derivative.text()).isEqualTo(text);
    assertThat(derivative.label()).isEqualTo(label);
    assertThat(derivative.entry()).isEqualTo(entry);
    assertThat(derivative.check(1).passed()).isTrue();
  }

  /** Against second differences of the function, summed by hand. */
  @ParameterizedTest
  @CsvSource({"exp(x'*A*x)", "softmax(A*x)'*x", "logdet(x*x' + eye(n))", "lse(A*x)"})
  void laplacianIsTheSumOfSecondDifferences(String function) {
    Expression f = Expression.parse(function, "A: matrix[n,n]; x: vector[n]");
    double[] x = {0.3, -0.5, 0.7};
    NumericArray a =
        NumericArray.matrix(
            new double[] {0.2, 0.5, -0.4}, new double[] {0.1, -0.3, 0.6}, new double[] {0, 0.4, 1});
    double h = 1e-3;
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += (at(f, a, x, i, h) - 2 * at(f, a, x, i, 0) + at(f, a, x, i, -h)) / (h * h);
    }
    Map<String, NumericArray> data = Map.of("A", a, "x", NumericArray.vector(x));
    double claimed = f.laplacian("x").value(data).data()[0];
    assertThat(claimed).isCloseTo(sum, within(1e-5));
    assertThat(f.laplacian("x").check(data).passed()).isTrue();
  }

  private static double at(Expression f, NumericArray a, double[] x, int entry, double step) {
    double[] moved = Arrays.copyOf(x, x.length);
    moved[entry] += step;
    return f.value(Map.of("A", a, "x", NumericArray.vector(moved))).data()[0];
  }

  @Test
  void laplacianOfSymmetricMatricesSumsOverThese() {
    Expression f = Expression.parse("tr(X*X')", "X: matrix[n,n] symmetric");
    Derivative projected =
        f.apply(
            DifferentialOperator.LAPLACIAN, List.of("X"), Layout.DENOMINATOR, Structure.PROJECTED);
    // twice the dimension of the symmetric matrices
    NumericArray three = NumericArray.matrix(new double[3], new double[3], new double[3]);
    assertThat(projected.value(Map.of("X", three)).data()).containsExactly(12);
    assertThat(projected.check(1).passed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gradient   | A*x      | x   | a gradient is that of a scalar, but the expression is a vector
          hessian    | A*x      | x   | a Hessian is that of a scalar, but the expression is a vector
          divergence | A*x      | x   | a divergence needs a function of the shape of its variable, but these are [m] and [n]
          divergence | x'*x     | x   | a divergence needs a function of the shape of its variable, but these are [] and [n]
          gradient   | x'*y     | x,y | the gradient is by one variable
          laplacian  | x'*y     | x,y | the laplacian is by one variable
          hessian    | x'*(y.*z) | x,y,z | the hessian is by one or two variables
          gradient   | x'*y     | w   | w is not a variable of the expression; the variables are x, y
          """)
  void refused(String operator, String function, String variables, String message) {
    assertThatThrownBy(
            () ->
                Expression.parse(function)
                    .apply(
                        DifferentialOperator.of(operator).orElseThrow(),
                        List.of(variables.split(",")),
                        Layout.DENOMINATOR,
                        Structure.AMBIENT))
        .isInstanceOf(NablaException.class)
        .hasMessage(message);
  }

  @Test
  void freeEntriesHaveNoSum() {
    Expression f = Expression.parse("tr(X*X')", "X: matrix[n,n] symmetric");
    assertThatThrownBy(
            () ->
                f.apply(
                    DifferentialOperator.LAPLACIAN,
                    List.of("X"),
                    Layout.DENOMINATOR,
                    Structure.INDEPENDENT))
        .hasMessageContaining("not by independent entries");
  }

  @Test
  void shortForms() {
    Expression f = Expression.parse("x'*A*y");
    assertThat(f.gradient("x").text()).isEqualTo("A*y");
    assertThat(f.jacobian("y").text()).isEqualTo("A'*x");
    assertThat(f.hessian("x").text()).isEqualTo("zeros(n, n)");
    assertThat(f.hessian("x", "y").text()).isEqualTo("A");
    assertThat(f.laplacian("x").text()).isEqualTo("0");
    assertThat(Expression.parse("x.^2").divergence("x").text()).isEqualTo("2*sum(x)");
  }
}
