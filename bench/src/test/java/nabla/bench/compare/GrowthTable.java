package nabla.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/** What grows how: each cost relative to its work at the first size. */
final class GrowthTable {
  private static final double TIME = 1.3;
  private static final double MEMORY = 1.2;

  /** How many figures there are, and how many are as they should be. */
  private static final class Count {
    private final double bound;
    private int all;
    private int good;

    Count(double bound) {
      this.bound = bound;
    }

    void add(double ratio) {
      if (Double.isNaN(ratio)) return;
      all++;
      if (ratio <= bound) good++;
    }

    String text(String what) {
      return String.format(Locale.ROOT, "%s at most %.1f: %d of %d%n", what, bound, good, all);
    }
  }

  private final Machine machine;
  private final StringBuilder rows = new StringBuilder();
  private final Count byFlops = new Count(TIME);
  private final Count byRoofline = new Count(TIME);
  private final Count memory = new Count(MEMORY);

  GrowthTable(Machine machine) {
    this.machine = machine;
  }

  void add(Problem problem, Operation operation, NavigableMap<Integer, Cost> costs) {
    Cost first = costs.firstEntry().getValue();
    for (Map.Entry<Integer, Cost> e : costs.entrySet()) {
      Cost cost = e.getValue();
      double flops = perFlop(cost) / perFlop(first);
      double roofline = perLeast(cost) / perLeast(first);
      double space = cost.taken() / cost.planned();
      boolean isFirst = e.getKey().equals(costs.firstKey());
      if (!isFirst) {
        byFlops.add(flops);
        byRoofline.add(roofline);
      }
      memory.add(space);
      rows.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %s | %sB | %s | %.3g | %s | %s | %sB | %s | %s |%n",
              problem.name(),
              operation.title(),
              e.getKey(),
              si(cost.plan().flops()),
              si(cost.plan().bytes()),
              Report.seconds(cost.seconds()),
              1e12 * perFlop(cost),
              isFirst ? "1" : ratio(flops),
              isFirst ? "1" : ratio(roofline),
              si(cost.planned()),
              Double.isNaN(cost.taken()) ? "–" : si(cost.taken()) + "B",
              ratio(space)));
    }
  }

  private static double perFlop(Cost cost) {
    return cost.plan().flops() == 0 ? Double.NaN : cost.seconds() / cost.plan().flops();
  }

  private double perLeast(Cost cost) {
    return cost.seconds() / cost.least(machine);
  }

  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "–" : Ratio.text(ratio);
  }

  private static String si(double number) {
    List<String> units = List.of("", "k", "M", "G", "T");
    int unit = 0;
    double scaled = number;
    while (scaled >= 1000 && unit < units.size() - 1) {
      scaled /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f " : "%.3g ", scaled) + units.get(unit);
  }

  String text() {
    return "\n| problem | output | n | flops | bytes | time | ps/flop | by flops | by roofline |"
        + " planned | taken | ratio |\n"
        + "|-|-|-|-|-|-|-|-|-|-|-|-|\n"
        + rows
        + "\n"
        + byFlops.text("Time by flops")
        + byRoofline.text("Time by roofline")
        + memory.text("Memory taken by planned")
        + String.format(
            Locale.ROOT,
            "One core: %.3g Gflop/s; reads %.3g, %.3g, %.3g GB/s and writes %.3g, %.3g, %.3g GB/s"
                + " of 128 kB, 8 MB, 256 MB.%n",
            machine.flops() / 1e9,
            machine.read(1 << 17) / 1e9,
            machine.read(1 << 23) / 1e9,
            machine.read(1 << 28) / 1e9,
            machine.write(1 << 17) / 1e9,
            machine.write(1 << 23) / 1e9,
            machine.write(1 << 28) / 1e9);
  }
}
