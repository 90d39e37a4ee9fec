package nabla.generated;

import java.util.List;
import java.util.SplittableRandom;

/** Chance from one seed. */
final class Dice {
  private static final long SEED = 20261126;

  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The same in every run, or what {@code -Dnabla.generated.seed} says. */
  static long seedOfRun() {
    return Long.getLong("nabla.generated.seed", SEED);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double normal() {
    return random.nextGaussian();
  }

  long seed() {
    return random.nextLong();
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
