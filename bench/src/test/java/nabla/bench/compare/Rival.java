package nabla.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A system that takes part, in the order of the report. */
enum Rival {
  NABLA,
  EXPERT,
  NUMPY,
  JAX,
  TORCH;

  /** What Nabla has to come close to: the fastest of these. */
  static final List<Rival> BOUND = List.of(EXPERT, NUMPY, JAX);

  /** Those that derive by themselves, too. */
  static final List<Rival> PEERS = List.of(JAX, TORCH);

  static Rival of(String title) {
    return Arrays.stream(values())
        .filter(r -> r.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no system is called " + title));
  }

  /** The name on the command line. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean inJvm() {
    return this == NABLA || this == EXPERT;
  }
}
