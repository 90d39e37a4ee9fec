package nabla.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** How the cost of an evaluation grows with its work: {@code bench/run growth}. */
final class Growth {
  private static final List<Integer> SIZES = List.of(25, 50, 100, 300, 1000, 3000, 10_000, 100_000);

  private static final int BASE = 100;

  /** What is larger is not measured. */
  private static final double LARGEST_DATA = 200e6;

  private static final double LARGEST_MEMORY = 1e9;
  private static final double LONGEST = 1;

  private final Machine machine = new Machine();

  private final Path log;

  private Growth(Path log) {
    this.log = log;
  }

  /**
   * Prints the table.
   *
   * @param args unused, the folder for messages, and the names of problems after a first word
   */
  public static void main(String[] args) throws IOException {
    List<Problem> problems = Problem.asked(Options.words(args[2]));
    Path folder = Path.of(args[1]).toAbsolutePath();
    Files.createDirectories(folder);
    Growth growth = new Growth(folder.resolve("growth.log"));
    GrowthTable table = new GrowthTable(growth.machine);
    for (Problem problem : problems) {
      growth.costs(problem).forEach((operation, costs) -> table.add(problem, operation, costs));
    }
    System.out.println(table.text());
  }

  /** By operation and by size. */
  private Map<Operation, NavigableMap<Integer, Cost>> costs(Problem problem) throws IOException {
    Map<Operation, NavigableMap<Integer, Cost>> all = new EnumMap<>(Operation.class);
    for (int size : SIZES) {
      List<Operation> wanted = new ArrayList<>();
      for (Operation operation : Operation.values()) {
        NavigableMap<Integer, Cost> known = all.getOrDefault(operation, new TreeMap<>());
        if (sizes(problem, operation).contains(size) && isFeasible(size, known)) {
          wanted.add(operation);
        }
      }
      if (wanted.isEmpty()) continue;
      System.err.printf("growth: %s, n = %d%n", problem.name(), size);
      List<Cost> costs = measure(problem, size, wanted);
      for (int k = 0; k < costs.size(); k++) {
        all.computeIfAbsent(wanted.get(k), o -> new TreeMap<>()).put(size, costs.get(k));
      }
    }
    return all;
  }

  /** From 100 on, but for dense Hessians that are too large soon after. */
  private static List<Integer> sizes(Problem problem, Operation operation) {
    List<Integer> offered =
        SIZES.stream().filter(n -> problem.operations(n).contains(operation)).toList();
    List<Integer> large = offered.stream().filter(n -> n >= BASE).toList();
    return large.size() > 1 ? large : offered;
  }

  /** Whether what the last two sizes cost, continued, is neither too large nor too long. */
  private static boolean isFeasible(int size, NavigableMap<Integer, Cost> known) {
    if (known.size() < 2) return true;
    List<Integer> sizes = List.copyOf(known.keySet());
    int last = sizes.getLast();
    int before = sizes.get(sizes.size() - 2);
    // a size that was not measured ends it
    if (SIZES.indexOf(size) != SIZES.indexOf(last) + 1) return false;
    Cost b = Objects.requireNonNull(known.get(last));
    Cost a = Objects.requireNonNull(known.get(before));
    double step = Math.log((double) size / last) / Math.log((double) last / before);
    return continued(a.data(), b.data(), step) <= LARGEST_DATA
        && continued(a.planned(), b.planned(), step) <= LARGEST_MEMORY
        && continued(a.seconds(), b.seconds(), step) <= LONGEST;
  }

  private static double continued(double before, double last, double step) {
    return last * Math.pow(last / before, step);
  }

  private List<Cost> measure(Problem problem, int size, List<Operation> operations)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xms3g",
            "-Xmx3g",
            "-XX:+AlwaysPreTouch",
            "-XX:MaxDirectMemorySize=8g",
            "-cp",
            System.getProperty("java.class.path"),
            CostWorker.class.getName(),
            problem.name(),
            Integer.toString(size)));
    operations.forEach(o -> command.add(o.name()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(log.toFile());
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().remove("OPENBLAS_L2_SIZE");
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      List<Cost> costs = lines.lines().map(Cost::of).toList();
      if (costs.size() == operations.size()) return costs;
    }
    throw new IOException(
        String.format(Locale.ROOT, "%s failed at n = %d, see %s", problem.name(), size, log));
  }
}
