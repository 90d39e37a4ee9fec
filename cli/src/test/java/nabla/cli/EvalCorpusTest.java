package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.json.Json;
import nabla.json.JsonText;
import nabla.json.NestedLists;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** {@code nabla eval} gives every value and derivative of the corpus. */
class EvalCorpusTest {
  private static final double SAME = 1e-7;

  static Stream<Map<String, @Nullable Object>> cases() throws IOException {
    try (var cases = EvalCorpusTest.class.getResourceAsStream("/corpus/cases.jsonl")) {
      String text =
          new String(Objects.requireNonNull(cases).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(EvalCorpusTest::fields);
    }
  }

  private static Map<String, @Nullable Object> fields(String line) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    JsonText.read(line, fields);
    return fields;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evaluates(Map<String, @Nullable Object> corpus) {
    List<String> words = new ArrayList<>(List.of("eval", text(corpus, "expr"), "--value"));
    words.addAll(List.of("--derivative", by(corpus), "--where", text(corpus, "where")));
    words.addAll(List.of("--structure", text(corpus, "structure"), "--format", "json"));
    words.addAll(List.of("--data", "-"));
    Map<?, ?> answer = fields(run(words, Json.write(Objects.requireNonNull(corpus.get("at")))));
    List<?> results = (List<?>) Objects.requireNonNull(answer.get("results"));
    assertSame(corpus.get("value"), results.get(0));
    assertSame(corpus.get("numeric"), results.get(1));
  }

  private static String by(Map<String, @Nullable Object> corpus) {
    if (corpus.get("wrt") instanceof List<?> names) {
      return String.join(",", names.stream().map(String::valueOf).toList());
    }
    String wrt = text(corpus, "wrt");
    return text(corpus, "order").equals("2") ? wrt + "," + wrt : wrt;
  }

  private static String text(Map<String, @Nullable Object> corpus, String name) {
    return String.valueOf(corpus.get(name));
  }

  private static String run(List<String> words, String input) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(line.execute(words.toArray(String[]::new))).as("%s", err).isZero();
    } finally {
      System.setIn(before);
    }
    return out.toString();
  }

  private static void assertSame(@Nullable Object nested, @Nullable Object result) {
    NumericArray expected = NestedLists.read("expected", nested);
    NumericArray found =
        NestedLists.read("found", ((Map<?, ?>) Objects.requireNonNull(result)).get("numeric"));
    assertThat(found.shape()).isEqualTo(expected.shape());
    double scale = Math.max(1, expected.largest());
    for (int k = 0; k < expected.count(); k++) {
      double difference = Math.abs(found.data()[k] - expected.data()[k]);
      assertThat(difference).as("entry %d", k).isLessThanOrEqualTo(SAME * scale);
    }
  }
}
