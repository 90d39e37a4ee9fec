package nabla.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.Expression;
import nabla.optimize.Options;
import nabla.plot.Picture;
import nabla.plot.Plot;
import nabla.plot.Range;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** A picture of a function, as SVG. */
final class PictureAnswer {
  private static final Set<String> FIELDS =
      Set.of(
          "id", "expr", "where", "over", "at", "from", "center", "along", "range", "kind", "seed");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private PictureAnswer() {}

  static Map<String, @Nullable Object> to(Fields fields) {
    fields.requireAmong(FIELDS);
    Picture picture = picture(fields);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("title", picture.title());
    answer.put("findings", picture.findings());
    answer.put("width", picture.width());
    answer.put("height", picture.height());
    answer.put("svg", picture.svg());
    return answer;
  }

  private static Picture picture(Fields fields) {
    Map<String, NumericArray> data = fields.arrays("at");
    Map<String, NumericArray> known = new LinkedHashMap<>(fields.arrays("center"));
    known.putAll(fields.arrays("from"));
    Expression function = Functions.understood(fields, data, known);
    Options options = Options.usual().withTime(LONGEST).withSeed(fields.whole("seed", 1));
    Plot plot = Plot.of(function, Functions.over(function, fields, data)).with(options);
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      plot = plot.bind(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, NumericArray> e : fields.arrays("from").entrySet()) {
      plot = plot.from(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, NumericArray> e : fields.arrays("center").entrySet()) {
      plot = plot.at(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, NumericArray> e : fields.arrays("along").entrySet()) {
      plot = plot.along(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, @Nullable Object> e : fields.object("range").entrySet()) {
      plot = plot.range(e.getKey(), range(e.getKey(), e.getValue()));
    }
    return fields.has("kind") ? plot.draw(Plot.Kind.of(fields.text("kind"))) : plot.draw();
  }

  private static Range range(String name, @Nullable Object ends) {
    if (ends instanceof List<?> both
        && both.size() == 2
        && both.getFirst() instanceof BigDecimal low
        && both.getLast() instanceof BigDecimal high) {
      return new Range(low.doubleValue(), high.doubleValue());
    }
    throw Fields.wrong("the range of " + name + " is a list of two numbers");
  }
}
