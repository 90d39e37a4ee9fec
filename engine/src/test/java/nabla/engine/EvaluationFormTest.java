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
import nabla.Structure;
import nabla.corpus.Corpus;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What brings tensors into the form in which they are evaluated keeps their values. */
class EvaluationFormTest {
  private static final double SAME = 1e-9;

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keepsValues(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    Structure structure = Structure.of(c.structure()).orElseThrow();
    Output derivative =
        new Output(DifferentialOperator.DERIVATIVE, c.by(), Layout.DENOMINATOR, structure);
    Compilation asked = expression.compilation(List.of(Output.value(), derivative));
    Map<String, Integer> sizes = asked.sizes(c.at());
    Dissolution dissolution = new Dissolution();
    List<Tensor> dissolved = asked.tensors().stream().map(dissolution::of).toList();
    ContractionOrder order = new ContractionOrder(dissolved, sizes);
    List<NumericArray> expected = List.of(expression.value(c.at()), c.numeric());
    for (int k = 0; k < 2; k++) {
      same(expected.get(k), asked.tensors().get(k), sizes, c);
      same(expected.get(k), dissolved.get(k), sizes, c);
      same(expected.get(k), order.of(dissolved.get(k)), sizes, c);
    }
  }

  private static void same(
      NumericArray expected, Tensor tensor, Map<String, Integer> sizes, Corpus.Case c) {
    NumericArray found = ReferenceInterpreter.evaluate(tensor, new Binding(sizes, c.at()));
    double scale = 1 + expected.largest();
    for (int k = 0; k < expected.count(); k++) {
      assertThat(Math.abs(found.data()[k] - expected.data()[k]))
          .as("entry %d of %s", k, tensor)
          .isLessThan(SAME * scale);
    }
  }
}
