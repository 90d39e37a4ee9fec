package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.Compilation;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Layout;
import nabla.Output;
import nabla.Results;
import nabla.Structure;
import nabla.corpus.Corpus;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan computes is what the reference says. */
class PlanTest {
  private static final double SAME = 1e-10;
  private static final double SAME_SINGLE = 2e-4;

  /** What is left of numbers that cancel. */
  private static final double SMALL = 1e-2;

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesTheCorpus(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    Structure structure = Structure.of(c.structure()).orElseThrow();
    Output derivative =
        new Output(DifferentialOperator.DERIVATIVE, c.by(), Layout.DENOMINATOR, structure);
    Compilation asked = expression.compilation(List.of(Output.value(), derivative));
    Map<String, Integer> sizes = asked.sizes(c.at());
    Plan plan = TestPlans.full(asked.tensors(), sizes);
    Execution execution = new Execution(plan, Map.of());
    for (int run = 0; run < 2; run++) {
      c.at().forEach(execution::set);
      execution.run();
      same(expression.value(c.at()), 0, execution);
      same(
          expression.derivative(c.by(), Layout.DENOMINATOR, structure).value(c.at()), 1, execution);
    }
  }

  private static void same(NumericArray expected, int root, Execution execution) {
    NumericArray found = execution.array(root, 0);
    double scale = Math.max(expected.largest(), 1e-300);
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int k = 0; k < expected.count(); k++) {
      assertThat(Math.abs(found.data()[k] - expected.data()[k]))
          .as("entry %d of root %d", k, root)
          .isLessThanOrEqualTo(SAME * scale);
    }
  }

  /** In single precision each number is off by 6e-8, and rounding adds up. */
  @ParameterizedTest
  @MethodSource("cases")
  void computesTheCorpusInSinglePrecision(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    Structure structure = Structure.of(c.structure()).orElseThrow();
    Output derivative =
        new Output(DifferentialOperator.DERIVATIVE, c.by(), Layout.DENOMINATOR, structure);
    Results results =
        expression.compile(Output.value(), derivative).inSinglePrecision().evaluate(c.at());
    near(expression.value(c.at()), results.get(Output.value()).dense());
    near(c.numeric(), results.get(derivative).dense());
  }

  private static void near(NumericArray expected, NumericArray found) {
    double scale = Math.max(expected.largest(), SMALL);
    for (int k = 0; k < expected.count(); k++) {
      assertThat(Math.abs(found.data()[k] - expected.data()[k]))
          .as("entry %d", k)
          .isLessThanOrEqualTo(SAME_SINGLE * scale);
    }
  }
}
