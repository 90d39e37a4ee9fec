package nabla.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a system of the JVM in a process of its own. Commands are read line by line, each is
 * answered by a line:
 *
 * <ul>
 *   <li>{@code load PROBLEM SIZE FOLDER}: reads the data; {@code ok}
 *   <li>{@code compute OPERATION STRIDE FILE}: writes the result, every so manieth number of it;
 *       {@code ok}
 *   <li>{@code time OPERATION}: {@code time MEDIAN QUARTILE QUARTILE SAMPLES}
 * </ul>
 *
 * What is not offered is answered by {@code none} and the reason, what went wrong by {@code failed}
 * and the reason.
 */
final class Worker {
  /**
   * Up to this many entries of the variable, derivatives are held against differences, and calls
   * are quick enough to warm up the code on.
   */
  private static final long SMALL = 2500;

  private final Contender contender;
  private final Map<Operation, Computation> computations = new EnumMap<>(Operation.class);
  private boolean warm;

  private Worker(Contender contender) {
    this.contender = contender;
  }

  /**
   * Answers until there are no more commands.
   *
   * @param args the system and how many threads it may use
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Worker worker = new Worker(contender(args[0], Integer.parseInt(args[1])));
    answers.println("ok");
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(worker.answer(List.of(line.split(" ", -1))));
    }
  }

  private static Contender contender(String system, int threads) {
    return system.equals("expert") ? new Expert(new Team(threads)) : new NablaEngine(threads);
  }

  private String answer(List<String> command) {
    try {
      return switch (command.getFirst()) {
        case "load" ->
            load(command.get(1), Integer.parseInt(command.get(2)), Path.of(command.get(3)));
        case "compute" ->
            compute(command.get(1), Long.parseLong(command.get(2)), Path.of(command.get(3)));
        case "time" -> time(command.get(1));
        default -> "failed no such command";
      };
    } catch (IOException | RuntimeException | Error e) {
      e.printStackTrace();
      return "failed " + e.toString().lines().findFirst().orElseThrow();
    }
  }

  private String load(String name, int size, Path folder) throws IOException {
    Problem problem = Problem.of(name);
    if (!warm) warmUp(problem);
    warm = true;
    Data data = Data.read(folder);
    if (data.get(problem.variable()).count() <= SMALL) {
      Optional<String> mismatch = FiniteDifferences.mismatch(contender, problem, data);
      if (mismatch.isPresent()) return "failed size " + size + ", " + mismatch.get();
    }
    computations.clear();
    computations.putAll(contender.prepare(problem, data));
    return "ok";
  }

  /** Long calls are too few to have their code compiled, hence many short ones before. */
  private void warmUp(Problem problem) {
    for (int size : problem.sizes()) {
      if (problem.entries(size) > SMALL) continue;
      contender
          .prepare(problem, problem.data(size))
          .values()
          .forEach(c -> Timing.warmUp(c::run, 0.3));
    }
  }

  private String compute(String operation, long stride, Path file) throws IOException {
    Computation computation = computations.get(Operation.valueOf(operation));
    if (computation == null) return "none it is not offered";
    List<Array> results = computation.run();
    Npy.write(file, results.size() == 1 ? results.getFirst() : joined(results), stride);
    return "ok";
  }

  private static Array joined(List<Array> parts) {
    Array joined = Array.of(Math.toIntExact(parts.stream().mapToLong(Array::count).sum()));
    long at = 0;
    for (Array part : parts) {
      for (long i = 0; i < part.count(); i++) joined.set(at++, part.get(i));
    }
    return joined;
  }

  private String time(String operation) {
    Computation computation = computations.get(Operation.valueOf(operation));
    if (computation == null) return "none it is not offered";
    Timing timing = Timing.of(computation::run);
    return String.format(
        Locale.ROOT,
        "time %.6g %.6g %.6g %d",
        timing.median(),
        timing.lowerQuartile(),
        timing.upperQuartile(),
        timing.samples());
  }
}
