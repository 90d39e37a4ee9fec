package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of which only the kinds are known. */
class DeclaredFunctionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          f(x'*x)        | x   | f: scalar -> scalar                          | 2*f'(x'*x)*x
          sum(f(A*x))    | x   | f: scalar -> scalar                          | A'*f'(A*x)
          sum(f(A*x))    | x,x | f: scalar -> scalar                          | A'*diag(f''(A*x))*A
          f(X)           | X   | f: scalar -> scalar                          | D[r,s,i,j] = delta[r,i]*delta[s,j]*f'(X)[r,s]
          f(A*x)         | x   | f: vector[m] -> scalar                       | A'*f'(A*x)
          f(A*x)         | x,x | f: vector[m] → scalar                        | A'*f''(A*x)*A
          h(A*x)         | x   | h: vector[m] -> vector[p]                    | A'*h'(A*x)
          g(h(x))        | x   | h: vector[n] -> vector[p]; g: vector[p] -> scalar | h'(x)*g'(h(x))
          h(x)           | x,x | h: vector[n] -> vector[m]                    | D[r,s,i] = h''(x)[r,s,i]
          f(X*A)         | X   | f: matrix[m,n] -> scalar                     | f'(X*A)*A'
          f(A*X*B)       | X   | f: matrix[m,n] -> scalar                     | A'*f'(A*X*B)*B'
          F(x)           | x   | F: vector[n] -> matrix[m,k]                  | D[r,i,j] = F'(x)[r,i,j]
          c(t)'*x        | t   | c: scalar -> vector[n]; t: scalar            | c'(t)'*x
          f(t)*g(t)      | t   | f, g: scalar -> scalar; t: scalar            | f'(t)*g(t) + f(t)*g'(t)
          f(g(t))        | t,t | f, g: scalar -> scalar; t: scalar            | f''(g(t))*g'(t)^2 + g''(t)*f'(g(t))
          f'(A*x)        | x   | f: vector[m] -> scalar                       | A'*f''(A*x)
          log(p(w))      | w   | p: vector[n] -> scalar                       | p'(w)/p(w)
          """)
  void chainRules(String function, String variables, String declarations, String text) {
    Derivative derivative =
        Expression.parse(function, declarations)
            .derivative(List.of(variables.split(",")), Layout.DENOMINATOR);
    assertThat(derivative.text()).isEqualTo(text);
    assertThat(derivative.check(1).passed()).isTrue();
    assertThat(derivative.notes().getLast()).contains("differentiable function");
  }

  /** With exp, which is each of its derivatives, in the place of f. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(f(A*x).*x)           | x,x
          f(x'*f(A*x))             | x
          f(f(x[1]*x[2]))*x'*A*x   | x,x
          norm2(f(A*f(x)))^2       | x
          tr(f(A.*(x*x'))*A)       | A,x
          """)
  void anyFunctionMayStandForThem(String function, String variables) {
    String declared = "A: matrix[n,n]; x: vector[n]";
    List<String> by = List.of(variables.split(","));
    Derivative general =
        Expression.parse(function, declared + "; f: scalar -> scalar")
            .derivative(by, Layout.DENOMINATOR);
    String text = general.text();
    for (String primed : List.of("f''", "f'", "f")) {
      text = text.replaceAll("\\b" + primed + "\\(", "exp(");
    }
    Map<String, NumericArray> data =
        Map.of(
            "A",
            NumericArray.matrix(new double[] {0.2, -0.4}, new double[] {0.5, 0.3}),
            "x",
            NumericArray.vector(0.6, -0.7));
    double[] expected =
        Expression.parse(function.replace("f(", "exp("), declared)
            .derivative(by, Layout.DENOMINATOR)
            .value(data)
            .data();
    double[] found = Expression.parse(text, declared).value(data).data();
    assertThat(found).containsExactly(expected, within(1e-9));
  }

  @Test
  void everyNotationIsReadAgain() {
    String declared = "f: vector[m] -> scalar; phi: scalar -> scalar; loss: vector[n] -> scalar";
    Expression f = Expression.parse("f(A*x) + phi(x'*x)*loss(x)", declared);
    Derivative hessian = f.hessian("x");
    for (String text : List.of(hessian.text(), hessian.unicode(), hessian.latex())) {
      assertThat(Expression.parse(text, declared + "; A: matrix[m,n]; x: vector[n]").text())
          .isEqualTo(hessian.text());
    }
    assertThat(hessian.latex())
        .contains("\\phi''\\left(", "f''\\left(", "\\operatorname{loss}'\\left(");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          f^{(2)}(t)        | f''(t)
          f^{(12)}(t)       | f''''''''''''(t)
          f^{\\prime}(t)    | f'(t)
          f^\\prime(t)      | f'(t)
          f'^{\\prime}\\left(t\\right) | f''(t)
          \\left(f(t)\\right)^2 | f(t)^2
          """)
  void inLatex(String latex, String text) {
    assertThat(Expression.parse(latex, "f: scalar -> scalar; t: scalar").text()).isEqualTo(text);
  }

  @Test
  void aPowerInLatexIsNotGuessed() {
    assertThatThrownBy(() -> Expression.parse("f^{2}(t)", "f: scalar -> scalar; t: scalar"))
        .hasMessage("f with an exponent could be a derivative or a power");
  }

  @Test
  void theLaplacianOfARadialFunction() {
    Expression f = Expression.parse("f(norm2(x))", "f: scalar -> scalar");
    assertThat(f.laplacian("x").text()).isEqualTo("f'(norm2(x))*(n - 1)/norm2(x) + f''(norm2(x))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          f(x)     | f: vector -> scalar             | a function needs the sizes of its argument and of its value
          f(x)     | f: vector[n] -> vector          | a function needs the sizes of its argument and of its value
          f(x)     | f: vector[n] -> scalar positive | "'positive' is not expected after the kind of a value"
          f(x)     | f: vector[n] ->                 | "a kind is expected, found the end"
          f(x)     | f: vector[n] -> vector[n-n]     | a size of the value is less than 1
          f(x)     | f: scalar -> scalar; f: scalar  | f is declared twice
          x        | exp: scalar -> scalar           | exp is a function and can't be a variable
          f + 1    | f: scalar -> scalar             | f is a function and needs an argument
          f(x,x)   | f: scalar -> scalar             | "f takes 1 argument, not 2 arguments"
          f(A)     | f: vector[n] -> scalar          | "f takes vector[n], but A is a matrix"
          f(x')    | f: vector[n] -> scalar          | "f takes vector[n], but x' is a row"
          f(x)     | f: vector[n] -> scalar; x: vector[m] | "f takes vector[n], but x is vector[m]"
          f = x; f(x) | f: scalar -> scalar          | "f is declared as a function, but defined in the expression"
          f'''''''''''''(x) | f: scalar -> scalar    | derivatives go up to order 12
          g'(x)    | f: scalar -> scalar             | an operator is missing before '('
          exp'(x)  | f: scalar -> scalar             | an operator is missing before '('
          """)
  void mistakes(String function, String declarations, String message) {
    assertThatThrownBy(() -> Expression.parse(function, declarations))
        .isInstanceOf(NablaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void thereAreNoNumbersOfThem() {
    Expression f = Expression.parse("f(x)", "f: scalar -> scalar; x: scalar");
    Map<String, NumericArray> data = Map.of("x", NumericArray.scalar(1));
    assertThatThrownBy(() -> f.value(data))
        .hasMessage("f is declared, but not defined, so that it has no values");
    assertThatThrownBy(() -> f.gradient("x").value(data)).hasMessageContaining("not defined");
    assertThat(f.gradient("x").check(data).passed()).isTrue();
    assertThatThrownBy(() -> f.gradient("f")).hasMessageContaining("is a function and no variable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          f(x)        | f: scalar -> scalar           | f is any differentiable function; in the check a random one stands for it
          f(x)        | f: vector[n] -> scalar        | f is any differentiable function; f'(u) has the axes of u, then those of f(u); in the check a random one stands for it
          f(x)        | f: vector[n] -> scalar; g: scalar -> scalar | f is any differentiable function; f'(u) has the axes of u, then those of f(u); in the check a random one stands for it
          g(f(x))     | f: vector[n] -> scalar; g: scalar -> scalar | g, f are any differentiable functions; f'(u) has the axes of u, then those of f(u); in the check a random one stands for each
          f(x) + g(x) | f, g: vector[n] -> scalar     | f, g are any differentiable functions; f'(u) has the axes of u, then those of f(u); in the check a random one stands for each
          """)
  void whatTheyStandFor(String function, String declarations, String note) {
    Derivative derivative =
        Expression.parse(function, declarations + "; x: vector[n]").jacobian("x");
    assertThat(derivative.notes()).containsExactly(note);
  }

  /** As the derivative of what is nearly any function has. */
  @Test
  void jacobiansOfThemAreInvertible() {
    Expression f = Expression.parse("log(abs(det(h'(x))))", "h: vector[4] -> vector[4]");
    assertThat(f.gradient("x").check(1).passed()).isTrue();
  }

  @Test
  void theyAreBuiltUpon() {
    Expression f = Expression.parse("f(x)", "f: vector[n] -> scalar; x: vector[n]");
    assertThat(f.plus(f).gradient("x").text()).isEqualTo("2*f'(x)");
    assertThat(f.gradient("x").expression().jacobian("x").text()).isEqualTo("f''(x)");
    Expression other = Expression.parse("f(x)", "f: scalar -> scalar; x: vector[n]");
    assertThatThrownBy(() -> f.plus(other)).isInstanceOf(NablaException.class);
  }
}
