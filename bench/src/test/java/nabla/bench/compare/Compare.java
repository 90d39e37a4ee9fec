package nabla.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Compares the systems, a {@link Contest} for each problem and number of threads. */
final class Compare {
  private final Options options;
  private final Path peers;
  private final Path folder;
  private final Instant start = Instant.now();
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
    Options options;
    try {
      options = Options.of(Options.words(args[2]));
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
    Summary summary = new Summary();
    for (int threads : options.threads()) {
      for (Problem problem : options.problems()) {
        Report report = new Report(problem, threads, options.systems(), this::progress);
        for (int k = 0; k < options.processes(); k++) run(problem, threads, report);
        System.out.println(report.table());
        Files.writeString(
            results, report.lines(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        summary.add(report);
      }
    }
    System.out.println(summary.table());
    absent.forEach(System.out::println);
    System.out.println("All figures: " + results);
  }

  private void run(Problem problem, int threads, Report report) throws IOException {
    try (Contest contest = new Contest(problem, threads, peers, folder, report)) {
      for (Rival rival : options.systems()) {
        contest
            .start(rival)
            .ifPresent(reason -> absent.add(rival.title() + " did not run: " + reason));
      }
      for (int size : options.sizesOf(problem)) contest.run(size);
    }
  }

  /** A command of half an hour says where it is. */
  private void progress(String what) {
    Duration since = Duration.between(start, Instant.now());
    System.err.printf(
        Locale.ROOT, "%3d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), what);
  }
}
