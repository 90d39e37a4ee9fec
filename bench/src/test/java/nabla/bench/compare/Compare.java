package nabla.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the systems: checks for each problem that they agree, then measures one at a time. */
final class Compare {
  /** Longer results are compared by every so manieth number. */
  private static final long COMPARED = 2_000_000;

  private final Options options;
  private final Path peers;
  private final Path folder;
  private final Set<String> absent = new LinkedHashSet<>();

  private Compare(Options options, Path peers, Path folder) {
    this.options = options;
    this.peers = peers;
    this.folder = folder;
  }

  /**
   * Prints the tables.
   *
   * @param args the folder of the Python systems, the folder for results, the options in one
   *     argument
   */
  public static void main(String[] args) throws IOException {
    List<String> words =
        Stream.of(args[2].split("\\s+", -1)).skip(1).filter(w -> !w.isEmpty()).toList();
    Options options;
    try {
      options = Options.of(words);
    } catch (IllegalArgumentException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(2);
      return;
    }
    Path folder = Path.of(args[1]).toAbsolutePath();
    Files.createDirectories(folder);
    try {
      new Compare(options, Path.of(args[0]), folder).run();
    } catch (Disagreement e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException {
    Path results = folder.resolve("results.jsonl");
    Files.deleteIfExists(results);
    System.out.printf("Data drawn with seed %d.%n", Data.SEED);
    for (int threads : options.threads()) {
      for (Problem problem : options.problems()) {
        Report report = new Report(problem, threads, options.systems());
        run(problem, threads, report);
        System.out.println(report.table());
        Files.writeString(
            results, report.lines(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    absent.forEach(System.out::println);
    System.out.println("All figures: " + results);
  }

  /** Starts the systems afresh, so that no problem profits from what came before it. */
  private void run(Problem problem, int threads, Report report) throws IOException {
    List<RivalProcess> rivals = new ArrayList<>();
    try {
      for (Rival rival : options.systems()) start(rival, threads).ifPresent(rivals::add);
      for (int size : options.sizesOf(problem)) {
        Path data = folder.resolve("data");
        delete(data);
        problem.data(size).write(data);
        for (RivalProcess rival : rivals) {
          demand(rival, rival.ask("load " + problem.name() + " " + size + " " + data));
        }
        Map<Operation, List<RivalProcess>> agreed = new EnumMap<>(Operation.class);
        for (Operation operation : problem.operations(size)) {
          agreed.put(operation, agreement(problem, size, operation, rivals, report));
        }
        delete(data);
        for (var entry : agreed.entrySet()) {
          for (RivalProcess rival : entry.getValue()) {
            RivalProcess.Answer answer = rival.ask("time " + entry.getKey());
            demand(rival, answer);
            report.add(size, entry.getKey(), rival.rival(), answer.timing());
          }
        }
      }
    } finally {
      for (RivalProcess rival : rivals) rival.close();
    }
  }

  private Optional<RivalProcess> start(Rival rival, int threads) throws IOException {
    RivalProcess process;
    try {
      process = RivalProcess.start(rival, threads, peers, folder);
    } catch (IOException e) {
      absent.add(rival.title() + " did not run: " + e.getMessage());
      return Optional.empty();
    }
    RivalProcess.Answer answer = process.answer();
    if (answer.ok()) return Optional.of(process);
    absent.add(rival.title() + " did not run: " + answer.text());
    process.close();
    return Optional.empty();
  }

  /** Those that have the operation, all with the same result. */
  private List<RivalProcess> agreement(
      Problem problem, int size, Operation operation, List<RivalProcess> rivals, Report report)
      throws IOException {
    long entries = problem.entries(size);
    long stride = operation == Operation.HESSIAN ? stride(entries * entries) : 1;
    Agreement agreement = new Agreement();
    List<RivalProcess> agreed = new ArrayList<>();
    for (RivalProcess rival : rivals) {
      Path file = folder.resolve(rival.rival().title() + ".npy");
      RivalProcess.Answer answer = rival.ask("compute " + operation + " " + stride + " " + file);
      if (answer.kind().equals("none")) {
        report.note(size, operation, rival.rival(), answer.text());
        continue;
      }
      demand(rival, answer);
      agreement.add(rival.rival(), file);
      agreed.add(rival);
    }
    report.agreed(agreement.worst(problem.name() + ", size " + size + ", " + operation.title()));
    return agreed;
  }

  private static long stride(long count) {
    // odd, so that it does not keep to one column of a matrix with an even number of them
    return count <= COMPARED ? 1 : count / COMPARED | 1;
  }

  private static void demand(RivalProcess rival, RivalProcess.Answer answer) {
    if (!answer.ok()) throw new Disagreement(rival.rival().title() + " failed: " + answer.text());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
