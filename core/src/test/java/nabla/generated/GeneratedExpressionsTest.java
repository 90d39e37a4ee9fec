package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.Structure;
import org.junit.jupiter.api.Test;

/**
 * What holds of every expression: its text means what it means, its derivatives are right in value,
 * text and every layout, and by declared variables in every structure. The same in every run; for
 * others, {@code -Dnabla.generated.seed=…}; for more, {@code -Dnabla.generated.count=…}.
 */
class GeneratedExpressionsTest {
  private static final int MOST_SHOWN = 10;

  /** Per cent: expressions that are defined or smooth hardly anywhere; there are about 3. */
  private static final int MOST_UNCHECKED = 5;

  @Test
  void everyDerivativeIsRight() {
    long seed = Dice.seedOfRun();
    int count = Integer.getInteger("nabla.generated.count", 2_000);
    System.out.println(count + " generated expressions, -Dnabla.generated.seed=" + seed);
    Dice dice = new Dice(seed);
    Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
    Map<Structure, Integer> structures = new EnumMap<>(Structure.class);
    int tensors = 0;
    List<Failure> wrong = new ArrayList<>();
    List<Failure> refused = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      long own = dice.seed();
      Sample sample = Generator.draw(own);
      Finding finding = Oracle.judge(sample, structures);
      if (sample.variables().stream().anyMatch(v -> v.rank() > 2)) tensors++;
      counts.merge(finding.kind(), 1, Integer::sum);
      if (finding.kind() == Finding.Kind.WRONG) wrong.add(new Failure(own, sample, finding));
      if (finding.kind() == Finding.Kind.REFUSED) refused.add(new Failure(own, sample, finding));
    }
    System.out.println(counts + ", " + tensors + " with tensors, structures kept " + structures);
    for (Failure f : refused) System.out.println(f.headline());
    assertThat(wrong).as(() -> report(wrong)).isEmpty();
    assertThat(refused).as(() -> report(refused)).hasSizeLessThanOrEqualTo(count / 1_000);
    assertThat(counts.getOrDefault(Finding.Kind.NOT_CHECKED, 0))
        .isLessThan(count * MOST_UNCHECKED / 100);
    if (count < 1_000) return;
    assertThat(structures).as("structures kept").hasSize(2);
    assertThat(tensors).as("expressions with tensors").isPositive();
  }

  private static String report(List<Failure> failures) {
    return failures.stream()
        .limit(MOST_SHOWN)
        .map(Failure::report)
        .collect(Collectors.joining("\n"));
  }

  private record Failure(long seed, Sample sample, Finding finding) {
    String headline() {
      return "seed " + seed + ": " + finding.claim();
    }

    /** With the smallest expression that fails alike, which takes minutes to find. */
    String report() {
      Sample small = Shrinking.smallest(sample, finding);
      String where = "   where " + small.declarations() + "   " + small.sizes();
      String details = Oracle.judge(small).details();
      return headline() + "\n  " + small.text() + where + "\n  " + details;
    }
  }
}
