package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nabla.lang.Elaboration;
import nabla.simplify.Simplifier;
import nabla.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The LaTeX that is printed is read back as the same function and the same derivative. */
class LatexRoundTripTest {

  record Case(
      String id, String expression, String declarations, List<String> by, Structure structure) {
    static Case of(String json) {
      int order = Integer.parseInt(field(json, "\"order\": (\\d+)", "1"));
      List<String> by = new ArrayList<>();
      Matcher names = Pattern.compile("\"(\\w+)\"").matcher(field(json, "\"wrt\": (\\[.*?])", ""));
      while (names.find()) by.add(names.group(1));
      if (by.isEmpty()) by.addAll(Collections.nCopies(order, text(json, "wrt")));
      Structure structure = Structure.of(text(json, "structure")).orElseThrow();
      return new Case(
          text(json, "id"), text(json, "expr"), text(json, "where"), List.copyOf(by), structure);
    }

    private static String text(String json, String name) {
      return field(json, "\"" + name + "\": \"((?:[^\"\\\\]|\\\\.)*)\"", "")
          .replaceAll("\\\\(.)", "$1");
    }

    private static String field(String json, String pattern, String otherwise) {
      Matcher m = Pattern.compile(pattern).matcher(json);
      return m.find() ? m.group(1) : otherwise;
    }
  }

