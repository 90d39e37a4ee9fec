package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import nabla.Derivative;
import nabla.Explanation;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Variable;
import nabla.verify.CheckReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every derivative that is right is explained in every way, in lines that were verified, and the
 * last of them is the derivative. The same in every run; for others, {@code
 * -Dnabla.generated.seed=…}; for more, {@code -Dnabla.explained.count=…}.
 */
class ExplainedExpressionsTest {
  /**
   * Per cent, of explanations: formulas of entries that nobody writes out, steps without points.
   */
  private static final Map<Explanation.Method, Integer> MOST_REFUSED =
      Map.of(
          Explanation.Method.DIFFERENTIAL, 3,
          Explanation.Method.LIMIT, 3,
          Explanation.Method.CHAIN, 5,
          Explanation.Method.ENTRIES, 40);

  @Test
  void everyLineIsVerified() {
    long seed = Dice.seedOfRun();
    int count = Integer.getInteger("nabla.explained.count", 120);
    System.out.println(count + " explained expressions, -Dnabla.generated.seed=" + seed);
    Dice dice = new Dice(seed);
    Map<Explanation.Method, Integer> explained = new EnumMap<>(Explanation.Method.class);
    Map<Explanation.Method, List<String>> refused = new EnumMap<>(Explanation.Method.class);
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (int k = 0; k < count; k++) {
      long own = dice.seed();
      Sample sample = Generator.draw(own);
      Derivative derivative = derivative(sample, own);
      if (derivative == null) continue;
      asked++;
      for (Explanation.Method method : Explanation.Method.values()) {
        String at = "seed " + own + " by " + method.label() + ": " + sample.text();
        try {
          var options = new Explanation.Options(method, (int) (own & 3), Map.of(), 1);
          List<Explanation.Step> steps = derivative.explain(options).steps();
          explained.merge(method, 1, Integer::sum);
          if (!steps.getLast().text().equals(derivative.text())) wrong.add(at + " ends otherwise");
        } catch (NablaException e) {
          boolean honest =
              e.diagnostic().code() == Code.UNSUPPORTED || e.diagnostic().code() == Code.LIMIT;
          if (!honest || e.diagnostic().message().contains("could not be verified")) {
            wrong.add(at + "\n  " + e.diagnostic().message());
          } else
            refused.computeIfAbsent(method, m -> new ArrayList<>()).add(e.diagnostic().message());
        } catch (RuntimeException e) {
          wrong.add(
              at
                  + "\n  "
                  + e
                  + " "
                  + Arrays.asList(e.getStackTrace())
                      .subList(0, Math.min(3, e.getStackTrace().length)));
        }
      }
    }
    System.out.println(asked + " derivatives explained by " + explained);
    assertThat(asked).as("derivatives that are right").isGreaterThan(count * 9 / 10);
    assertThat(wrong).as(() -> String.join("\n", wrong)).isEmpty();
    for (Explanation.Method method : Explanation.Method.values()) {
      List<String> messages = refused.getOrDefault(method, List.of());
      int most = asked * MOST_REFUSED.getOrDefault(method, 0) / 100;
      assertThat(messages).as(method.label()).hasSizeLessThanOrEqualTo(Math.max(2, most));
    }
  }

  /** By one of the variables, if the check finds it right; null otherwise. */
  private static @Nullable Derivative derivative(Sample sample, long seed) {
    Dice dice = new Dice(seed);
    List<Variable> variables = sample.variables();
    if (variables.isEmpty()) return null;
    String by = variables.get((int) Math.floorMod(dice.seed(), (long) variables.size())).name();
    try {
      Derivative d =
          Expression.parse(sample.text(), sample.declarations())
              .derivative(
                  List.of(by),
                  List.of(Layout.values()).get((int) Math.floorMod(dice.seed(), 3L)),
                  Structure.AMBIENT);
      return d.check(1).status() == CheckReport.Status.PASSED ? d : null;
    } catch (NablaException e) {
      return null;
    }
  }
}
