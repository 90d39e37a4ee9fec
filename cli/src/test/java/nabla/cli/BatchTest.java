package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.json.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchTest {

  /** A request and what its answer says: {@code code@column: a part of the message}. */
  record Row(String request, String code, int column, String message) {
    static Row of(String request, String answer) {
      String[] cells = answer.split(": ", 2);
      String[] place = cells[0].split("@", -1);
      int column = place.length > 1 ? Integer.parseInt(place[1]) : 0;
      return new Row(request, place[0], column, cells[1]);
    }

    @Override
    public String toString() {
      return request;
    }
  }

  static List<Row> rows() throws IOException {
    try (InputStream table = BatchTest.class.getResourceAsStream("requests.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
      List<Row> rows = new ArrayList<>();
      for (int k = 0; k < lines.size(); k += 2) rows.add(Row.of(lines.get(k), lines.get(k + 1)));
      return rows;
    }
  }

  private static Map<String, @Nullable Object> read(String json) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    JsonText.read(json, fields);
    return fields;
  }

  private static Map<?, ?> error(Map<String, @Nullable Object> answer) {
    assertThat(answer).as("%s", answer).containsEntry("ok", false);
    return (Map<?, ?>) Objects.requireNonNull(answer.get("error"));
  }

  private static List<String> run(byte[] input) throws IOException {
    StringWriter out = new StringWriter();
    Batch.run(new ByteArrayInputStream(input), new PrintWriter(out));
    return out.toString().lines().toList();
  }

  private static List<String> run(String input) throws IOException {
    return run(input.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsWrongAndWhere(Row row) {
    Map<?, ?> error = error(read(Batch.answer(row.request())));
    assertThat(error.get("code")).as("%s", error).isEqualTo(row.code());
    assertThat((String) error.get("message")).contains(row.message());
    BigDecimal column = row.column() == 0 ? null : BigDecimal.valueOf(row.column());
    assertThat(error.get("column")).isEqualTo(column);
  }

  /** All the bad requests, with a good one after each, in one run. */
  @Test
  void answersEveryLineInOrderAndNeverStops() throws IOException {
    StringBuilder input = new StringBuilder();
    int count = 0;
    for (Row row : rows()) {
      input.append(row.request()).append('\n');
      input.append("{\"id\":" + count++ + ",\"expr\":\"x'*x\",\"wrt\":\"x\",\"check\":false}\n");
    }
    List<String> answers = run(input.toString());
    assertThat(answers).hasSize(2 * count);
    for (int k = 0; k < count; k++) {
      error(read(answers.get(2 * k)));
      assertThat(read(answers.get(2 * k + 1)))
          .containsEntry("id", BigDecimal.valueOf(k))
          .containsEntry("ok", true);
    }
  }

  /** A comma stands for none in a cell, so that ids with commas are in quotes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"q1\",\"expr\":\"x(\",\"wrt\":\"x\"}                 | \"q1\"",
        "{\"id\":7,\"expr\":\"x\",\"wrt\":\"y\"}                       | 7",
        "{\"id\":12345678901234567890.10,\"wrt\":\"x\"}                | 12345678901234567890.10",
        "{\"id\":null,\"wrt\":\"x\"}                                   | null",
        "{\"id\":true,\"wrt\":\"x\"}                                   | true",
        "{\"id\":[1,{\"a\":[null]}],\"wrt\":\"x\"}                     | [1,{\"a\":[null]}]",
        "{\"id\":\"\\u03b1\\n\",\"wrt\":\"x\"}                         | \"α\\n\"",
        "{\"id\":\"broken\",\"expr\":\"x                               | \"broken\"",
        "{\"id\":\"broken\",\"expr\":\"x\" \"wrt\":\"x\"}              | \"broken\"",
        "{\"id\":\"twice\",\"id\":\"no\",\"wrt\":\"x\"}                | \"twice\"",
        "{\"expr\":\"x(\",\"wrt\":\"x\",\"id\":\"last\"}               | \"last\"",
        "{\"id\":\"half \\ud800\",\"wrt\":\"x\"}                       | \"half \ufffd\""
      })
  void bringsTheIdBack(String request, String id) {
    assertThat(Batch.answer(request)).startsWith("{\"id\":" + id + ",\"ok\":false");
  }

  @Test
  void saysInWhichFieldTheColumnCounts() {
    Map<?, ?> expression = error(read(Batch.answer("{\"expr\":\"x(\",\"wrt\":\"x\"}")));
    assertThat(expression.get("field")).isEqualTo("expr");
    String where = "{\"expr\":\"x\",\"wrt\":\"x\",\"where\":\"x: vectr[n]\"}";
    assertThat(error(read(Batch.answer(where))).get("field")).isEqualTo("where");
  }

  @Test
  void passesOverEmptyLinesAndAByteOrderMark() throws IOException {
    String request = "{\"id\":1,\"expr\":\"x'*x\",\"wrt\":\"x\",\"check\":false}";
    List<String> answers = run("\ufeff" + request + "\r\n\r\n \n" + request);
    assertThat(answers).hasSize(2).allMatch(a -> a.contains("\"ok\":true"));
    assertThat(run("")).isEmpty();
    assertThat(run("\n\n")).isEmpty();
  }

  @Test
  void goesOnAfterBytesThatAreNoText() throws IOException {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes("{\"id\":1,\"expr\":\"x".getBytes(StandardCharsets.UTF_8));
    input.writeBytes(new byte[] {(byte) 0xff, (byte) 0xfe});
    input.writeBytes("\",\"wrt\":\"x\"}\n".getBytes(StandardCharsets.UTF_8));
    input.writeBytes(new byte[] {0, 1, 2, (byte) 0x80, '\n'});
    input.writeBytes("{\"id\":3,\"expr\":\"x\",\"wrt\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    List<String> answers = run(input.toByteArray());
    assertThat(answers).hasSize(3);
    assertThat(error(read(answers.get(0))).get("hint")).isEqualTo("write the text in UTF-8");
    assertThat(error(read(answers.get(1))).get("code")).isEqualTo("request");
    assertThat(answers.get(2)).contains("\"ok\":true");
  }

  @Test
  void refusesALineThatIsTooLongAndGoesOn() throws IOException {
    String good = "{\"id\":2,\"expr\":\"x\",\"wrt\":\"x\"}";
    List<String> answers = run("{\"id\":1,\"expr\":\"" + "x".repeat(10_000_000) + "\"}\n" + good);
    assertThat(answers).hasSize(2);
    assertThat(error(read(answers.get(0))).get("code")).isEqualTo("limit");
    assertThat(answers.get(1)).contains("\"ok\":true");
  }

  @Test
  void refusesAnExpressionThatIsTooLong() {
    String request = "{\"expr\":\"" + "x".repeat(1_000_000) + "\",\"wrt\":\"x\"}";
    Map<?, ?> error = error(read(Batch.answer(request)));
    assertThat(error.get("code")).isEqualTo("limit");
    assertThat(error.get("column")).isEqualTo(BigDecimal.valueOf(10_001));
  }

  /** What only looks wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"expr\":\"x'*x\",\"wrt\":\"x\",\"where\":\"x: vector[n]; y:"
            + " vector[m]\",\"at\":{\"x\":[1]}} | 1.0",
        "{\"expr\":\"x'*x\",\"wrt\":\"x\",\"at\":{\"x\":[2],\"unused\":[1]}} | 4.0",
        "{\"expr\":\"x'*x\",\"wrt\":\"x\",\"where\":\"x: vector[2*n]\",\"at\":{\"x\":[2,1]}} | 5.0",
        "{\"expr\":\"c\",\"wrt\":\"c\",\"at\":{\"c\":\"Infinity\"}} | \"Infinity\"",
        "{\"expr\":\"exp(c)\",\"wrt\":\"c\",\"at\":{\"c\":1000}} | \"Infinity\"",
        "{\"expr\":\"log(c)\",\"wrt\":\"c\",\"at\":{\"c\":\"NaN\"}} | \"NaN\"",
        "{\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"where\":\"A: matrix[n,n]"
            + " psd\",\"at\":{\"A\":[[1,1],[1,1]],\"x\":[1,1]}} | 4.0",
        "{\"expr\":\"norm2(x)\",\"wrt\":\"x\",\"at\":{\"x\":[0,0]}} | 0.0"
      })
  void answersWithAValue(String request, String value) {
    assertThat(Batch.answer(request)).contains("\"ok\":true").contains("\"value\":" + value + ",");
  }
}
