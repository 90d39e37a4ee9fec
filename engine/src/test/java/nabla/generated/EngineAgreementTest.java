package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Output;
import nabla.Results;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.Binding;
import org.junit.jupiter.api.Test;

/**
 * What the engine computes is what the reference interpreter does, for generated expressions, their
 * first and their second derivatives, planned together. The same in every run; for others, {@code
 * -Dnabla.generated.seed=…}; for more, {@code -Dnabla.engine.count=…}.
 */
class EngineAgreementTest {
  @Test
  void everyWayAgrees() {
    long seed = Dice.seedOfRun();
    int count = Integer.getInteger("nabla.engine.count", 500);
    System.out.println(count + " generated expressions, -Dnabla.generated.seed=" + seed);
    Dice dice = new Dice(seed);
    int compared = 0;
    List<String> wrong = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      long own = dice.seed();
      try {
        compared += compare(Generator.draw(own), own, wrong);
      } catch (NablaException refused) {
        if (!Agreement.isExpected(refused)) wrong.add("seed " + own + ": " + refused.getMessage());
      } catch (RuntimeException e) {
        wrong.add("seed " + own + ": " + e + " at " + List.of(e.getStackTrace()).subList(0, 4));
      }
    }
    System.out.println(compared + " outputs compared");
    assertThat(wrong).as("wrong: %s", String.join("\n", wrong)).isEmpty();
    assertThat(compared).isGreaterThan(count);
  }

  private static int compare(Sample sample, long own, List<String> wrong) {
    Expression expression = Expression.parse(sample.text(), sample.declarations());
    List<Output> outputs = Agreement.outputs(expression, new Dice(own));
    Compilation asked = expression.compilation(outputs);
    Binding at = Points.good(sample, asked.tensors(), own);
    if (at == null) return 0;
    CompiledFunction function = expression.compile(outputs.toArray(Output[]::new));
    Results results = function.evaluate(Agreement.used(at, asked));
    for (int k = 0; k < outputs.size(); k++) {
      Tensor tensor = asked.tensors().get(k);
      NumericArray found = results.get(outputs.get(k)).dense();
      double off = Agreement.off(tensor, at, found, own);
      if (off > 0) {
        wrong.add(
            "seed %d: %s of %s where %s %s is off by %s"
                .formatted(
                    own,
                    outputs.get(k).label(),
                    sample.text(),
                    sample.declarations(),
                    sample.sizes(),
                    off));
      }
    }
    return outputs.size();
  }
}
