package nabla.bench.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of one problem with one number of threads. */
final class Report {
  /** What was measured. */
  private record Row(int size, Operation operation) {}

  private final Problem problem;
  private final int threads;
  private final List<Rival> systems;
  private final Map<Row, Map<Rival, Timing>> rows = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private double worstDifference;

  Report(Problem problem, int threads, List<Rival> systems) {
    this.problem = problem;
    this.threads = threads;
    this.systems = systems;
  }

  void add(int size, Operation operation, Rival rival, Timing timing) {
    rows.computeIfAbsent(new Row(size, operation), r -> new EnumMap<>(Rival.class))
        .put(rival, timing);
  }

  /** Why a system is missing from a row. */
  void note(int size, Operation operation, Rival rival, String reason) {
    notes.add(
        String.format(
            Locale.ROOT, "%s, n = %d, %s: %s", operation.title(), size, rival.title(), reason));
  }

  void agreed(double difference) {
    worstDifference = Math.max(worstDifference, difference);
  }

  /** A table, then what is missing from it. */
  String table() {
    List<Rival> shown =
        systems.stream()
            .filter(s -> rows.values().stream().anyMatch(row -> row.containsKey(s)))
            .toList();
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%n%s by %s: `%s`, %d thread%s%n%n",
            problem.name(),
            problem.variable(),
            problem.formula(),
            threads,
            threads == 1 ? "" : "s"));
    out.append("| n | operation |");
    for (Rival system : shown) out.append(' ').append(system.title()).append(" |");
    out.append(" nabla/bound | AD peer/nabla | AD peer/bound |\n");
    out.append("|-|-|").append("-|".repeat(shown.size() + 3)).append('\n');
    rows.forEach((row, timings) -> append(out, row, timings, shown));
    out.append("\nMedian ± half the range between quartiles.");
    if (shown.size() > 1) {
      out.append(String.format(Locale.ROOT, " Results differ by at most %.1e.", worstDifference));
    }
    out.append('\n');
    notes.forEach(note -> out.append(note).append('\n'));
    return out.toString();
  }

  private static void append(
      StringBuilder out, Row row, Map<Rival, Timing> timings, List<Rival> shown) {
    out.append("| ").append(row.size()).append(" | ").append(row.operation().title()).append(" |");
    for (Rival system : shown) {
      Timing timing = timings.get(system);
      out.append(' ').append(timing == null ? "–" : text(timing)).append(" |");
    }
    OptionalDouble nabla = fastest(timings, List.of(Rival.NABLA));
    OptionalDouble bound = fastest(timings, Rival.BOUND);
    OptionalDouble peer = fastest(timings, Rival.PEERS);
    out.append(' ').append(ratio(nabla, bound)).append(" |");
    out.append(' ').append(ratio(peer, nabla)).append(" |");
    out.append(' ').append(ratio(peer, bound)).append(" |\n");
  }

  private static OptionalDouble fastest(Map<Rival, Timing> timings, Collection<Rival> among) {
    return timings.entrySet().stream()
        .filter(e -> among.contains(e.getKey()))
        .mapToDouble(e -> e.getValue().median())
        .min();
  }

  private static String ratio(OptionalDouble of, OptionalDouble by) {
    if (of.isEmpty() || by.isEmpty()) return "–";
    double ratio = of.getAsDouble() / by.getAsDouble();
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }

  private static String text(Timing timing) {
    double half = (timing.upperQuartile() - timing.lowerQuartile()) / 2;
    return String.format(
        Locale.ROOT, "%s ± %.0f %%", seconds(timing.median()), 100 * half / timing.median());
  }

  /** Three digits and a unit. */
  private static String seconds(double time) {
    List<String> units = List.of("s", "ms", "µs", "ns");
    int unit = 0;
    double scaled = time;
    while (scaled < 1 && unit < units.size() - 1) {
      scaled *= 1000;
      unit++;
    }
    int decimals = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", scaled, units.get(unit));
  }

  /** The figures as lines of JSON. */
  String lines() {
    StringBuilder out = new StringBuilder();
    rows.forEach(
        (row, timings) ->
            timings.forEach(
                (system, timing) ->
                    out.append(
                        String.format(
                            Locale.ROOT,
                            "{\"problem\":\"%s\",\"n\":%d,\"threads\":%d,\"operation\":\"%s\","
                                + "\"system\":\"%s\",\"median\":%.6g,\"lower\":%.6g,"
                                + "\"upper\":%.6g,\"samples\":%d}%n",
                            problem.name(),
                            row.size(),
                            threads,
                            row.operation().title(),
                            system.title(),
                            timing.median(),
                            timing.lowerQuartile(),
                            timing.upperQuartile(),
                            timing.samples()))));
    return out.toString();
  }
}
