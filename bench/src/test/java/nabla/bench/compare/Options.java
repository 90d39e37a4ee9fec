package nabla.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What to compare.
 *
 * @param sizes none: those of each problem
 * @param processes of how many processes of each system a figure is the middle one
 */
record Options(
    List<Problem> problems,
    List<Integer> sizes,
    List<Integer> threads,
    List<Rival> systems,
    int processes) {
  private static final List<String> NAMES =
      List.of("problems", "sizes", "threads", "systems", "processes");
  private static final String PROCESSES = "3";

  /** The words after the first one, in one argument, which may not be empty. */
  static List<String> words(String argument) {
    return Stream.of(argument.split("\\s+", -1)).skip(1).filter(w -> !w.isEmpty()).toList();
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with the reason if it says something else
   */
  static Options of(List<String> words) {
    Map<String, List<String>> given = new TreeMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i).startsWith("--") ? words.get(i).substring(2) : "";
      if (!NAMES.contains(name) || i + 1 == words.size()) {
        throw new IllegalArgumentException(
            "expected --problems, --sizes, --threads or --systems and a list such as a,b, or"
                + " --processes and a number: "
                + words.get(i));
      }
      given.put(name, List.of(words.get(i + 1).split(",", -1)));
    }
    return new Options(
        given.containsKey("problems") ? each(given, "problems", Problem::of) : Problem.all(),
        each(given, "sizes", Integer::valueOf),
        given.containsKey("threads") ? each(given, "threads", Integer::valueOf) : List.of(1, 2),
        given.containsKey("systems")
            ? each(given, "systems", Rival::of)
            : Arrays.asList(Rival.values()),
        Integer.parseInt(given.getOrDefault("processes", List.of(PROCESSES)).getFirst()));
  }

  private static <T> List<T> each(
      Map<String, List<String>> given, String name, Function<String, T> read) {
    return given.getOrDefault(name, List.of()).stream().map(read).toList();
  }

  List<Integer> sizesOf(Problem problem) {
    return sizes.isEmpty() ? problem.sizes() : sizes;
  }
}
