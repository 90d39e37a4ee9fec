package nabla.json;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import nabla.Expression;
import nabla.optimize.Minimization;
import nabla.optimize.Options;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** Where a function is least. */
final class MinimumAnswer {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "expr",
          "where",
          "over",
          "at",
          "from",
          "subject",
          "starts",
          "explain",
          "tolerance",
          "iterations",
          "seconds",
          "seed");
  private static final int MOST_STARTS = 1000;

  /** A day; not every duration can be counted in nanoseconds. */
  private static final double LONGEST_MILLIS = 24 * 3600 * 1000;

  private MinimumAnswer() {}

  static Map<String, @Nullable Object> to(Fields fields) {
    fields.requireAmong(FIELDS);
    Map<String, NumericArray> data = fields.arrays("at");
    Map<String, NumericArray> start = fields.arrays("from");
    Expression function = Functions.understood(fields, data, start);
    Minimization question =
        Minimization.of(function, Functions.over(function, fields, data))
            .subjectTo(fields.names("subject").toArray(String[]::new))
            .with(options(fields));
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      question = question.bind(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, NumericArray> e : start.entrySet()) {
      question = question.from(e.getKey(), e.getValue());
    }
    long starts = fields.whole("starts", 0);
    if (starts > MOST_STARTS) throw Fields.wrong("starts are up to " + MOST_STARTS);
    Map<String, @Nullable Object> answer =
        starts > 0
            ? MinimumFields.list(question.stationaryPoints((int) starts))
            : MinimumFields.of(question.minimize());
    return fields.flag("explain", false) ? MinimumFields.with(answer, question.explain()) : answer;
  }

  private static Options options(Fields fields) {
    Options usual = Options.usual();
    double seconds = fields.number("seconds", (double) usual.time().toSeconds());
    return new Options(
        fields.number("tolerance", usual.tolerance()),
        (int) Math.clamp(fields.whole("iterations", usual.iterations()), -1L, Integer.MAX_VALUE),
        Duration.ofMillis((long) Math.min(1000 * seconds, LONGEST_MILLIS)),
        usual.threads(),
        fields.whole("seed", usual.seed()));
  }
}
