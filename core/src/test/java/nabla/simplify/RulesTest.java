package nabla.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import nabla.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule by itself: wherever it fires, the value stays what it was. */
class RulesTest {
  /** Mutation tests, which run this thousands of times, ask for fewer. */
  private static final int INSTANCES = Integer.getInteger("nabla.instances", 1000);

  private static final int MOST_DRAWS = 20 * INSTANCES;

  static Stream<String> names() {
    return Simplifier.rules().stream().map(Rule::name);
  }

  @Test
  void everyRuleHasInstancesAndANameOfItsOwn() {
    assertThat(names()).doesNotHaveDuplicates();
    assertThat(RuleInstances.names()).containsExactlyInAnyOrderElementsOf(names().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsTheValue(String name) {
    Rule rule =
        Simplifier.rules().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    int fired = 0;
    int idle = 0;
    long seed = 0;
    for (; fired < INSTANCES && seed < MOST_DRAWS; seed++) {
      Draw draw = new Draw(seed);
      Tensor before = RuleInstances.draw(name, draw);
      Tensor after = rule.apply(before);
      if (after == null || after.equals(before)) idle++;
      else if (Oracle.agrees(name, before, after, draw.sizes(), seed)) fired++;
    }
    assertThat(fired).as("%s of %s draws fired and were judged", fired, seed).isEqualTo(INSTANCES);
    assertThat(idle).as("near-misses").isPositive();
  }
}
