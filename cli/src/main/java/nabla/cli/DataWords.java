package nabla.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.Expression;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.engine.data.DataFile;
import nabla.json.JsonText;
import nabla.json.NestedLists;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** What the words after {@code --data} say: numbers, matrices, files, standard input. */
final class DataWords {
  private static final Pattern NAMED =
      Pattern.compile("([\\p{L}][\\p{L}\\p{N}_]*) *= *(.*)", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?(?:NaN|Infinity)");
  private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt", ".mtx", ".mm");
  private static final String STANDARD_INPUT = "-";

  private final Map<String, Datum> named = new LinkedHashMap<>();
  private final Map<String, Datum> collected = new LinkedHashMap<>();

  private DataWords() {}

  /**
   * The data by the names of variables, those with a name of their own before those of a
   * collection.
   *
   * @throws NablaException if a file or a value is wrong, or a variable has two values
   */
  static DataWords read(List<String> words) {
    DataWords data = new DataWords();
    data.addAll(words);
    return data;
  }

  /**
   * Reads further words.
   *
   * @return the names of the variables that have data by these
   * @throws NablaException as {@link #read}
   */
  Set<String> addAll(List<String> words) {
    Set<String> before = all().keySet();
    for (String word : words) add(word.strip());
    Set<String> further = all().keySet();
    further.removeAll(before);
    return further;
  }

  /** What was given for a variable by its name. */
  Map<String, Datum> named() {
    return named;
  }

  /** All data. */
  Map<String, Datum> all() {
    Map<String, Datum> all = new LinkedHashMap<>(collected);
    all.putAll(named);
    return all;
  }

  private void add(String word) {
    Matcher name = NAMED.matcher(word);
    if (name.matches()) {
      if (named.put(name.group(1), value(name.group(1), name.group(2))) == null) return;
      throw new NablaException(Code.VALUE, name.group(1) + " has data twice");
    }
    Map<String, Datum> arrays = word.equals(STANDARD_INPUT) ? standardInput() : file(word);
    arrays.forEach(
        (variable, datum) -> {
          if (collected.put(variable, datum) != null) {
            throw new NablaException(Code.VALUE, variable + " has data twice");
          }
        });
  }

  private static Map<String, Datum> file(String word) {
    Path file = path(word);
    Map<String, Datum> arrays = new LinkedHashMap<>();
    if (isTable(word)) {
      String name = String.valueOf(file.getFileName());
      arrays.put(name.substring(0, name.lastIndexOf('.')), table(file));
    } else {
      DataFile.readAll(file).forEach((name, array) -> arrays.put(name, new Datum(array, false)));
    }
    return arrays;
  }

  private static Datum value(String name, String text) {
    if (text.isEmpty()) {
      throw new NablaException(Code.VALUE, name + " has no data; write --data " + name + "=FILE");
    }
    if (NUMBER.matcher(text).matches())
      return new Datum(NumericArray.scalar(Double.parseDouble(text)), false);
    if (text.equals(STANDARD_INPUT))
      return new Datum(NestedLists.read(name, JsonText.value(input())), false);
    // as in JSON, and in the counterexamples of nabla check
    if (text.startsWith("[[") || text.startsWith("[\""))
      return new Datum(NestedLists.read(name, JsonText.value(text)), false);
    if (text.startsWith("[")) return literal(text);
    Path file = path(text);
    if (!Files.exists(file) && isConstant(text)) return literal(text);
    return isTable(text) ? table(file) : new Datum(DataFile.read(file), false);
  }

  private static Datum table(Path file) {
    return new Datum(DataFile.read(file, 2), true);
  }

  private static boolean isTable(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return TABLES.stream().anyMatch(lower::endsWith);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new NablaException(Code.REQUEST, "there is no file " + text);
    }
  }

  /** Whether it is an expression without variables, such as {@code eye(3)}. */
  private static boolean isConstant(String text) {
    try {
      return Expression.parse(text).variables().isEmpty();
    } catch (NablaException e) {
      return false;
    }
  }

  /** A row keeps its columns for a variable that is a matrix. */
  private static Datum literal(String text) {
    Expression expression = Expression.parse(text);
    NumericArray array = expression.value(Map.of());
    if (array.rank() != 1) return new Datum(array, array.rank() == 2);
    boolean row = expression.kind().equals("row");
    int[] shape = {row ? 1 : array.count(), row ? array.count() : 1};
    return new Datum(NumericArray.of(shape, array.data()), true);
  }

  private static Map<String, Datum> standardInput() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    JsonText.read(input(), "data are an object: {\"x\": [1, 2], \"c\": 0.5}", fields);
    Map<String, Datum> arrays = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> arrays.put(name, new Datum(NestedLists.read(name, value), false)));
    return arrays;
  }

  private static String input() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new NablaException(Code.REQUEST, "standard input can't be read");
    }
  }
}
