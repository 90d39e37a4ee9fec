package nabla.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The systems at one problem with one number of threads: checks that they agree, then measures one
 * at a time. They are started afresh, so that no problem profits from what came before it.
 */
final class Contest implements AutoCloseable {
  /** What a system gets for a result, the choice of its form included, and for a measurement. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Longer results are compared by every so manieth number. */
  private static final long COMPARED = 2_000_000;

  /** A system that was too slow for an operation, and is not asked for it again. */
  private record Late(Rival rival, Operation operation) {}

  private final Problem problem;
  private final int threads;
  private final Path peers;
  private final Path folder;
  private final Path data;
  private final Report report;
  private final Map<Rival, RivalProcess> rivals = new EnumMap<>(Rival.class);
  private final Set<Late> late = new HashSet<>();

  /**
   * @param peers the folder of the Python systems
   * @param folder where results go
   */
  Contest(Problem problem, int threads, Path peers, Path folder, Report report) {
    this.problem = problem;
    this.threads = threads;
    this.peers = peers;
    this.folder = folder;
    this.data = folder.resolve("data");
    this.report = report;
  }

  /** Why a system does not take part; nothing if it does. */
  Optional<String> start(Rival rival) throws IOException {
    RivalProcess process;
    try {
      process = RivalProcess.start(rival, threads, peers, folder);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    RivalProcess.Answer answer = process.answer();
    if (answer.ok()) {
      rivals.put(rival, process);
      return Optional.empty();
    }
    process.close();
    return Optional.of(answer.text());
  }

  /** Checks and measures all operations at a size. */
  void run(int size) throws IOException {
    delete(data);
    problem.data(size).write(data);
    for (RivalProcess process : rivals.values()) load(process, size);
    for (Operation operation : problem.operations(size)) {
      if (threads > 1) report.handedOver(HandOver.seconds());
      for (RivalProcess process : agreement(size, operation)) {
        RivalProcess.Answer answer = process.ask("time " + operation, LIMIT);
        if (answer.isLate()) {
          late(process, size, operation);
        } else {
          demand(process, answer);
          report.add(size, operation, process.rival(), answer.timing());
        }
      }
    }
    delete(data);
  }

  /** Those that have the operation, all with the same result. */
  private List<RivalProcess> agreement(int size, Operation operation) throws IOException {
    long entries = problem.entries(size);
    long stride = operation == Operation.HESSIAN ? stride(entries * entries) : 1;
    Agreement agreement = new Agreement();
    List<RivalProcess> agreed = new ArrayList<>();
    for (RivalProcess process : List.copyOf(rivals.values())) {
      Rival rival = process.rival();
      if (late.contains(new Late(rival, operation))) {
        report.note(size, operation, rival, "not asked, it was too slow before");
        continue;
      }
      Path file = folder.resolve(rival.title() + ".npy");
      RivalProcess.Answer answer =
          process.ask("compute " + operation + " " + stride + " " + file, LIMIT);
      if (answer.isLate()) {
        Files.deleteIfExists(file);
        late(process, size, operation);
      } else if (answer.kind().equals("none")) {
        report.note(size, operation, rival, answer.text());
      } else {
        demand(process, answer);
        agreement.add(rival, file);
        agreed.add(process);
      }
    }
    report.agreed(agreement.worst(problem.name() + ", size " + size + ", " + operation.title()));
    return agreed;
  }

  /** A system that was too slow has ended; it goes on with the next operation. */
  private void late(RivalProcess process, int size, Operation operation) throws IOException {
    Rival rival = process.rival();
    report.note(size, operation, rival, "it takes more than " + LIMIT.toSeconds() + " s");
    late.add(new Late(rival, operation));
    process.close();
    rivals.remove(rival);
    Optional<String> reason = start(rival);
    if (reason.isPresent()) throw new Disagreement(rival.title() + " failed: " + reason.get());
    load(Objects.requireNonNull(rivals.get(rival)), size);
  }

  private void load(RivalProcess process, int size) throws IOException {
    demand(process, process.ask("load " + problem.name() + " " + size + " " + data));
  }

  private static long stride(long count) {
    // odd, so that it does not keep to one column of a matrix with an even number of them
    return count <= COMPARED ? 1 : count / COMPARED | 1;
  }

  private static void demand(RivalProcess process, RivalProcess.Answer answer) {
    if (!answer.ok()) throw new Disagreement(process.rival().title() + " failed: " + answer.text());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  @Override
  public void close() {
    for (RivalProcess process : rivals.values()) process.close();
  }
}
