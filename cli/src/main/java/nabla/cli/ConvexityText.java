package nabla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import nabla.optimize.Convexity;
import nabla.optimize.Convexity.Counterexample;
import nabla.tensor.NumericArray;

/** What is known of a function's convexity, for people. */
final class ConvexityText {
  private static final int INDENT = 13;

  private ConvexityText() {}

  static String people(Convexity found) {
    StringBuilder text = new StringBuilder();
    add(text, "function", List.of(found.kind().label() + " in " + String.join(", ", found.over())));
    found.modulus().ifPresent(m -> add(text, "modulus", List.of(m)));
    if (!found.where().isEmpty()) add(text, "where", List.of(String.join(", ", found.where())));
    boolean proved = found.isConvex() || found.isConcave();
    add(text, proved ? "proof" : "attempt", found.reason());
    if (proved) return text.toString();
    found.notConvex().ifPresent(e -> add(text, "not convex", lines(e)));
    found.notConcave().ifPresent(e -> add(text, "not concave", lines(e)));
    return text.toString();
  }

  private static void add(StringBuilder text, String label, List<String> lines) {
    String name = label;
    for (String line : lines) {
      text.append(name).append(" ".repeat(INDENT - name.length())).append(line).append('\n');
      name = "";
    }
  }

  private static List<String> lines(Counterexample e) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(e.point()).forEach((name, x) -> lines.add("at " + name + " = " + text(x)));
    new TreeMap<>(e.direction()).forEach((name, d) -> lines.add("d" + name + " = " + text(d)));
    String difference = String.format(Locale.ROOT, "%.3g", e.difference());
    lines.add("f(+d) + f(-d) - 2*f = " + difference);
    return lines;
  }

  /** As the language reads it, in few digits. */
  private static String text(NumericArray x) {
    NumbersText numbers = new NumbersText(/* full= */ false, /* single= */ false);
    if (x.rank() < 2) return numbers.inline(x);
    if (x.rank() > 2) return Datum.kind(x.shape());
    List<String> rows = new ArrayList<>();
    int width = x.size(1);
    for (int i = 0; i < x.size(0); i++) {
      double[] row = java.util.Arrays.copyOfRange(x.data(), i * width, (i + 1) * width);
      String inline = numbers.inline(NumericArray.vector(row));
      rows.add(inline.substring(1, inline.length() - 1));
    }
    return "[" + String.join("; ", rows) + "]";
  }
}
