package nabla.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import nabla.Nabla;
import nabla.optimize.Minimization;
import nabla.optimize.Minimum;
import nabla.optimize.Options;
import nabla.tensor.NumericArray;

/**
 * How long minimisations take, against SciPy's L-BFGS-B with gradients by hand, in one run: from
 * the first iteration until the gradient is small, and with everything, from deriving to saying
 * what kind of point it is and whether it is the global minimum. SciPy stops where rounding hides
 * that the value falls; the ratio is of the times to its gradient.
 */
final class MinimizationTable {
  private static final int RUNS = 41;

  /** For how many seconds it is warmed up. */
  private static final double WARM_UP = 5;

  private static final Minimization LOGISTIC =
      Minimization.of(Nabla.parse("sum(log(1+exp(-y.*(X*w)))) + w'*w/2", "X: matrix[m,n]"), "w");
  private static final Minimization FACTORIZATION =
      Minimization.of(
          Nabla.parse(
              "sum((Om.*(T-U*V')).^2) + (normF(U)^2+normF(V)^2)/10",
              "U: matrix[n,k]; T: matrix[n,m]"),
          "U",
          "V");

  private final Path folder;
  private final Map<String, NumericArray> data = new LinkedHashMap<>();

  private MinimizationTable(Path folder) {
    this.folder = folder;
  }

  /**
   * Prints the table.
   *
   * @param args the folder of the peers, and one for the data
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[1], "minimize"));
    MinimizationTable table = new MinimizationTable(folder);
    table.draw(new Random(20260101));
    System.out.println(
        "| problem | threads | to 1e-8 | to SciPy's gradient | with everything | SciPy | ratio |"
            + " iterations, gradient | SciPy's |");
    System.out.println("|-|-|-|-|-|-|-|-|-|");
    for (int threads = 1; threads <= 2; threads++) {
      List<String> peer = table.peer(Path.of(args[0], "minimize.py"), threads);
      Options options = new Options(1e-8, 1000, Duration.ofMinutes(1), threads, /* seed= */ 1);
      table.row("logistic, 2000 × 200", LOGISTIC, options, peer.getFirst());
      table.row("factorization, 200 × 200, k = 5", FACTORIZATION, options, peer.getLast());
    }
  }

  private void draw(Random random) throws IOException {
    put("X", random, 2000, 200);
    double[] signs = random.doubles(2000).map(u -> u < 0.5 ? -1 : 1).toArray();
    put("y", NumericArray.vector(signs));
    put("T", random, 200, 200);
    double[] mask = random.doubles(40_000).map(u -> u < 0.5 ? 0 : 1).toArray();
    put("Om", NumericArray.of(new int[] {200, 200}, mask));
    put("U", random, 200, 5);
    put("V", random, 200, 5);
  }

  private void put(String name, Random random, int rows, int columns) throws IOException {
    double[] entries = new double[rows * columns];
    Arrays.setAll(entries, k -> random.nextGaussian());
    put(name, NumericArray.of(new int[] {rows, columns}, entries));
  }

  private void put(String name, NumericArray array) throws IOException {
    data.put(name, array);
    ByteBuffer bytes = ByteBuffer.allocate(8 * array.count()).order(ByteOrder.LITTLE_ENDIAN);
    for (double entry : array.data()) bytes.putDouble(entry);
    Files.write(folder.resolve(name), bytes.array());
  }

  private List<String> peer(Path script, int threads) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("python3", script.toString(), folder.toString(), RUNS + "");
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().put("OPENBLAS_NUM_THREADS", threads + "");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      List<String> answers = lines.lines().toList();
      if (answers.size() == 2) return answers;
    }
    throw new IOException("python3 has no SciPy, or it failed");
  }

  private void row(String title, Minimization of, Options options, String peer) {
    Minimization asked = of.with(options);
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      String name = e.getKey();
      boolean own =
          of == FACTORIZATION ? !name.equals("X") && !name.equals("y") : name.matches("[Xy]");
      if (!own) continue;
      boolean moves = name.matches("[UV]");
      asked = moves ? asked.from(name, e.getValue()) : asked.bind(name, e.getValue());
    }
    long begin = System.nanoTime();
    while ((System.nanoTime() - begin) / 1e9 < WARM_UP) asked.minimize();
    List<Double> whole = new ArrayList<>();
    List<Double> search = new ArrayList<>();
    List<Double> same = new ArrayList<>();
    double[] other = Arrays.stream(peer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Minimum found = asked.minimize();
    for (int k = 0; k < RUNS; k++) {
      long[] times = {System.nanoTime(), 0, 0, 0};
      found =
          asked.minimize(
              iteration -> {
                if (iteration.number() == 0) times[1] = System.nanoTime();
                if (iteration.gradientNorm() <= other[2] && times[3] == 0)
                  times[3] = System.nanoTime();
                if (iteration.gradientNorm() <= 1e-8 && times[2] == 0) times[2] = System.nanoTime();
              });
      whole.add((System.nanoTime() - times[0]) / 1e9);
      search.add((times[2] - times[1]) / 1e9);
      same.add((times[3] - times[1]) / 1e9);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.2f | %d, %.1e | %.0f, %.1e |%n",
        title,
        options.threads(),
        1e3 * median(search),
        1e3 * median(same),
        1e3 * median(whole),
        1e3 * other[0],
        median(same) / other[0],
        found.iterations(),
        found.gradientNorm(),
        other[3],
        other[2]);
    if (found.value() > other[1] * (1 + 1e-9)) {
      System.out.printf("SciPy's value is less: %s, not %s%n", other[1], found.value());
    }
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
