package nabla.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.Layout;
import nabla.Output;
import nabla.StructuredArray;
import nabla.json.NestedLists;
import nabla.json.OutputFields;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** The numbers of an evaluation, for people and as JSON. */
final class EvaluationText {
  private static final String PREFIXES = " kMGTP";

  /** What is larger, but for its structure, is not spread out to be looked at. */
  private static final double MOST_SPREAD = 4e6;

  private EvaluationText() {}

  static String people(Evaluation found, NumbersText numbers) {
    StringBuilder text = new StringBuilder();
    if (!found.plan().isEmpty()) text.append(found.plan()).append('\n');
    Map<Output, StructuredArray> results = found.results().all();
    int label = width(results.keySet().stream().map(Output::label));
    int kind = width(results.values().stream().map(array -> Datum.kind(array.shape())));
    results.forEach(
        (output, array) -> {
          text.append(padded(output.label(), label));
          text.append(padded(Datum.kind(array.shape()), kind));
          text.append(remark(found, output, array, numbers)).append('\n');
          boolean spread = array.shape().length > 1 && isShown(array);
          if (!spread || found.written().containsKey(output)) return;
          for (String line : numbers.lines(array.dense())) text.append(line).append('\n');
        });
    text.append("data     ").append(data(found.question())).append('\n');
    Evaluation.Timing t = found.timing();
    if (t != null) text.append("time     ").append(time(t)).append('\n');
    for (String note : found.notes()) text.append("note     ").append(note).append('\n');
    return text.toString().replaceAll(" +\n", "\n");
  }

  private static int width(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }

  /** Whether all its entries may be looked at. */
  static boolean isShown(StructuredArray array) {
    double count = 1;
    for (int size : array.shape()) count *= size;
    return isDense(array) || count <= MOST_SPREAD;
  }

  private static boolean isDense(StructuredArray array) {
    return array.structure().equals("dense");
  }

  /** What stands after the shape: the numbers if they fit there, or where they are. */
  private static String remark(
      Evaluation found, Output output, StructuredArray array, NumbersText numbers) {
    List<String> parts = new ArrayList<>();
    String written = found.written().get(output);
    if (written != null) parts.add("written to " + written);
    else if (array.shape().length < 2) parts.add(numbers.inline(array.dense()));
    else if (!isShown(array)) parts.add("too large to be shown");
    String axes = axes(output, found.question());
    if (!axes.isEmpty() && array.shape().length > 1) parts.add(axes);
    if (!isDense(array)) parts.add(array.structure() + ", " + array.savings());
    return String.join("; ", parts);
  }

  /** Whose axes come first, where the function has some. */
  private static String axes(Output output, Question question) {
    if (output.isValue() || question.expression().shape().isEmpty()) return "";
    boolean variables = output.layout() == Layout.DENOMINATOR;
    return "axes of "
        + (variables ? String.join(", ", output.variables()) : "the function")
        + " first";
  }

  static String data(Question question) {
    if (question.data().isEmpty()) return "none";
    return question.data().entrySet().stream()
        .map(e -> e.getKey() + ": " + Datum.kind(e.getValue().shape()))
        .collect(Collectors.joining("; "));
  }

  private static String time(Evaluation.Timing t) {
    Repetition later = t.later();
    return "compiled in %s, first evaluation %s, median %s of %d"
        .formatted(seconds(t.compile()), seconds(t.first()), seconds(later.median()), later.runs());
  }

  /** Three digits and a unit. */
  static String seconds(double seconds) {
    if (seconds < 1e-3) return String.format(Locale.ROOT, "%.3g µs", seconds * 1e6);
    if (seconds < 1) return String.format(Locale.ROOT, "%.3g ms", seconds * 1e3);
    return String.format(Locale.ROOT, "%.3g s", seconds);
  }

  /** Three digits and the prefix of a unit. */
  static String si(double number) {
    int prefix = 0;
    while (number >= 999.5 && prefix < PREFIXES.length() - 1) {
      number /= 1000;
      prefix++;
    }
    String digits =
        number == Math.rint(number)
            ? String.format(Locale.ROOT, "%.0f", number)
            : String.format(Locale.ROOT, "%.3g", number);
    return digits + " " + PREFIXES.substring(prefix, prefix + 1).strip();
  }

  static Map<String, @Nullable Object> fields(Evaluation found) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    List<Object> results = new ArrayList<>();
    found.results().all().forEach((o, array) -> results.add(fields(o, array, found.written())));
    fields.put("results", results);
    List<Object> data = new ArrayList<>();
    found.question().data().forEach((name, array) -> data.add(described(name, array)));
    fields.put("data", data);
    fields.put("notes", found.notes());
    if (!found.plan().isEmpty()) fields.put("plan", found.plan().lines().toList());
    Evaluation.Timing t = found.timing();
    if (t != null) {
      Map<String, Object> time = new LinkedHashMap<>();
      time.put("compile", t.compile());
      time.put("first", t.first());
      time.put("median", t.later().median());
      time.put("fastest", t.later().fastest());
      time.put("runs", t.later().runs());
      fields.put("seconds", time);
    }
    return fields;
  }

  private static Map<String, Object> described(String name, NumericArray array) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("shape", sizes(array.shape()));
    return fields;
  }

  private static Map<String, Object> fields(
      Output output, StructuredArray array, Map<Output, String> written) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", OutputWords.name(output));
    fields.putAll(OutputFields.of(output, array));
    String file = written.get(output);
    if (file != null) fields.put("file", file);
    else if (isShown(array)) fields.put("numeric", NestedLists.write(array.dense()));
    return fields;
  }

  private static List<Integer> sizes(int[] shape) {
    return java.util.Arrays.stream(shape).boxed().toList();
  }
}
