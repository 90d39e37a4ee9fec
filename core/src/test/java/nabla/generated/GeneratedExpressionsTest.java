package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What holds of every expression: its text means what it means, its derivatives are right in value,
 * text and every layout. With a fresh seed in every run, which is printed; to repeat a run, {@code
 * -Dnabla.generated.seed=…}; for more, {@code -Dnabla.generated.count=…}.
 */
class GeneratedExpressionsTest {
  private static final int MOST_SHOWN = 10;

  /** Per cent: expressions that are defined or smooth hardly anywhere; there are about 3. */
  private static final int MOST_UNCHECKED = 5;

  @Test
  void everyDerivativeIsRight() {
    long seed = Long.getLong("nabla.generated.seed", System.nanoTime());
    int count = Integer.getInteger("nabla.generated.count", 2_000);
    System.out.println(count + " generated expressions, -Dnabla.generated.seed=" + seed);
    Dice dice = new Dice(seed);
    Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
    List<String> failures = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      long own = dice.seed();
      Sample sample = Generator.draw(own);
      Finding finding = Oracle.judge(sample);
      counts.merge(finding.kind(), 1, Integer::sum);
      boolean bad = finding.kind() == Finding.Kind.WRONG || finding.kind() == Finding.Kind.REFUSED;
      if (!bad) continue;
      int position = finding.kind() == Finding.Kind.WRONG ? 0 : failures.size();
      if (position < MOST_SHOWN) failures.add(position, report(own, sample, finding));
    }
    System.out.println(counts);
    for (String f : failures) System.out.println(f);
    assertThat(counts.getOrDefault(Finding.Kind.WRONG, 0)).as(String.join("\n", failures)).isZero();
    assertThat(counts.getOrDefault(Finding.Kind.REFUSED, 0))
        .as(String.join("\n", failures))
        .isLessThanOrEqualTo(count / 1_000);
    assertThat(counts.getOrDefault(Finding.Kind.NOT_CHECKED, 0))
        .isLessThan(count * MOST_UNCHECKED / 100);
  }

  private static String report(long seed, Sample sample, Finding finding) {
    Sample small = Shrinking.smallest(sample, finding);
    return "seed "
        + seed
        + ": "
        + finding.claim()
        + "\n  "
        + small.text()
        + "   where "
        + small.declarations()
        + "   "
        + small.sizes()
        + "\n  "
        + Oracle.judge(small).details();
  }
}
