package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several derivatives in one run are those that each of them is by itself. */
class EachTest {
  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsSharedIsTheSame(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    List<List<String>> each = expression.variables().stream().map(v -> List.of(v.name())).toList();
    List<Derivative> together =
        expression.each(
            DifferentialOperator.DERIVATIVE, each, Layout.DENOMINATOR, Structure.AMBIENT);
    for (int k = 0; k < each.size(); k++) {
      Derivative alone = expression.derivative(each.get(k), Layout.DENOMINATOR);
      assertThat(together.get(k).text()).isEqualTo(alone.text());
      assertThat(together.get(k).conditions()).isEqualTo(alone.conditions());
    }
  }

  @Test
  void variablesWithAndWithoutStructure() {
    Expression f = Expression.parse("x'*S*x + tr(S*A)", "S, A: matrix[n,n] symmetric");
    List<Derivative> all =
        f.each(
            DifferentialOperator.GRADIENT,
            List.of(List.of("x"), List.of("S"), List.of("A"), List.of("x")),
            Layout.DENOMINATOR,
            Structure.INDEPENDENT);
    assertThat(all)
        .extracting(Derivative::text)
        .containsExactly(
            "2*S*x", "2*x*x' - diag(x.^2 + diag(A)) + 2*A", "2*S - diag(diag(S))", "2*S*x");
    assertThat(all).allMatch(d -> d.check(1).passed());
  }
}
