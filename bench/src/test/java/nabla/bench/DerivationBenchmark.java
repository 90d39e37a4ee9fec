package nabla.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * One phase over all inputs of a set in a JVM of its own. An operation is one round through the
 * set; each input is timed within it as well, so that medians and the worst inputs are known: in
 * processor time of the measuring thread, which does not count what else the machine does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class DerivationBenchmark {
  /** Where the times of each input go. */
  static final String FOLDER = "bench.folder";

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  /** The two sets of inputs. */
  public enum InputSet {
    CORPUS,
    SWELL;

    List<Input> inputs() {
      return this == CORPUS ? Input.corpus() : Input.swell();
    }
  }

  @Param public InputSet set = InputSet.CORPUS;
  @Param public Phase phase = Phase.ALL;

  private final List<String> names = new ArrayList<>();
  private final List<Supplier<Object>> operations = new ArrayList<>();
  private final List<List<Long>> times = new ArrayList<>();
  private boolean measuring;

  @Setup
  public void prepare() {
    for (Input input : set.inputs()) {
      names.add(input.name());
      operations.add(phase.of(input));
      times.add(new ArrayList<>());
    }
  }

  @Setup(Level.Iteration)
  public void note(IterationParams iteration) {
    measuring = iteration.getType() == IterationType.MEASUREMENT;
  }

  @Benchmark
  public void round(Blackhole hole) {
    for (int k = 0; k < operations.size(); k++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      hole.consume(operations.get(k).get());
      long time = CLOCK.getCurrentThreadCpuTime() - start;
      if (measuring) times.get(k).add(time);
    }
  }

  @TearDown
  public void write() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      List<Long> sorted = times.get(k).stream().sorted().toList();
      double median = sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2) / 1e6;
      lines.add(String.format(Locale.ROOT, "%s\t%.6f", names.get(k), median));
    }
    Path folder = Path.of(System.getProperty(FOLDER, "target/bench"));
    Files.createDirectories(folder);
    Files.write(folder.resolve(set + "-" + phase + ".tsv"), lines);
  }
}
