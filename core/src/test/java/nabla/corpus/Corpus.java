package nabla.corpus;

import io.avaje.json.mapper.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.Derivative;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** The corpus: derivatives with data, the expected numbers and a spelling for comparison. */
public final class Corpus {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Corpus() {}

  /**
   * One case.
   *
   * @param source where it comes from, such as {@code Matrix Cookbook (49)}
   * @param by the variables to differentiate by, one after the other
   * @param structure what a derivative by a structured variable is to be: ambient, projected or
   *     independent
   * @param expected the derivative as a person wrote it
   * @param numeric its value at {@code at} in denominator layout
   */
  public record Case(
      String id,
      String source,
      String expression,
      List<String> by,
      String declarations,
      String structure,
      Map<String, NumericArray> at,
      String expected,
      NumericArray numeric) {
    public Expression parse() {
      return Expression.parse(expression, declarations, at);
    }

    /** The derivative, arranged as {@code numeric} is. */
    public Derivative derivative() {
      return parse().derivative(by, Layout.DENOMINATOR, Structure.of(structure).orElseThrow());
    }

    @Override
    public String toString() {
      return id + " " + expression;
    }
  }

  /** Every case, in the order of the file. */
  public static List<Case> cases() {
    return lines("cases.jsonl").stream().map(line -> read(JSON.fromJsonObject(line))).toList();
  }

  private static List<String> lines(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case read(Map<String, Object> fields) {
    Map<String, NumericArray> at = new LinkedHashMap<>();
    if (fields.get("at") instanceof Map<?, ?> data) {
      data.forEach((name, value) -> at.put(String.valueOf(name), array(value)));
    }
    int order = ((Number) Objects.requireNonNull(fields.get("order"))).intValue();
    return new Case(
        text(fields, "id"),
        text(fields, "source"),
        text(fields, "expr"),
        by(fields.get("wrt"), order),
        text(fields, "where"),
        text(fields, "structure"),
        at,
        text(fields, "expected"),
        array(fields.get("numeric")));
  }

  private static String text(Map<String, Object> fields, String name) {
    return (String) Objects.requireNonNull(fields.get(name), name);
  }

  /** A single variable counts as often as the order says. */
  private static List<String> by(@Nullable Object wrt, int order) {
    return wrt instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : Collections.nCopies(order, String.valueOf(wrt));
  }

  private static NumericArray array(@Nullable Object nested) {
    List<Integer> shape = new ArrayList<>();
    for (Object at = nested; at instanceof List<?> list; at = list.getFirst()) {
      shape.add(list.size());
    }
    List<Double> entries = new ArrayList<>();
    collect(nested, entries);
    return NumericArray.of(
        shape.stream().mapToInt(Integer::intValue).toArray(),
        entries.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void collect(@Nullable Object nested, List<Double> entries) {
    if (nested instanceof List<?> list) for (Object element : list) collect(element, entries);
    else entries.add(((Number) Objects.requireNonNull(nested)).doubleValue());
  }
}
