package nabla.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nabla.Evaluator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Evaluations of one problem at some sizes in a JVM of its own. An operation is one round through
 * sizes and outputs; each is timed within it, short ones many times in a row.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class EngineBenchmark {
  /** Where the times go. */
  static final String FOLDER = "bench.folder";

  /** A file there: what multiplies matrices. */
  static final String MULTIPLIER = "multiplier";

  static final List<Integer> SIZES = List.of(10, 100, 1000);

  private static final double SAMPLE = 1e-3;
  private static final double WARM_UP = 0.3;

  /** Entries of the variable: of more, no Hessian written out and no result at all. */
  private static final long LARGEST_HESSIAN = 1000;

  private static final long LARGEST = 10_000;

  /** What is called so many times in a row. */
  private record Evaluation(Runnable call, long times) {}

  /** {@link EngineTables} gives all of them. */
  @Param("logistic")
  public String problem = "logistic";

  @Param({"1", "2"})
  public int threads = 1;

  private final Map<String, Evaluation> evaluations = new LinkedHashMap<>();
  private final Medians medians = new Medians();
  private boolean measuring;

  @Setup
  public void prepare() throws IOException {
    Problem named = Problem.of(problem);
    for (int size : SIZES) {
      List<Operation> operations = operations(named, size);
      if (operations.isEmpty()) continue;
      Data data = named.data(size);
      for (Operation operation : operations) {
        evaluations.put(name(size, operation), evaluation(named, data, operation));
      }
    }
  }

  static String name(int size, Operation operation) {
    return size + " " + operation;
  }

  static List<Operation> operations(Problem problem, int size) {
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : problem.operations(size)) {
      long largest = operation == Operation.HESSIAN ? LARGEST_HESSIAN : LARGEST;
      if (problem.entries(size) <= largest) operations.add(operation);
    }
    return operations;
  }

  private Evaluation evaluation(Problem problem, Data data, Operation operation)
      throws IOException {
    String variable = problem.variable();
    Question question = new NablaEngine(threads).question(problem, data, operation);
    noteMultiplier(question.plan().engine());
    Evaluator evaluator = question.evaluator();
    double[] entries = NablaEngine.numbers(data.get(variable)).data();
    Runnable call =
        () -> {
          evaluator.set(variable, entries);
          evaluator.run();
        };
    double each = Timing.warmUp(call, WARM_UP);
    return new Evaluation(call, Math.max(1, Math.round(SAMPLE / each)));
  }

  /**
   * @param multiplier such as {@code OpenBLAS 0.3.31 (SkylakeX)}
   */
  private static void noteMultiplier(String multiplier) throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve(MULTIPLIER), multiplier.replaceAll("[,:].*", ""));
  }

  static Path folder() {
    return Path.of(System.getProperty(FOLDER, "target/bench/engine"));
  }

  @Setup(Level.Iteration)
  public void note(IterationParams iteration) {
    measuring = iteration.getType() == IterationType.MEASUREMENT;
  }

  @Benchmark
  public void round() {
    evaluations.forEach(
        (name, evaluation) -> {
          long start = System.nanoTime();
          for (long k = 0; k < evaluation.times(); k++) evaluation.call().run();
          double seconds = (System.nanoTime() - start) / 1e9;
          if (measuring) medians.add(name, seconds / evaluation.times());
        });
  }

  @TearDown
  public void write() throws IOException {
    medians.write(folder().resolve(problem + "-" + threads + ".tsv"));
  }
}