  static Stream<Case> corpus() throws IOException {
    try (InputStream cases = LatexRoundTripTest.class.getResourceAsStream("/corpus/cases.jsonl")) {
      String text =
          new String(Objects.requireNonNull(cases).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> all = text.lines().map(Case::of).toList();
      return all.stream();
    }
  }

  @Test
  void theCorpusIsWhole() throws IOException {
    assertThat(corpus()).hasSize(370);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void theFunctionIsReadBack(Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations());
    Tensor back = Elaboration.read(expression.latex(), c.declarations(), Map.of()).tensor();
    assertThat(back).as(expression.latex()).isEqualTo(expression.problem().tensor());
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void theDerivativeIsReadBack(Case c) {
    for (Layout layout : Layout.values()) {
      Expression expression = Expression.parse(c.expression(), c.declarations());
      Derivative derivative = expression.derivative(c.by(), layout, c.structure());
      assertSame(expression, derivative);
    }
  }

  /** As sums over products may be written in another order, normal forms are compared. */
  private static void assertSame(Expression expression, Derivative derivative) {
    Tensor text = Elaboration.readAs(derivative.text(), expression.symbols(), derivative.shape());
    Tensor latex = Elaboration.readAs(derivative.latex(), expression.symbols(), derivative.shape());
    assertThat(new Simplifier().normalize(latex))
        .as(derivative.latex())
        .isEqualTo(new Simplifier().normalize(text));
  }

  /** What would look like something else is written otherwise. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = ";;",
      quoteCharacter = '"',
      value = {
        "A*x ;; A: matrix[m,n]; x: vector[n] ;; A \\, x",
        "x'*A*x ;; A: matrix[n,n]; x: vector[n] ;; x^{\\top} A x",
        "norm2(X) ;; X: matrix[m,n] ;; \\left\\|X\\right\\|_F",
        "norm1(X) ;; X: matrix[m,n] ;; \\left\\|X\\right\\|_{1,1}",
        "norminf(X) ;; X: matrix[m,n] ;; \\left\\|X\\right\\|_{\\max}",
        "nuc(X) ;; X: matrix[m,n] ;; \\left\\|X\\right\\|_*",
        "normp(x,p) ;; x: vector[n]; p: scalar ;; \\left\\|x\\right\\|_{p}",
        "normp(x,0.5) ;; x: vector[n] ;; \\operatorname{normp}\\left(x, 0.5\\right)",
        "abs(X) ;; X: matrix[m,n] ;; \\operatorname{abs}\\left(X\\right)",
        "abs(x'*y) ;; x: vector[n]; y: vector[n] ;; \\left|x^{\\top} y\\right|",
        "sigmoid(x) ;; x: vector[n] ;; \\sigma\\left(x\\right)",
        "sigma*sigmoid(x) ;; x: vector[n]; sigma: scalar ;; \\sigma"
            + " \\operatorname{sigmoid}\\left(x\\r"
            + "ight)",
        "sigma*(x+y) ;; x: vector[n]; y: vector[n] ;; \\sigma \\cdot \\left(x + y\\right)",
        "f*(x+y) ;; x: vector[n]; y: vector[n] ;; f \\cdot \\left(x + y\\right)",
        "lambda*mu ;; lambda: scalar; mu: scalar ;; \\lambda \\mu",
        "logdet(X)^2 ;; X: matrix[n,n] ;; \\left(\\log\\det\\left(X\\right)\\right)^{2}",
        "gammaln(c)^2 ;; c: scalar ;; \\left(\\log\\Gamma\\left(c\\right)\\right)^{2}",
        "C*kron(A,B) ;; A: matrix[2,2]; B: matrix[3,3]; C: matrix[6,6] ;; C \\left(A \\otimes B\\r"
            + "ight)",
        "(A\\b)'*c ;; A: matrix[n,n]; b: vector[n]; c: vector[n] ;; \\left(A \\backslash b\\r"
            + "ight)^{\\top} c",
        "A\\B*c ;; A: matrix[n,n]; B: matrix[n,n]; c: vector[n] ;; \\left(A \\backslash B\\r"
            + "ight) c",
        "c^T ;; c: scalar; T: scalar ;; c^{\\left(T\\right)}",
        "x[1]*x ;; x: vector[n] ;; \\left(x\\right)_{1} x",
        "X[1,2] ;; X: matrix[m,n] ;; X_{1,2}",
        "X[:,1] ;; X: matrix[m,n] ;; X_{:,1}",
        "x[2:end] ;; x: vector[n] ;; x_{2:\\mathit{end}}",
        "x[end]*exp(x[end]) ;; x: vector[n] ;;"
            + " x_{\\mathit{end}} \\exp\\left(x_{\\mathit{end}}\\right)",
        "x[end]*x_end ;; x: vector[n]; x_end: scalar ;; x_{\\mathit{end}} x_{\\text{end}}",
        "A[end,end]*A[1,end] ;; A: matrix[n,n] ;; A_{\\mathit{end},\\mathit{end}}"
            + " A_{1,\\mathit{end}}",
        "x_1*x1 ;; x_1: scalar; x1: scalar ;; x_{1} \\, \\mathit{x1}",
        "lam*x ;; lam: scalar; x: vector[n] ;; \\mathit{lam} \\, x",
        "A*loss*A ;; loss: scalar; A: matrix[n,n] ;; A \\, \\mathit{loss} \\, A",
        "Alpha*x ;; Alpha: scalar; x: vector[n] ;; \\mathit{Alpha} \\, x",
        "x_ + x ;; x_: vector[n]; x: vector[n] ;; \\mathit{x\\_} + x",
        "I_n' + eye(n) ;; I_n: matrix[n,n] ;; I_{n}^{\\top} + \\operatorname{eye}\\left(n\\right)",
        "A*eye(2) + I_3 ;; A: matrix[2,2]; I_3: matrix[2,2] ;; A"
            + " \\operatorname{eye}\\left(2\\right) + I_{3}",
        "z*alpha ;; z: matrix[m,n]; alpha: vector[n] ;; z \\, \\alpha",
        "alpha*beta*c ;; alpha: scalar; beta: scalar; c: scalar ;; \\alpha \\beta c",
        "xi*x ;; xi: scalar; x: vector[n] ;; \\xi x",
        "a*2^c ;; a: scalar; c: scalar ;; a \\cdot 2^{c}",
        "1e30*x ;; x: vector[n] ;; 1 \\cdot 10^{30} x",
        "I*eye(2) ;; I: scalar ;; I \\operatorname{eye}\\left(2\\right)",
        "eye + A ;; A: matrix[n,n] ;; {I} + A",
        "t1 = A*x; t1'*t1 ;; A: matrix[m,n]; x: vector[n] ;; \\mathit{t1} = A x;\\; t_{1}^{\\top}"
            + " t_{1}",
        "e*x + 2.718281828459045*x ;; e: scalar; x: scalar ;; e \\, x + 2.718281828459045 \\, x"
      })
  void isWrittenSoThatItIsReadBack(String text, String declarations, String latex) {
    Expression expression = Expression.parse(text, declarations);
    assertThat(expression.latex()).isEqualTo(latex);
    Tensor back = Elaboration.readAs(latex, expression.symbols(), expression.shape());
    assertThat(back).isEqualTo(expression.problem().tensor());
  }
}
