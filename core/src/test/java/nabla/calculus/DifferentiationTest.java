package nabla.calculus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.operation.Trigonometric;
import nabla.simplify.Simplifier;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.CheckReport;
import nabla.verify.DerivativeCheck;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import nabla.verify.SampleSizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferentiationTest {
  private static Problem read(String expression, String declarations) {
    return Elaboration.read(expression, Objects.requireNonNullElse(declarations, ""), Map.of());
  }

  private static List<Variable> variables(Problem problem, String names) {
    return Arrays.stream(names.split(",", -1))
        .map(name -> problem.variable(name).orElseThrow())
        .toList();
  }

  /** The function and its derivatives by one variable after the other. */
  private static List<Tensor> chain(Tensor f, List<Variable> by) {
    List<Tensor> chain = new ArrayList<>(List.of(f));
    for (int k = 0; k < by.size(); k++) {
      chain.add(Differentiation.next(chain.getLast(), by.subList(0, k), by.get(k)));
    }
    return chain;
  }

  private static void assertChecked(List<Tensor> chain, List<Variable> by) {
    CheckReport report = DerivativeCheck.atRandomPoints(chain, by, 5);
    assertThat(report.status()).as("%s", report).isEqualTo(CheckReport.Status.PASSED);
  }

  /**
   * The last derivative in index notation: axes of the variables first. In blocks: a label summed
   * alone; a label repeated in one operand; one node used twice; labels of nested products that
   * must not meet; orders and mixed orders.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          sum(A)                  ¦                   ¦ A     ¦ D[i,j] = ones(m)[i]*ones(n)[j]
          sum(x)                  ¦                   ¦ x     ¦ D[i] = ones(n)[i]
          A*ones(n)               ¦ A: matrix[m,n]    ¦ A     ¦ D[i,j,k] = delta[i,k]*ones(n)[j]
          x'*ones(n)*c            ¦ x: vector[n]; c: scalar ¦ x ¦ D[i] = c*ones(n)[i]
          sum(A*x)                ¦                   ¦ x     ¦ D[i] = A[k,i]
          sum(ones(n)*x')         ¦ x: vector[n]      ¦ x     ¦ D[i] = n*ones(n)[i]

          tr(A)                   ¦                   ¦ A     ¦ D[i,j] = delta[i,j]
          diag(A)                 ¦                   ¦ A     ¦ D[i,j,k] = delta[i,j]*delta[j,k]
          diag(x)                 ¦                   ¦ x     ¦ D[i,j,k] = delta[i,j]*delta[j,k]
          tr(A)^2                 ¦                   ¦ A,A   ¦ D[i,j,k,l] = 2*delta[i,j]*delta[k,l]
          tr(A*diag(x))           ¦                   ¦ A     ¦ D[i,j] = x[i]*delta[i,j]
          diag(A)'*x              ¦                   ¦ A,x   ¦ D[i,j,k] = delta[i,j]*delta[j,k]

          x'*x                    ¦                   ¦ x     ¦ D[i] = 2*x[i]
          x'*S*x                  ¦ S: matrix[n,n] symmetric ¦ x ¦ D[i] = 2*S[i,k]*x[k]
          x'*A*x                  ¦                   ¦ x     ¦ D[i] = (A*x)[i] + (A'*x)[i]
          A*A                     ¦                   ¦ A     ¦ D[i,j,k,l] = delta[i,k]*A[j,l] + A[k,i]*delta[j,l]
          x*x'                    ¦                   ¦ x     ¦ D[i,j,k] = delta[i,j]*x[k] + x[j]*delta[i,k]
          tr(A*A)                 ¦                   ¦ A     ¦ D[i,j] = 2*A[j,i]
          x'*A*A*x                ¦                   ¦ A     ¦ D[i,j] = x[i]*(A*x)[j] + (A'*x)[i]*x[j]
          x.*x.*x                 ¦                   ¦ x     ¦ D[i,j] = 3*delta[i,j]*x[i]^2

          x'*A*x                  ¦                   ¦ x,x   ¦ D[i,j] = A[i,j] + A[j,i]
          (x'*A*x)^2              ¦ A: matrix[n,n] symmetric ¦ x,x ¦ D[i,j] = 4*(x'*A*x)*A[i,j] + 8*(A*x)[i]*(A*x)[j]
          (A*x)'*(A*x)            ¦                   ¦ x,x   ¦ D[i,j] = 2*A[k,i]*A[k,j]
          (A*B*x)'*(A*B*x)        ¦                   ¦ x,x   ¦ D[i,j] = 2*(A*B)[k,i]*(A*B)[k,j]
          sum((A*x).^3)           ¦                   ¦ x,x   ¦ D[i,j] = 6*A[k,i]*(A*x)[k]*A[k,j]
          sum((A*x).^3)           ¦                   ¦ x,x,x ¦ D[i,j,k] = 6*A[l,i]*A[l,j]*A[l,k]
          (x'*x)^2                ¦                   ¦ x,x,x ¦ D[i,j,k] = 8*x[i]*delta[j,k] + 8*x[j]*delta[i,k] + 8*x[k]*delta[i,j]
          c^4                     ¦                   ¦ c,c,c ¦ 24*c
          sum(exp(x))             ¦                   ¦ x,x,x ¦ D[i,j,k] = exp(x)[i]*delta[i,j]*delta[j,k]

          x'*A*y                  ¦                   ¦ x,y   ¦ D[i,j] = A[i,j]
          x'*A*y                  ¦                   ¦ y,x   ¦ D[i,j] = A[j,i]
          x'*A*x                  ¦                   ¦ A,x   ¦ D[i,j,k] = delta[i,k]*x[j] + x[i]*delta[j,k]
          x'*A*x                  ¦                   ¦ x,A   ¦ D[i,j,k] = delta[i,j]*x[k] + delta[i,k]*x[j]
          c*A*x                   ¦                   ¦ c,x   ¦ D[i,j] = A[j,i]
          c*A*x                   ¦                   ¦ x,c   ¦ D[i,j] = A[j,i]
          x'*A*x                  ¦                   ¦ A,A   ¦ D[i,j,k,l] = 0
          """)
  void inIndexNotation(String expression, String declarations, String by, String derivative) {
    Problem problem = read(expression, declarations);
    List<Variable> variables = variables(problem, by);
    List<Tensor> chain = chain(problem.tensor(), variables);
    Tensor last = chain.getLast();
    List<Variable> all = problem.variables().stream().map(Problem.Symbol::variable).toList();
    Tensor expected =
        derivative.endsWith("= 0")
            ? nabla.tensor.Sum.zero(last.shape())
            : Elaboration.readAs(derivative, all, last.shape());
    assertThat(last.shape()).isEqualTo(expected.shape());
    for (Map<String, Integer> sizes : SampleSizes.of(List.of(last, expected, problem.tensor()))) {
      Binding at = SamplePoints.draw(all, sizes, 1, 0);
      double[] values = ReferenceInterpreter.evaluate(expected, at).data();
      assertThat(ReferenceInterpreter.evaluate(last, at).data())
          .containsExactly(values, within(1e-9));
    }
    assertChecked(chain, variables);
  }

  @Test
  void axesOfTheVariableComeFirst() {
    Problem problem = read("A*x", "");
    Variable a = problem.variable("A").orElseThrow();
    List<Size> shape = Differentiation.derivative(problem.tensor(), a).shape();
    assertThat(shape)
        .isEqualTo(Stream.concat(a.shape().stream(), problem.tensor().shape().stream()).toList());
  }

  @Test
  void whatDoesNotOccurHasDerivativeZero() {
    Problem problem = read("A*x", "y: vector[k]");
    Variable y = problem.variable("y").orElseThrow();
    Tensor zero = Differentiation.derivative(problem.tensor(), y);
    assertThat(Tensors.isZero(zero)).isTrue();
    assertThat(zero.shape()).hasSize(2).startsWith(Size.of("k"));
    Problem step = read("sum(sign(x))", "");
    Tensor flat = Differentiation.derivative(step.tensor(), step.variable("x").orElseThrow());
    assertThat(Tensors.isZero(flat)).isTrue();
    assertThat(flat.shape()).hasSize(1);
  }

  @Test
  void theVariableItself() {
    Problem problem = read("x", "x: vector[n]");
    Variable x = problem.variable("x").orElseThrow();
    assertThat(Differentiation.derivative(x, x)).isEqualTo(Tensors.identity(Size.of("n")));
  }

  private static int nodes(Tensor tensor) {
    return Tensors.topological(tensor).size();
  }

  private static void assertSmall(Tensor f, Variable by) {
    Tensor derivative = Differentiation.derivative(f, by);
    assertThat(nodes(derivative)).isLessThanOrEqualTo(6 * nodes(f));
    Tensor normal = new Simplifier().normalize(derivative);
    assertThat(nodes(normal)).isLessThanOrEqualTo(6 * nodes(f));
  }

  /** Shared nodes stay shared: the derivative is at most six times as large as the function. */
  @Test
  void derivativesOfDeepAndLongExpressionsStaySmall() {
    Variable c = new Variable("c", List.of(), java.util.Set.of());
    Tensor nested = c;
    for (int k = 0; k < 60; k++) nested = Trigonometric.SIN.at(nested);
    assertSmall(nested, c);

    Tensor[] factors = new Tensor[61];
    factors[0] = c;
    for (int k = 1; k <= 60; k++) {
      factors[k] = Tensors.add(c, Tensors.number(k));
    }
    assertSmall(Tensors.hadamard(factors), c);

    Tensor[] terms = new Tensor[200];
    for (int k = 0; k < 200; k++) {
      terms[k] = Trigonometric.SIN.at(Tensors.scale(nabla.tensor.Rational.of(k + 1), c));
    }
    assertSmall(Tensors.add(terms), c);
  }

  /** A node that two others use is differentiated once: 2^40 paths, 40 nodes. */
  @Test
  void manyPathsThroughFewNodes() {
    Variable x = new Variable("x", List.of(Size.of("n")), java.util.Set.of());
    Tensor f = x;
    for (int k = 0; k < 40; k++)
      f = Tensors.hadamard(Trigonometric.SIN.at(f), Trigonometric.COS.at(f));
    Tensor derivative = Differentiation.derivative(Tensors.total(f), x);
    assertThat(nodes(derivative)).isLessThanOrEqualTo(6 * nodes(f));
  }
}
