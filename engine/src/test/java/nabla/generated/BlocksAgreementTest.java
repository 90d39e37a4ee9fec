package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.diagnostic.NablaException;
import nabla.engine.SmallBlocks;
import nabla.tensor.Einsum;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import org.junit.jupiter.api.Test;

/**
 * What is computed block by block, by one thread or several and time after time in the same memory
 * with some of the data bound, is what the reference interpreter says: for generated expressions,
 * most of them of square arrays, where an axis may be taken for another one. The same in every run;
 * for others, {@code -Dnabla.generated.seed=…}; for more, {@code -Dnabla.engine.count=…}.
 */
class BlocksAgreementTest {
  private static final int POINTS = 3;
  private static final int ATTEMPTS = 9;

  /** What is off by little more without blocks is no matter of blocks. */
  private static final double MORE = 10;

  private static final int LARGEST_SIDE = 5;
  private static final double MOST_POINTS = 1e8;

  private int compared;
  private int split;
  private int once;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void blocksAgree() {
    long seed = Dice.seedOfRun();
    int count = Integer.getInteger("nabla.engine.count", 300);
    System.out.println(count + " generated expressions, -Dnabla.generated.seed=" + seed);
    Dice dice = new Dice(seed);
    for (int k = 0; k < count; k++) {
      long own = dice.seed();
      try {
        compare(sample(own), own);
      } catch (NablaException refused) {
        if (!Agreement.isExpected(refused)) wrong.add("seed " + own + ": " + refused.getMessage());
      } catch (RuntimeException e) {
        wrong.add("seed " + own + ": " + e + " at " + List.of(e.getStackTrace()).subList(0, 4));
      }
    }
    System.out.println(
        compared + " outputs compared, " + split + " passes in blocks, " + once + " steps once");
    assertThat(wrong).as("wrong: %s", String.join("\n", wrong)).isEmpty();
    assertThat(compared).isGreaterThan(count);
    assertThat(split).isGreaterThan(count / 2);
    assertThat(once).isGreaterThan(count / 2);
  }

  /** Often all sizes are the same, small ones: contractions have many axes. */
  private static Sample sample(long own) {
    Sample sample = Generator.draw(own);
    if (sample.sizes().isEmpty() || new Dice(own).chance(0.3)) return sample;
    int side = Math.max(3, Collections.max(sample.sizes().values()));
    if (side > LARGEST_SIDE) return sample;
    Map<String, Integer> square = new TreeMap<>(sample.sizes());
    square.replaceAll((name, size) -> side);
    return new Sample(
        sample.term(), sample.intermediates(), sample.variables(), square, sample.seed());
  }

  private void compare(Sample sample, long own) {
    Expression expression = Expression.parse(sample.text(), sample.declarations());
    Dice dice = new Dice(own);
    List<Output> outputs = Agreement.outputs(expression, dice);
    Compilation asked = expression.compilation(outputs);
    if (asked.tensors().stream().anyMatch(t -> points(t, sample.sizes()) > MOST_POINTS)) return;
    boolean full = dice.chance(0.5);
    int rows = 1 + dice.below(3);
    Set<String> bound = bound(asked, dice);
    List<Binding> points = points(sample, asked.tensors(), bound, own);
    if (points.isEmpty()) return;
    Map<String, Integer> sizes = asked.sizes(Agreement.used(points.getFirst(), asked));
    for (int threads : List.of(1, 3)) {
      SmallBlocks blocks = new SmallBlocks(asked, ranks(asked), full, sizes, bound, rows, threads);
      once += blocks.once();
      split += (int) blocks.passes();
      for (Binding at : points) {
        List<NumericArray> found = blocks.evaluate(Agreement.used(at, asked));
        for (int k = 0; k < outputs.size(); k++) {
          double off = Agreement.off(asked.tensors().get(k), at, found.get(k), own);
          compared++;
          if (off == 0 || off <= MORE * undivided(expression, outputs, k, at, own)) continue;
          wrong.add(
              "seed %d: %s of %s where %s %s, %s bound, is off by %s; blocks of %d, %d threads"
                  .formatted(
                      own,
                      outputs.get(k).label(),
                      sample.text(),
                      sample.declarations(),
                      sample.sizes(),
                      bound,
                      off,
                      rows,
                      threads));
        }
      }
    }
  }

  /** Variables that have the same numbers at all points: none at times, or all. */
  private static Set<String> bound(Compilation asked, Dice dice) {
    double share = dice.below(4) / 3.0;
    Set<String> bound = new HashSet<>();
    for (Variable v : asked.variables()) if (dice.chance(share)) bound.add(v.name());
    return bound;
  }

  /** Good points that differ in what is not bound; none if there are not so many. */
  private static List<Binding> points(
      Sample sample, List<Tensor> all, Set<String> bound, long own) {
    List<Binding> points = new ArrayList<>();
    for (int k = 0; points.size() < POINTS && k < ATTEMPTS; k++) {
      Binding at = Points.good(sample, all, own + k);
      if (at == null) return List.of();
      Map<String, NumericArray> data = new HashMap<>(at.variables());
      if (!points.isEmpty()) {
        bound.forEach(name -> data.replace(name, points.getFirst().variables().get(name)));
      }
      Binding mixed = new Binding(at.sizes(), data);
      if (Points.isGood(all, mixed)) points.add(mixed);
    }
    return points.size() == POINTS ? points : List.of();
  }

  /** Of its largest product: the reference interpreter may visit all of them. */
  private static double points(Tensor tensor, Map<String, Integer> sizes) {
    double most = 0;
    for (Tensor t : Tensors.topological(tensor)) {
      if (!(t instanceof Einsum e)) continue;
      double points = 1;
      for (Size size : e.sizes()) points *= size.value(sizes);
      most = Math.max(most, points);
    }
    return most;
  }

  /** How far off an output is that is computed at once. */
  private static double undivided(
      Expression expression, List<Output> outputs, int k, Binding at, long own) {
    Compilation asked = expression.compilation(outputs);
    NumericArray found =
        expression
            .compile(outputs.toArray(Output[]::new))
            .evaluate(Agreement.used(at, asked))
            .get(outputs.get(k))
            .dense();
    return Agreement.off(asked.tensors().get(k), at, found, own);
  }

  /** How many axes of each output are those of the variable that it is a derivative by. */
  private static List<Integer> ranks(Compilation asked) {
    List<Integer> ranks = new ArrayList<>();
    for (int k = 0; k < asked.outputs().size(); k++) {
      int rank = asked.tensors().get(k).rank();
      List<String> by = asked.outputs().get(k).variables();
      ranks.add(
          asked.variables().stream()
              .filter(v -> by.indexOf(v.name()) == 0)
              .mapToInt(Variable::rank)
              .map(r -> Math.min(r, rank))
              .findFirst()
              .orElse(rank));
    }
    return ranks;
  }
}
