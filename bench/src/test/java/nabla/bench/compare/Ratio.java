package nabla.bench.compare;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What the report divides by what: the fastest of some systems by the fastest of others. */
enum Ratio {
  /** How far the engine is from the fastest that is known. */
  NABLA_TO_BOUND("nabla/bound", List.of(Rival.NABLA), Rival.BOUND),
  JAX_TO_NABLA("jax/nabla", List.of(Rival.JAX), List.of(Rival.NABLA)),
  PEER_TO_NABLA("AD peer/nabla", Rival.PEERS, List.of(Rival.NABLA)),
  PEER_TO_BOUND("AD peer/bound", Rival.PEERS, Rival.BOUND);

  private final String title;
  private final Collection<Rival> above;
  private final Collection<Rival> below;

  Ratio(String title, Collection<Rival> above, Collection<Rival> below) {
    this.title = title;
    this.above = above;
    this.below = below;
  }

  String title() {
    return title;
  }

  /** Empty if none of the ones or none of the others took part. */
  OptionalDouble of(Map<Rival, Timing> timings) {
    OptionalDouble dividend = fastest(timings, above);
    OptionalDouble divisor = fastest(timings, below);
    return dividend.isEmpty() || divisor.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble());
  }

  private static OptionalDouble fastest(Map<Rival, Timing> timings, Collection<Rival> among) {
    return timings.entrySet().stream()
        .filter(e -> among.contains(e.getKey()))
        .mapToDouble(e -> e.getValue().median())
        .min();
  }

  static String text(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }
}
