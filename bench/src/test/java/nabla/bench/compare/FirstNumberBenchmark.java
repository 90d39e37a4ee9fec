package nabla.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.tensor.NumericArray;
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
 * From the text to the first numbers in a JVM that is warm from other problems, at a size where
 * computing them takes no time. The loops of a problem are compiled once in a process: the first
 * time says what that takes, the later ones what is left.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 1, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FirstNumberBenchmark {
  /** What is measured of a problem. */
  enum Part {
    /** From the text to a function, derivatives included. */
    COMPILE,
    /** From a function to an evaluator: data bound, the plan made, its loops compiled. */
    BIND,
    RUN
  }

  private static final int SIZE = 10;

  /** {@link EngineTables} gives all of them. */
  @Param("logistic")
  public String problem = "logistic";

  @Param({"VALUE_AND_GRADIENT", "HESSIAN"})
  public String operation = "HESSIAN";

  private final NablaEngine engine = new NablaEngine(1);
  private final Map<Problem, Data> others = new LinkedHashMap<>();
  private final Medians first = new Medians();
  private final Medians later = new Medians();
  private boolean measuring;
  private int measured;

  @Setup
  public void draw() {
    for (Problem other : Problem.all()) others.put(other, other.data(SIZE));
  }

  @Setup(Level.Iteration)
  public void note(IterationParams iteration) {
    measuring = iteration.getType() == IterationType.MEASUREMENT;
  }

  @Benchmark
  public void round() {
    others.forEach(
        (other, data) -> {
          boolean isMeasured = other.name().equals(problem);
          if (isMeasured != measuring) return;
          Medians times = !isMeasured ? new Medians() : measured++ == 0 ? first : later;
          measure(other, data, times);
        });
  }

  private void measure(Problem named, Data data, Medians times) {
    Operation asked = Operation.valueOf(operation);
    NumericArray point = NablaEngine.numbers(data.get(named.variable()));
    long start = System.nanoTime();
    CompiledFunction compiled = engine.compiled(named, data, asked);
    long middle = System.nanoTime();
    CompiledFunction function = NablaEngine.bound(compiled, named, data);
    Evaluator evaluator = function.evaluator(Map.of(named.variable(), point));
    long ready = System.nanoTime();
    evaluator.run();
    long end = System.nanoTime();
    times.add(Part.COMPILE.name(), (middle - start) / 1e9);
    times.add(Part.BIND.name(), (ready - middle) / 1e9);
    times.add(Part.RUN.name(), (end - ready) / 1e9);
  }

  static Path file(Path folder, String problem, String operation, boolean isFirst) {
    return folder.resolve(problem + "-" + operation + (isFirst ? "-first.tsv" : "-later.tsv"));
  }

  @TearDown
  public void write() throws IOException {
    Path folder = EngineBenchmark.folder();
    first.write(file(folder, problem, operation, true));
    later.write(file(folder, problem, operation, false));
  }
}
