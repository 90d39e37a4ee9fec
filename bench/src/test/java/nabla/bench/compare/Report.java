package nabla.bench.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/** The figures of one problem with one number of threads. */
final class Report {
  /** What was measured. */
  record Row(int size, Operation operation) {}

  private final Problem problem;
  private final int threads;
  private final List<Rival> systems;
  private final Consumer<String> progress;
  private final Map<Row, Map<Rival, List<Timing>>> rows = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private double worstDifference;
  private double fastestHandOver = Double.POSITIVE_INFINITY;
  private double slowestHandOver;

  /**
   * @param progress is told what has been measured
   */
  Report(Problem problem, int threads, List<Rival> systems, Consumer<String> progress) {
    this.problem = problem;
    this.threads = threads;
    this.systems = systems;
    this.progress = progress;
  }

  /** A figure from one process; the row shows the middle one of all. */
  void add(int size, Operation operation, Rival rival, Timing timing) {
    rows.computeIfAbsent(new Row(size, operation), r -> new EnumMap<>(Rival.class))
        .computeIfAbsent(rival, r -> new ArrayList<>())
        .add(timing);
    progress(size, operation, rival, seconds(timing.median()));
  }

  /** Why a system is missing from a row. */
  void note(int size, Operation operation, Rival rival, String reason) {
    rows.computeIfAbsent(new Row(size, operation), r -> new EnumMap<>(Rival.class));
    progress(size, operation, rival, reason);
    notes.add(
        String.format(
            Locale.ROOT, "%s, n = %d, %s: %s", operation.title(), size, rival.title(), reason));
  }

  private void progress(int size, Operation operation, Rival rival, String what) {
    String row = name(new Row(size, operation));
    progress.accept(row + ", " + rival.title() + ": " + what);
  }

  /** A row among those of all problems. */
  String name(Row row) {
    return String.format(
        Locale.ROOT,
        "%s, n = %d, %s, %d thread%s",
        problem.name(),
        row.size(),
        row.operation().title(),
        threads,
        threads == 1 ? "" : "s");
  }

  int threads() {
    return threads;
  }

  /** The figures of each row, by system. */
  Map<Row, Map<Rival, Timing>> rows() {
    Map<Row, Map<Rival, Timing>> middle = new LinkedHashMap<>();
    rows.forEach(
        (row, timings) -> {
          Map<Rival, Timing> figures = new EnumMap<>(Rival.class);
          timings.forEach((rival, each) -> figures.put(rival, Timing.middle(each)));
          middle.put(row, figures);
        });
    return middle;
  }

  void agreed(double difference) {
    worstDifference = Math.max(worstDifference, difference);
  }

  /**
   * @param seconds as {@link HandOver} measures them
   */
  void handedOver(double seconds) {
    fastestHandOver = Math.min(fastestHandOver, seconds);
    slowestHandOver = Math.max(slowestHandOver, seconds);
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
    for (Ratio ratio : Ratio.ALL) out.append(' ').append(ratio.title()).append(" |");
    int columns = 2 + shown.size() + Ratio.ALL.size();
    out.append("\n|").append("-|".repeat(columns)).append('\n');
    rows().forEach((row, timings) -> append(out, row, timings, shown));
    out.append("\nMedian ± half the range between quartiles.");
    if (shown.size() > 1) {
      out.append(String.format(Locale.ROOT, " Results differ by at most %.1e.", worstDifference));
    }
    if (slowestHandOver > 0) {
      out.append(" From one thread to another and back: ").append(seconds(fastestHandOver));
      out.append(" to ").append(seconds(slowestHandOver)).append('.');
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
    for (Ratio ratio : Ratio.ALL) {
      OptionalDouble value = ratio.of(timings);
      out.append(' ').append(value.isEmpty() ? "–" : Ratio.text(value.getAsDouble())).append(" |");
    }
    out.append('\n');
  }

  private static String text(Timing timing) {
    double half = (timing.upperQuartile() - timing.lowerQuartile()) / 2;
    return String.format(
        Locale.ROOT, "%s ± %.0f %%", seconds(timing.median()), 100 * half / timing.median());
  }

  /** Three digits and a unit. */
  static String seconds(double time) {
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
    rows()
        .forEach(
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
