package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every derivative of the corpus is explained in every way, in verified lines, to its end. */
class ExplanationTest {
  /** Nobody writes these out: roots of matrices, eigenvalues, singular values, long sums. */
  private static final Set<String> WITHOUT_ENTRIES =
      Set.of(
          "chol",
          "expm",
          "lmax",
          "lmin",
          "logm",
          "nuc",
          "sinm",
          "smax",
          "sqrtm",
          "vmax",
          "written out by entries this is too long; take smaller --sizes");

  private static final int MOST_LINES_AN_ORDER = 9;

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  private static List<Explanation.Step> steps(
      Derivative derivative, Explanation.Method method, int detail) {
    return derivative.explain(new Explanation.Options(method, detail, Map.of(), 1)).steps();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedByDifferentials(Corpus.Case c) {
    endsInTheDerivative(c, Explanation.Method.DIFFERENTIAL);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedByTheLimit(Corpus.Case c) {
    endsInTheDerivative(c, Explanation.Method.LIMIT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedByTheChainRule(Corpus.Case c) {
    endsInTheDerivative(c, Explanation.Method.CHAIN);
  }

  private static void endsInTheDerivative(Corpus.Case c, Explanation.Method method) {
    Derivative derivative = c.derivative();
    for (int detail = 0; detail <= 3; detail++) {
      List<Explanation.Step> steps = steps(derivative, method, detail);
      assertThat(steps.getLast().text()).isEqualTo(derivative.text());
      assertThat(steps.getLast().shape()).isEqualTo(derivative.shape());
      boolean folded = detail < 2 && method != Explanation.Method.CHAIN;
      if (folded) assertThat(steps).hasSizeLessThanOrEqualTo(MOST_LINES_AN_ORDER * c.by().size());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedByEntries(Corpus.Case c) {
    Derivative derivative = c.derivative();
    try {
      List<Explanation.Step> steps = steps(derivative, Explanation.Method.ENTRIES, 1);
      assertThat(steps.getLast().text()).isEqualTo(derivative.text());
    } catch (NablaException e) {
      assertThat(e.diagnostic().code()).isIn(Code.UNSUPPORTED, Code.LIMIT);
      assertThat(e.diagnostic().message().replaceFirst(" has no formula for its entries.*", ""))
          .isIn(WITHOUT_ENTRIES);
    }
  }

  /** Brackets and powers in index notation mean something else by themselves. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          f = (X[i,j]-u[i]*v[j])^2              | X
          f = (X[i,j]-u[i]*v[j])*(X[i,j]-Y[i,j]) | X
          f = A[i,j]^2/B[i,j]                   | A
          f = W[i,j]*(x[i]-x[j])^2              | x
          f = W[i,j]*(x[i]-y[j])^2              | y
          A[i,j]*x[i]*x[j]                      | x
          """)
  void indexNotationIsExplained(String function, String by) {
    Derivative derivative = Expression.parse(function).derivative(by);
    for (var method : List.of(Explanation.Method.DIFFERENTIAL, Explanation.Method.LIMIT)) {
      for (int detail = 0; detail <= 3; detail++) {
        List<Explanation.Step> steps = steps(derivative, method, detail);
        assertThat(steps).hasSizeGreaterThan(1);
        assertThat(steps.getLast().text()).isEqualTo(derivative.text());
      }
    }
  }

  /**
   * What is declared of the variable changes the derivative by each entry, in a line of its own.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p'*A*p     | p | p: vector[n] unit                       | projected
          logdet(S*A) | S | S: matrix[n,n] symmetric; A: matrix[n,n] | independent
          log(tr(A*S)) | S | S: matrix[n,n] symmetric; A: matrix[n,n] | projected
          """)
  void theLineBeforeTheLastIsByEachEntry(
      String function, String by, String declarations, String structure) {
    Expression f = Expression.parse(function, declarations);
    Structure kept = Structure.of(structure).orElseThrow();
    Derivative derivative = f.derivative(List.of(by), Layout.DENOMINATOR, kept);
    String bare = declarations.replaceAll(" (symmetric|unit)", "");
    String each = Expression.parse(function, bare).derivative(by).text();
    for (var method : Explanation.Method.values()) {
      if (method == Explanation.Method.ENTRIES) continue; // with numbers for sizes
      List<Explanation.Step> steps = steps(derivative, method, 1);
      assertThat(steps.getLast().text()).isEqualTo(derivative.text());
      Explanation.Step before = steps.get(steps.size() - 2);
      assertThat(before.left()).as("%s", method).isEqualTo("G");
      assertThat(before.text()).as("%s", method).isEqualTo(each);
    }
  }

  /** The result is f, but where something else is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(x.^2)        |                     | ∂f/∂x
          sum(f(x))        | f: scalar -> scalar | ∂g/∂x
          f = A*x; f'*f    |                     | ∂g/∂x
          f*sum(x.^2)      |                     | ∂g/∂x
          f*g*sum(x.^2)    |                     | ∂phi_1/∂x
          """)
  void theResultHasANameOfItsOwn(String function, @Nullable String declarations, String label) {
    String declared = Objects.requireNonNullElse(declarations, "");
    Derivative derivative = Expression.parse(function, declared).derivative("x");
    for (var method : Explanation.Method.values()) {
      List<Explanation.Step> steps = steps(derivative, method, 1);
      assertThat(steps.getLast().text()).as("%s", method).isEqualTo(derivative.text());
      String left =
          steps.reversed().stream()
              .map(Explanation.Step::left)
              .filter(l -> !l.isEmpty())
              .findFirst()
              .orElseThrow();
      assertThat(left).as("%s", method).isEqualTo(label);
    }
  }

  /** More detail shows no fewer lines, and every line has its place in the text. */
  @ParameterizedTest
  @MethodSource("cases")
  void detailUnfolds(Corpus.Case c) {
    Derivative derivative = c.derivative();
    int before = 0;
    for (int detail = 0; detail <= 3; detail++) {
      List<Explanation.Step> steps = steps(derivative, Explanation.Method.DIFFERENTIAL, detail);
      assertThat(steps.size()).isGreaterThanOrEqualTo(before);
      before = steps.size();
      for (Explanation.Step step : steps) {
        for (var mark : step.changed()) {
          assertThat(mark.start() + mark.length()).isLessThanOrEqualTo(step.text().length());
        }
      }
    }
  }
}
