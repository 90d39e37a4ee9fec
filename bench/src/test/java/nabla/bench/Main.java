package nabla.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import nabla.bench.DerivationBenchmark.InputSet;
import nabla.lang.Problem;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmark and prints the tables of docs/benchmarks.md. */
public final class Main {
  private static final int WORST = 10;

  private Main() {}

  /**
   * Measures everything.
   *
   * @param args unused, and the folder for the times of each input
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Path folder = Path.of(args[1]).toAbsolutePath();
    Options options =
        new OptionsBuilder()
            .include(DerivationBenchmark.class.getName())
            .jvmArgsAppend("-D" + DerivationBenchmark.FOLDER + "=" + folder)
            .build();
    new Runner(options).run();
    System.out.println(report(folder));
  }

  private static String report(Path folder) throws IOException {
    StringBuilder out = new StringBuilder("\n| corpus, ms | median | p90 | worst |\n|-|-|-|-|\n");
    for (Phase phase : Phase.values()) {
      List<Double> sorted =
          times(folder, InputSet.CORPUS, phase).values().stream().sorted().toList();
      row(
          out,
          phase.name().toLowerCase(Locale.ROOT),
          quantile(sorted, 0.5),
          quantile(sorted, 0.9),
          sorted.getLast());
    }
    out.append("\n| the ten slowest, all | ms | expression |\n|-|-|-|\n");
    times(folder, InputSet.CORPUS, Phase.ALL).entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(WORST)
        .forEach(
            e ->
                out.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %.3f | `%s` |\n",
                        e.getKey(),
                        e.getValue(),
                        Input.of(e.getKey()).expression().replace("|", "\\|"))));
    swell(folder, out);
    return out.toString();
  }

  private static void swell(Path folder, StringBuilder out) throws IOException {
    out.append("\n| swell, ms | parse | derive | simplify | print | all |");
    out.append(" nodes in | nodes of the derivative | ratio | characters |\n");
    out.append("|-|-|-|-|-|-|-|-|-|-|\n");
    Map<Phase, Map<String, Double>> times = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) times.put(phase, times(folder, InputSet.SWELL, phase));
    for (Input input : Input.swell()) {
      out.append("| ").append(input.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      for (Map<String, Double> of : times.values()) {
        double time = Objects.requireNonNull(of.get(input.name()));
        out.append(String.format(Locale.ROOT, " | %.3f", time));
      }
      Problem problem = Phase.problem(input);
      Tensor derivative = Phase.derive(problem, input);
      int before = Tensors.topological(problem.tensor()).size();
      int after = Tensors.topological(derivative).size();
      int characters = input.derive(input.parse()).text().length();
      out.append(
          String.format(
              Locale.ROOT,
              " | %d | %d | %.1f | %d |\n",
              before,
              after,
              (double) after / before,
              characters));
    }
  }

  private static Map<String, Double> times(Path folder, InputSet set, Phase phase)
      throws IOException {
    Map<String, Double> times = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve(set + "-" + phase + ".tsv"))) {
      int tab = line.indexOf('\t');
      times.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
    }
    return times;
  }

  private static double quantile(List<Double> sorted, double q) {
    return sorted.get((int) (q * (sorted.size() - 1)));
  }

  private static void row(StringBuilder out, String name, double... values) {
    out.append("| ").append(name);
    for (double v : values) out.append(String.format(Locale.ROOT, " | %.3f", v));
    out.append(" |\n");
  }
}
