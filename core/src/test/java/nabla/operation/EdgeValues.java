package nabla.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.Derivative;
import nabla.Expression;
import nabla.corpus.Figures;
import nabla.tensor.NumericArray;

/** The tables of values at the edges of operations: numbers in one file, arrays in the other. */
final class EdgeValues {
  /** Instead of a value: refused as outside the domain. */
  static final String DOMAIN = "domain";

  /** Instead of a derivative: there is none. */
  static final String UNSUPPORTED = "unsupported";

  /** Instead of a value: of any shape without entries. */
  static final String EMPTY = "empty";

  private EdgeValues() {}

  /**
   * A function at its edges.
   *
   * @param derivative the text of the derivative by the variable
   * @param remark why something is as it is; may be empty
   */
  record Function(
      String section,
      String expression,
      String declarations,
      String by,
      String derivative,
      String remark,
      List<Point> points) {
    Expression read() {
      return Expression.parse(expression, declarations);
    }

    Derivative differentiated() {
      return read().derivative(by);
    }

    /** Whether it is a call of this operation. */
    boolean calls(Operation operation) {
      return expression.startsWith(operation.name() + "(");
    }

    boolean isConstant() {
      return !derivative.matches(".*\\b" + by + "\\b.*");
    }

    @Override
    public String toString() {
      return expression + " by " + by;
    }
  }

  /** What a function and its derivative are for some data, as the tables spell it. */
  record Point(String data, String value, String derivative, String remark) {
    Map<String, NumericArray> arrays() {
      return Figures.data(data);
    }
  }

  static List<Function> ofNumbers() {
    List<Function> functions = new ArrayList<>();
    String section = "";
    for (String line : lines("edge-values-of-numbers.txt")) {
      List<String> cells = cells(line);
      if (cells.size() == 1) section = line.substring(2).strip();
      else functions.add(ofNumber(section, cells));
    }
    return List.copyOf(functions);
  }

  private static Function ofNumber(String section, List<String> cells) {
    List<String> at = words(cells.get(2));
    List<String> values = words(cells.get(3));
    List<String> derivatives = words(cells.get(4));
    if (values.size() != at.size() || derivatives.size() != at.size()) {
      throw new IllegalArgumentException("a figure too many or too few: " + cells);
    }
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < at.size(); k++) {
      points.add(new Point("x = " + at.get(k), values.get(k), derivatives.get(k), cells.get(5)));
    }
    return new Function(
        section, cells.get(0), "x: scalar", "x", cells.get(1), cells.get(5), List.copyOf(points));
  }

  static List<Function> ofArrays() {
    List<Function> functions = new ArrayList<>();
    String section = "";
    for (String line : lines("edge-values-of-arrays.txt")) {
      List<String> cells = cells(line);
      String last = cells.size() > 3 ? cells.get(3) : "";
      if (cells.size() == 1) {
        section = line.substring(2).strip();
      } else if (line.startsWith(" ")) {
        functions.getLast().points().add(new Point(cells.get(0), cells.get(1), cells.get(2), last));
      } else {
        functions.add(
            new Function(
                section, cells.get(0), cells.get(1), cells.get(2), last, "", new ArrayList<>()));
      }
    }
    return List.copyOf(functions);
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
  }

  private static List<String> words(String cell) {
    return List.of(cell.split(" ", -1));
  }

  /** The lines that are neither empty nor a comment; those of sections begin with ##. */
  private static List<String> lines(String file) {
    try (InputStream in = EdgeValues.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank() && !l.startsWith("# ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
