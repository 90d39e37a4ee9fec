package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nabla.engine.data.Same.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avaje.json.mapper.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.diagnostic.Code;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables, ↵ ends a line. */
class JsonArraysTest {
  private static Map<String, NumericArray> read(String text) {
    return JsonArrays.read("a.json", text.replace('↵', '\n').getBytes(UTF_8), "alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3                                   | {alone=3.0}
          "NaN"                               | {alone=NaN}
          []                                  | {alone=[]}
          [1,2.5,-3e-2]                       | {alone=[1.0, 2.5, -0.03]}
          \ufeff [ [ 1 , 2 ] ,↵ [ 3 , 4 ] ] ↵ | {alone=[[1.0, 2.0], [3.0, 4.0]]}
          [[],[]]                             | {alone=[[], []]}
          [[[1]],[[2]]]                       | {alone=[[[1.0]], [[2.0]]]}
          ["NaN","Infinity","-Infinity"]      | {alone=[NaN, Infinity, -Infinity]}
          [NaN, Infinity, -Infinity, -0]      | {alone=[NaN, Infinity, -Infinity, -0.0]}
          ["\\u004eaN"]                       | {alone=[NaN]}
          {}                                  | {}
          {"A":[[1,2]], "x" : [1], "c": 2}    | {A=[[1.0, 2.0]], x=[1.0], c=2.0}
          {"\\"\\\\\\/\\u03b1α":1}            | {"\\/αα=1.0}
          """)
  void reads(String text, String arrays) {
    assertThat(read(text)).hasToString(arrays);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                | 1 | 1 | ends too early
          [1,               | 1 | 4 | ends too early
          [1                | 1 | 3 | ',' or ']' is expected after an element
          [1 2]             | 1 | 4 | ',' or ']' is expected after an element
          [1,]              | 1 | 4 | a number is expected
          [1]]              | 1 | 4 | nothing may follow
          [1] 2             | 1 | 5 | nothing may follow
          [[1,2],↵[3]]      | 2 | 1 | is ragged: a list of 1, where the first has 2
          [[1,2],3]         | 1 | 8 | is ragged: a list is expected, as elsewhere at this depth
          [1,[2]]           | 1 | 4 | is ragged: a number is expected, as elsewhere at this depth
          [[],1]            | 1 | 5 | is ragged: a list is expected, as elsewhere at this depth
          [[],[1]]          | 1 | 5 | is ragged: a list of 1, where the first has 0
          [[[]],[1]]        | 1 | 8 | is ragged: a list is expected, as elsewhere at this depth
          [01]              | 1 | 2 | "01" is no number of JSON
          [+1]              | 1 | 2 | "+1" is no number of JSON
          [.5]              | 1 | 2 | ".5" is no number of JSON
          [5.]              | 1 | 2 | "5." is no number of JSON
          [0x1p3]           | 1 | 2 | "0x1p3" is no number of JSON
          [1e]              | 1 | 2 | "1e" is no number
          [-]               | 1 | 2 | "-" is no number of JSON
          [nan]             | 1 | 2 | "nan" is no number of JSON
          [null]            | 1 | 2 | "null" is no number of JSON
          [1, true]         | 1 | 5 | "true" is no number of JSON
          [1, 1e999]        | 1 | 5 | "1e999" is beyond 1.8e308
          ["1"]             | 1 | 2 | a number is expected; of texts, only "NaN", "Infinity" and "-Infinity" are
          ["α                | 1 | 2 | the text has no closing quote
          [{"a":1}]         | 1 | 2 | a number is expected
          {"a":{"b":1}}     | 1 | 6 | a number is expected
          {"a" 1}           | 1 | 6 | ':' is expected after a name
          {a:1}             | 1 | 2 | the name of an array is expected, in double quotes
          {"a":1,"a":2}     | 1 | 8 | "a" stands twice
          {"a":1 "b":2}     | 1 | 8 | ',' or '}' is expected after an array
          {"\\x":1}         | 1 | 4 | no such escape; a backslash is written \\\\
          {"\\u12":1}       | 1 | 5 | \\u takes four hexadecimal digits
          {"a↵":1}          | 1 | 4 | a control character in a text is written \\u00XX
          {"ää":x}          | 1 | 7 | "x" is no number of JSON
          """)
  void refuses(String text, int line, int character, String message) {
    assertFails(
        () -> read(text),
        Code.VALUE,
        "a.json, line " + line + ", character " + character + ": " + message);
  }

  @Test
  void refusesDeepNesting() {
    assertThat(read("[".repeat(64) + "1" + "]".repeat(64)).values())
        .singleElement()
        .returns(64, NumericArray::rank);
    assertFails(
        () -> read("[".repeat(1_000_000)),
        Code.VALUE,
        "a.json, line 1, character 65: has more than 64 axes");
  }

  @Test
  void writesRowsOnLinesOfTheirOwn() throws IOException {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    arrays.put("A", NumericArray.of(new int[] {2, 2}, 1, Double.NaN, -0.0, 1e-300));
    arrays.put("\"\\\n", NumericArray.scalar(Double.NEGATIVE_INFINITY));
    StringWriter out = new StringWriter();
    JsonArrays.write(out, arrays);
    assertThat(out)
        .hasToString(
            "{\"A\": [[1.0, \"NaN\"],\n [-0.0, 1.0E-300]],\n \"\\\"\\\\\\u000a\": \"-Infinity\"}");
  }

  /** Another reader of JSON finds the same numbers, but for its rounding. */
  @Test
  void agreesWithAnotherReader() throws IOException {
    Random random = new Random(3);
    NumericArray array = NumericArray.zeros(4, 3, 5);
    for (int k = 0; k < array.count(); k++) array.data()[k] = random.nextGaussian();
    StringWriter out = new StringWriter();
    JsonArrays.write(out, array);
    double[] found =
        JsonMapper.builder().build().fromJsonArray(out.toString()).stream()
            .flatMap(page -> ((List<?>) page).stream())
            .flatMap(row -> ((List<?>) row).stream())
            .mapToDouble(entry -> ((Number) entry).doubleValue())
            .toArray();
    assertThat(found).containsExactly(array.data(), within(1e-15));
  }
}
