package nabla.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Times of several things, in seconds, of which the medians are kept in a file. */
final class Medians {
  private final Map<String, List<Double>> times = new LinkedHashMap<>();

  void add(String name, double seconds) {
    times.computeIfAbsent(name, n -> new ArrayList<>()).add(seconds);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    times.forEach(
        (name, all) -> {
          List<Double> sorted = all.stream().sorted().toList();
          double median = sorted.get((sorted.size() - 1) / 2);
          lines.add(String.format(Locale.ROOT, "%s\t%.6g", name, median));
        });
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  /** What has been written, by name. */
  static Map<String, Double> read(Path file) {
    Map<String, Double> medians = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .map(line -> line.split("\t", -1))
          .forEach(words -> medians.put(words[0], Double.valueOf(words[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return medians;
  }
}
