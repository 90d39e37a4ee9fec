package nabla.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/** In how many rows of all reports Nabla is as fast as it wants to be. */
final class Summary {
  private static final List<Aim> AIMS =
      List.of(
          new Aim(Ratio.NABLA_TO_BOUND, "n ≥ 100", row -> row.size() >= 100, true, 1.15),
          new Aim(Ratio.NABLA_TO_BOUND, "n = 10", row -> row.size() == 10, true, 2),
          new Aim(Ratio.JAX_TO_NABLA, "all", _ -> true, false, 1),
          new Aim(Ratio.PEER_TO_NABLA, "no Hessians", row -> !isHessian(row), false, 1),
          new Aim(Ratio.PEER_TO_NABLA, "Hessians", Summary::isHessian, false, 1));

  /** What is wanted of a ratio in some rows: at most a bound, or at least one. */
  private record Aim(
      Ratio ratio, String rows, Predicate<Report.Row> among, boolean atMost, double bound) {
    boolean holds(double value) {
      return atMost ? value <= bound : value >= bound;
    }
  }

  private record Figure(String row, double value) {}

  private final Map<Integer, List<Report>> reports = new TreeMap<>();

  void add(Report report) {
    reports.computeIfAbsent(report.threads(), t -> new ArrayList<>()).add(report);
  }

  /** A line for each aim and number of threads. */
  String table() {
    StringBuilder out = new StringBuilder();
    out.append("| threads | figure | rows | wanted | holds | median | worst | where |\n");
    out.append("|-|-|-|-|-|-|-|-|\n");
    reports.forEach(
        (threads, all) -> {
          for (Aim aim : AIMS) append(out, threads, aim, figures(aim, all));
        });
    return out.toString();
  }

  private static boolean isHessian(Report.Row row) {
    return row.operation() == Operation.HESSIAN || row.operation() == Operation.STRUCTURED_HESSIAN;
  }

  private static List<Figure> figures(Aim aim, List<Report> reports) {
    List<Figure> figures = new ArrayList<>();
    for (Report report : reports) {
      report
          .rows()
          .forEach(
              (row, timings) -> {
                OptionalDouble value = aim.ratio.of(timings);
                if (aim.among.test(row) && value.isPresent()) {
                  figures.add(new Figure(report.name(row), value.getAsDouble()));
                }
              });
    }
    figures.sort(Comparator.comparingDouble(Figure::value));
    return figures;
  }

  private static void append(StringBuilder out, int threads, Aim aim, List<Figure> sorted) {
    if (sorted.isEmpty()) return;
    Figure worst = aim.atMost ? sorted.getLast() : sorted.getFirst();
    out.append(
        String.format(
            Locale.ROOT,
            "| %d | %s | %s | %s %s | %d of %d | %s | %s | %s |%n",
            threads,
            aim.ratio.title(),
            aim.rows,
            aim.atMost ? "≤" : "≥",
            aim.bound,
            sorted.stream().filter(f -> aim.holds(f.value())).count(),
            sorted.size(),
            Ratio.text(sorted.get(sorted.size() / 2).value()),
            Ratio.text(worst.value()),
            worst.row()));
  }
}
