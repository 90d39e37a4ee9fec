package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Output;
import nabla.Results;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.Roundings;
import org.junit.jupiter.api.Test;

/**
 * What the engine computes is what the reference interpreter does, for generated expressions, their
 * first and their second derivatives, planned together. With a fresh seed in every run, which is
 * printed; to repeat a run, {@code -Dnabla.generated.seed=…}; for more, {@code
 * -Dnabla.engine.count=…}.
 */
class EngineAgreementTest {
  private static final double SAME = 1e-10;

  /** Numbers much smaller than those that they are made of are rounding errors. */
  private static final double SMALL = 1e-4;

  @Test
  void everyWayAgrees() {
    long seed = Long.getLong("nabla.generated.seed", System.nanoTime());
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
        boolean expected = Points.isTooLarge(refused) || isUndefined(refused);
        if (!expected) wrong.add("seed " + own + ": " + refused.getMessage());
      } catch (RuntimeException e) {
        wrong.add("seed " + own + ": " + e + " at " + List.of(e.getStackTrace()).subList(0, 4));
      }
    }
    System.out.println(compared + " outputs compared");
    assertThat(wrong).as("wrong: %s", String.join("\n", wrong)).isEmpty();
    assertThat(compared).isGreaterThan(count);
  }

  /** What is 1/0 whatever the data are is no expression. */
  private static boolean isUndefined(NablaException e) {
    return e.diagnostic().message().startsWith("division by zero");
  }

  private static int compare(Sample sample, long own, List<String> wrong) {
    Expression expression = Expression.parse(sample.text(), sample.declarations());
    Dice dice = new Dice(own);
    List<Output> outputs = new ArrayList<>(List.of(Output.value()));
    List<Variable> variables = expression.compilation(outputs).variables();
    if (!variables.isEmpty()) {
      Variable x = dice.pick(variables);
      Variable y = dice.pick(variables);
      int rank = expression.shape().size();
      if (rank + x.rank() <= 4) outputs.add(Output.derivative(x.name()));
      if (rank + x.rank() + y.rank() <= 4) outputs.add(Output.derivative(x.name(), y.name()));
    }
    Compilation asked = expression.compilation(outputs);
    Binding at = Points.good(sample, asked.tensors(), own);
    if (at == null) return 0;
    CompiledFunction function = expression.compile(outputs.toArray(Output[]::new));
    Results results = function.evaluate(used(at, asked));
    for (int k = 0; k < outputs.size(); k++) {
      Tensor tensor = asked.tensors().get(k);
      NumericArray expected = ReferenceInterpreter.evaluate(tensor, at);
      NumericArray found = results.get(outputs.get(k)).dense();
      double off = off(expected, found);
      if (!(off <= SAME * Math.max(SMALL, expected.largest()))
          && !(off <= Roundings.of(tensor, at, own))) {
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

  private static Map<String, NumericArray> used(Binding at, Compilation asked) {
    Map<String, NumericArray> used = new LinkedHashMap<>(at.variables());
    used.keySet().retainAll(asked.variables().stream().map(Variable::name).toList());
    return used;
  }

  /** The largest difference of two entries. */
  private static double off(NumericArray expected, NumericArray found) {
    if (!Arrays.equals(expected.shape(), found.shape())) return Double.NaN;
    double off = 0;
    for (int k = 0; k < expected.count(); k++) {
      double own = Math.abs(expected.data()[k] - found.data()[k]);
      if (Double.isNaN(own)) return Double.NaN;
      off = Math.max(off, own);
    }
    return off;
  }
}
