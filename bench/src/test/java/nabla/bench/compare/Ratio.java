package nabla.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What the report divides by what: the fastest of some systems by the fastest of others. */
record Ratio(String title, List<Rival> above, List<Rival> below) {
  /** How far the engine is from the fastest that is known. */
  static final Ratio NABLA_TO_BOUND = new Ratio("nabla/bound", List.of(Rival.NABLA), Rival.BOUND);

  static final Ratio JAX_TO_NABLA =
      new Ratio("jax/nabla", List.of(Rival.JAX), List.of(Rival.NABLA));
  static final Ratio PEER_TO_NABLA = new Ratio("AD peer/nabla", Rival.PEERS, List.of(Rival.NABLA));
  static final Ratio PEER_TO_BOUND = new Ratio("AD peer/bound", Rival.PEERS, Rival.BOUND);

  /** In the order of the report. */
  static final List<Ratio> ALL =
      List.of(NABLA_TO_BOUND, JAX_TO_NABLA, PEER_TO_NABLA, PEER_TO_BOUND);

  /** Empty if none of the ones or none of the others took part. */
  OptionalDouble of(Map<Rival, Timing> timings) {
    OptionalDouble dividend = fastest(timings, above);
    OptionalDouble divisor = fastest(timings, below);
    return dividend.isEmpty() || divisor.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble());
  }

  private static OptionalDouble fastest(Map<Rival, Timing> timings, List<Rival> among) {
    return timings.entrySet().stream()
        .filter(e -> among.contains(e.getKey()))
        .mapToDouble(e -> e.getValue().median())
        .min();
  }

  static String text(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }
}
