package nabla.operation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nabla.corpus.Figures;
import nabla.operation.EdgeValues.Function;
import nabla.operation.EdgeValues.Point;
import nabla.tensor.NumericArray;

/** The tables of edge values as the documentation shows them. */
final class EdgeValuesPage {
  private static final List<String> EVERYWHERE = List.of("0", "-0", "Infinity", "-Infinity", "NaN");

  private EdgeValuesPage() {}

  static String markdown() {
    StringBuilder page = new StringBuilder();
    sections(EdgeValues.ofNumbers())
        .forEach((section, functions) -> page.append(ofNumbers(section, functions)));
    sections(EdgeValues.ofArrays())
        .forEach((section, functions) -> page.append(ofArrays(section, functions)));
    return page.toString();
  }

  private static Map<String, List<Function>> sections(List<Function> functions) {
    return functions.stream()
        .collect(Collectors.groupingBy(Function::section, LinkedHashMap::new, Collectors.toList()));
  }

  /** One table, two rows a function. */
  private static String ofNumbers(String section, List<Function> functions) {
    StringBuilder table = new StringBuilder("\n## " + section + "\n\n");
    List<String> heads = EVERYWHERE.stream().map(EdgeValuesPage::figure).toList();
    table.append("| | at ").append(String.join(" | ", heads)).append(" | elsewhere | |\n");
    table.append("|---".repeat(heads.size() + 3)).append("|\n");
    for (Function f : functions) {
      table.append(row("`" + f.expression() + "`", f, Point::value, f.remark()));
      String derivative = code(f.derivative());
      table.append(row("derivative " + derivative, f, Point::derivative, ""));
    }
    return table.toString();
  }

  private static String row(
      String head, Function f, java.util.function.Function<Point, String> cell, String remark) {
    List<String> cells =
        f.points().stream().limit(EVERYWHERE.size()).map(cell).map(EdgeValuesPage::figure).toList();
    String elsewhere =
        f.points().stream()
            .skip(EVERYWHERE.size())
            .map(p -> at(p) + ": " + figure(cell.apply(p)))
            .collect(Collectors.joining("; "));
    String known = String.join(" | ", cells);
    return "| " + head + " | " + known + " | " + elsewhere + " | " + remark + " |\n";
  }

  private static String at(Point point) {
    return figure(point.data().substring(point.data().indexOf('=') + 1).strip());
  }

  /** A table for each function, with a row for each point. */
  private static String ofArrays(String section, List<Function> functions) {
    StringBuilder tables = new StringBuilder("\n## " + section + "\n");
    for (Function f : functions) {
      tables.append("\n| at | `" + f.expression() + "` | by `" + f.by() + "`: ");
      tables.append(code(f.derivative())).append(" | |\n|---|---|---|---|\n");
      for (Point point : f.points()) {
        tables.append("| `" + data(point) + "` | " + value(point.value()) + " | ");
        tables.append(value(point.derivative()) + " | " + point.remark() + " |\n");
      }
    }
    return tables.toString();
  }

  private static String code(String derivative) {
    return derivative.equals(EdgeValues.UNSUPPORTED) ? derivative : "`" + derivative + "`";
  }

  private static String data(Point point) {
    return point.arrays().entrySet().stream()
        .map(binding -> binding.getKey() + " = " + array(binding.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** One figure stands for every entry. */
  private static String value(String text) {
    boolean word = text.chars().allMatch(Character::isLowerCase);
    return word ? figure(text) : array(Figures.array(text));
  }

  private static String array(NumericArray array) {
    if (array.count() > 0) return entries(array, 0, 0, array.count());
    if (array.rank() == 1) return "no entries";
    return Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining("×"));
  }

  private static String entries(NumericArray array, int axis, int from, int count) {
    if (axis == array.rank()) return number(array.data()[from]);
    int each = count / array.size(axis);
    return IntStream.range(0, array.size(axis))
        .mapToObj(k -> entries(array, axis + 1, from + k * each, each))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String figure(String text) {
    if (text.equals(EdgeValues.DOMAIN)) return "domain error";
    return text.chars().allMatch(Character::isLowerCase) ? text : number(Double.parseDouble(text));
  }

  /** With six digits. */
  private static String number(double x) {
    if (Double.isInfinite(x)) return x > 0 ? "∞" : "-∞";
    if (Double.isNaN(x)) return "NaN";
    if (Math.abs(x) >= 1e7) return String.format(Locale.ROOT, "%.5e", x);
    return String.format(Locale.ROOT, "%.6f", x).replaceAll("\\.?0+$", "");
  }
}
