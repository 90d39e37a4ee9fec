package nabla.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.simplify.Simplifier;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import nabla.verify.SampleSizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** How tensors are written, and that what is written has their value when it is read again. */
class NotationTest {
  private static Problem read(String expression, String declarations) {
    return Elaboration.read(expression, Objects.requireNonNullElse(declarations, ""), Map.of());
  }

  private static List<Variable> variables(Problem problem) {
    return problem.variables().stream().map(Problem.Symbol::variable).toList();
  }

  private static Map<String, Integer> ranks(List<Variable> variables) {
    return variables.stream().collect(Collectors.toMap(Variable::name, Variable::rank));
  }

  private static Program write(Problem problem, Tensor tensor) {
    Notation notation = new Notation(problem.tensor(), variables(problem), Map.of());
    List<String> axes = List.of("i", "j", "r", "s").subList(0, tensor.rank());
    return notation.of(tensor, axes, problem.row());
  }

  private static void assertReadAgain(Problem problem, Program written) {
    List<Variable> variables = variables(problem);
    Tensor tensor = problem.tensor();
    String latex = LatexPrinter.print(written, ranks(variables));
    SyntaxPrintingTest.assertBalanced(latex);
    for (String text : List.of(TextPrinter.print(written), UnicodePrinter.print(written), latex)) {
      Tensor again = Elaboration.readAs(text, variables, tensor.shape());
      assertThat(again.shape()).as(text).isEqualTo(tensor.shape());
      List<Tensor> all = Stream.concat(variables.stream(), Stream.of(tensor, again)).toList();
      for (Map<String, Integer> sizes : SampleSizes.of(all)) {
        Binding at = SamplePoints.draw(variables, sizes, 3, 3);
        assertEqual(text, ReferenceInterpreter.evaluate(again, at), tensor, at);
      }
    }
  }

  private static void assertEqual(String text, NumericArray found, Tensor tensor, Binding at) {
    NumericArray expected = ReferenceInterpreter.evaluate(tensor, at);
    for (int k = 0; k < expected.count(); k++) {
      double wanted = expected.data()[k];
      if (!Double.isFinite(wanted)) continue;
      double error = Math.abs(found.data()[k] - wanted) / (1 + Math.abs(wanted));
      assertThat(error).as("%s at entry %s", text, k).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "spelling.txt", delimiter = '¦', quoteCharacter = '`')
  void normalForms(String expression, String declarations, String text) {
    Problem problem = read(expression, declarations);
    Program written = write(problem, new Simplifier().normalize(problem.tensor()));
    assertThat(TextPrinter.print(written)).isEqualTo(text);
    assertReadAgain(problem, written);
  }

  /** As they were entered: what is shared or has no matrix notation gets a name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          D[i,j,r] = A[i,k]*B[k,j]*x[r]      ¦                      ¦ t2[i,j,l] = A[i,j]*B[j,l]; t1[i,j,l,q] = x[q]*t2[i,j,l]; D[i,j,r] = ones(n)[l]*t1[i,l,j,r]
          D[i,j] = T[i,j,r]*x[r]             ¦ T: tensor[m,n,p]     ¦ t1[i,j,k] = x[k]*T[i,j,k]; D[i,j] = ones(p)[k]*t1[i,j,k]
          A^3*x                              ¦                      ¦ A^2*A*x
          (A*B*C)'                           ¦                      ¦ C'*(B'*A')
          x.*y.*z                            ¦                      ¦ z.*(x.*y)
          (x + y)/(c*d)                      ¦                      ¦ (x + y).*(ones(n)/(c*d))
          exp(A*B)'                          ¦                      ¦ exp(A*B)'
          tr(A'*B)                           ¦                      ¦ tr(A'*B)
          """)
  void asEntered(String expression, String declarations, String text) {
    Problem problem = read(expression, declarations);
    Program written = write(problem, problem.tensor());
    assertThat(TextPrinter.print(written)).isEqualTo(text);
    assertReadAgain(problem, written);
  }

  /** Names of the user's are never taken for indices or intermediates. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          D[a,b,c] = i[a]*A[b,c]   ¦ i: vector[n]; A: matrix[j,r]                      ¦ D[k,l,p] = i[k]*A[l,p]
          D[a,b,c] = k[a]*A[b,c]   ¦ k: vector[i]; A: matrix[n,j]                      ¦ D[l,p,r] = k[l]*A[p,r]
          D[a,b,c] = x[a]*y[b]*A[c,d]*B[c,d]*C[c,d] ¦ A,B,C: matrix[n,n]               ¦ D[i,j,r] = x[i]*y[j]*((A.*B.*C)*ones(n))[r]
          """)
  void namesAreFree(String expression, String declarations, String text) {
    Problem problem = read(expression, declarations);
    Program written = write(problem, new Simplifier().normalize(problem.tensor()));
    assertThat(TextPrinter.print(written)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          x'*A*x            ¦ 6
          x                 ¦ 1
          -x                ¦ 2
          sin(x)            ¦ 2
          x + y             ¦ 3
          D[i,j,r] = x[i]*A[j,r] ¦ 10
          """)
  void lengthCountsNamesNumbersAndSigns(String expression, int length) {
    Problem problem = read(expression, "");
    Notation notation = new Notation(problem.tensor(), variables(problem), Map.of());
    assertThat(notation.length(new Simplifier().normalize(problem.tensor()))).isEqualTo(length);
  }

  /** A part is written as the user wrote it unless another way is shorter. */
  @Test
  void whatTheUserWroteIsKept() {
    Problem problem = read("(y + x)'*A*(x + y)", "");
    Simplifier simplifier = new Simplifier();
    Tensor normal = simplifier.normalize(problem.tensor());
    Map<Tensor, nabla.lang.Syntax> written = new java.util.HashMap<>();
    problem.parts().forEach((part, syntax) -> written.put(simplifier.normalize(part), syntax));
    Notation notation = new Notation(problem.tensor(), variables(problem), written);
    assertThat(TextPrinter.print(notation.of(normal, List.of(), false)))
        .isEqualTo("(y + x)'*A*(x + y)");
  }
}
