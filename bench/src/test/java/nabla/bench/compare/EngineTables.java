package nabla.bench.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of the engine and prints their tables: {@code bench/run engine}. */
public final class EngineTables {
  /** What the engine has at hand. */
  private enum Setting {
    NATIVE,
    /** Neither OpenBLAS nor vector instructions. */
    JAVA
  }

  private static final List<Integer> THREADS = List.of(1, 2);
  private static final List<String> FIRST = List.of("VALUE_AND_GRADIENT", "HESSIAN");

  private EngineTables() {}

  /**
   * Measures everything, or what has some names.
   *
   * @param args unused, the folder for results, and the names of problems after a first word
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Path folder = Path.of(args[1]).toAbsolutePath().resolve("engine");
    List<Problem> problems = Problem.asked(Options.words(args[2]));
    run(FirstNumberBenchmark.class, Setting.NATIVE, folder, problems);
    String classPath = System.getProperty("java.class.path");
    for (Setting setting : Setting.values()) {
      // the forks take it from here
      System.setProperty(
          "java.class.path", setting == Setting.NATIVE ? classPath : withoutOpenBlas(classPath));
      run(EngineBenchmark.class, setting, folder, problems);
    }
    System.setProperty("java.class.path", classPath);
    System.out.println(evaluations(folder, problems));
    System.out.println(firstNumbers(folder, problems));
  }

  private static String withoutOpenBlas(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(entry -> !new File(entry).getName().startsWith("openblas"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void run(Class<?> benchmark, Setting setting, Path folder, List<Problem> problems)
      throws RunnerException {
    List<String> options = new ArrayList<>();
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("-XX:+UseSerialGC");
    options.add("-D" + EngineBenchmark.FOLDER + "=" + folder.resolve(setting.name()));
    if (setting == Setting.NATIVE) options.add("--add-modules=jdk.incubator.vector");
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .include("\\." + benchmark.getSimpleName() + "\\.")
            .param("problem", problems.stream().map(Problem::name).toArray(String[]::new))
            .jvmArgs(options.toArray(String[]::new));
    new Runner(builder.build()).run();
  }

  private static String evaluations(Path folder, List<Problem> problems) throws IOException {
    StringBuilder out = new StringBuilder("\n| problem | n | |");
    for (Setting setting : Setting.values()) {
      Path multiplier = folder.resolve(setting.name()).resolve(EngineBenchmark.MULTIPLIER);
      for (int threads : THREADS) {
        out.append(' ').append(Files.readString(multiplier)).append(", ").append(threads);
        out.append(threads == 1 ? " thread |" : " threads |");
      }
    }
    out.append("\n|-|-|-|-|-|-|-|\n");
    for (Problem problem : problems) {
      List<Map<String, Double>> columns = new ArrayList<>();
      for (Setting setting : Setting.values()) {
        for (int threads : THREADS) {
          String file = problem.name() + "-" + threads + ".tsv";
          columns.add(Medians.read(folder.resolve(setting.name()).resolve(file)));
        }
      }
      for (int size : EngineBenchmark.SIZES) {
        for (Operation operation : EngineBenchmark.operations(problem, size)) {
          String row = EngineBenchmark.name(size, operation);
          out.append("| ").append(problem.name()).append(" | ").append(size).append(" | ");
          out.append(operation.title()).append(" |");
          for (Map<String, Double> column : columns) out.append(cell(column, row));
          out.append('\n');
        }
      }
    }
    return out.toString();
  }

  private static String firstNumbers(Path folder, List<Problem> problems) {
    StringBuilder out = new StringBuilder("\n| from the text to the first number | |");
    for (String column : List.of("compile", "bind", "run", "later: compile", "bind", "run")) {
      out.append(' ').append(column).append(" |");
    }
    out.append("\n|-|-|-|-|-|-|-|-|\n");
    for (Problem problem : problems) {
      for (String operation : FIRST) {
        out.append("| ").append(problem.name()).append(" | ");
        out.append(Operation.valueOf(operation).title()).append(" |");
        for (boolean isFirst : List.of(true, false)) {
          Map<String, Double> times =
              Medians.read(
                  FirstNumberBenchmark.file(
                      folder.resolve(Setting.NATIVE.name()), problem.name(), operation, isFirst));
          for (FirstNumberBenchmark.Part part : FirstNumberBenchmark.Part.values()) {
            out.append(cell(times, part.name()));
          }
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  private static String cell(Map<String, Double> times, String name) {
    Double time = times.get(name);
    return (time == null ? " –" : " " + Report.seconds(time)) + " |";
  }
}
