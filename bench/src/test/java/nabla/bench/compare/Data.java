package nabla.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** What a problem is computed from, by name: written once, read by every system. */
record Data(Map<String, Array> arrays) {
  /** The same for every run, so that figures can be compared. */
  static final long SEED = 20260101;

  Array get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** The same data but for one array. */
  Data with(String name, Array array) {
    Map<String, Array> changed = new LinkedHashMap<>(arrays);
    changed.put(name, array);
    return new Data(changed);
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var entry : arrays.entrySet()) {
      Npy.write(folder.resolve(entry.getKey() + ".npy"), entry.getValue(), 1);
    }
  }

  static Data read(Path folder) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.sorted().forEach(file -> arrays.put(nameOf(file), readArray(file)));
    }
    return new Data(arrays);
  }

  private static String nameOf(Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    return name.substring(0, name.length() - ".npy".length());
  }

  private static Array readArray(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      return Npy.map(file, arena).copy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Draws the arrays of a problem, one after the other. */
  static final class Draws {
    private final RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final Map<String, Array> arrays = new LinkedHashMap<>();

    /** Normally distributed entries. */
    Draws normal(String name, double deviation, int... shape) {
      Array array = Array.of(shape);
      long count = array.count();
      for (long i = 0; i < count; i++) array.set(i, deviation * random.nextGaussian());
      return put(name, array);
    }

    /** Entries that are one of two values. */
    Draws either(String name, double one, double other, int... shape) {
      Array array = Array.of(shape);
      long count = array.count();
      for (long i = 0; i < count; i++) array.set(i, random.nextBoolean() ? one : other);
      return put(name, array);
    }

    /** A vector that is zero but for a one. */
    Draws oneHot(String name, int n) {
      Array array = Array.of(n);
      array.set(random.nextInt(n), 1);
      return put(name, array);
    }

    /** Rows that are zero but for a one. */
    Draws oneHot(String name, int rows, int columns) {
      Array array = Array.of(rows, columns);
      for (int i = 0; i < rows; i++) array.set((long) i * columns + random.nextInt(columns), 1);
      return put(name, array);
    }

    Draws put(String name, Array array) {
      arrays.put(name, array);
      return this;
    }

    Data done() {
      return new Data(arrays);
    }
  }
}
