package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static nabla.engine.data.Same.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import nabla.diagnostic.Code;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables, ↵ ends a line, → is a tab, ␍ a carriage return. */
class CsvTest {
  private static NumericArray read(String text) {
    String plain = text.replace('↵', '\n').replace('→', '\t').replace('␍', '\r');
    return Csv.read("a.csv", plain.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1,2,3↵4,5,6↵                    | [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
          1,2,3↵4,5,6                     | [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
          1;2↵3;4↵                        | [[1.0, 2.0], [3.0, 4.0]]
          1→2↵3→4↵                        | [[1.0, 2.0], [3.0, 4.0]]
          1 2↵3 4↵                        | [[1.0, 2.0], [3.0, 4.0]]
          `  1   2  ↵3 4`                 | [[1.0, 2.0], [3.0, 4.0]]
          ` 1 , 2 ↵ 3 ,4 `                | [[1.0, 2.0], [3.0, 4.0]]
          1 →  2↵3→4                      | [[1.0, 2.0], [3.0, 4.0]]
          1␍↵2␍↵                          | [[1.0], [2.0]]
          1␍2␍                            | [[1.0], [2.0]]
          1,2                             | [[1.0, 2.0]]
          42                              | [[42.0]]
          \ufeff1,2                       | [[1.0, 2.0]]
          x,y↵1,2                         | [[1.0, 2.0]]
          "x, y";"z"↵1;2                  | [[1.0, 2.0]]
          "a ""b\""",c↵1,2                 | [[1.0, 2.0]]
          time [s],m/kg↵1,2               | [[1.0, 2.0]]
          x y↵1 2                         | [[1.0, 2.0]]
          my value↵1↵2                    | [[1.0], [2.0]]
          Größe,b↵1,2                     | [[1.0, 2.0]]
          "1","2"↵" 3 ",4                 | [[1.0, 2.0], [3.0, 4.0]]
          "1" "2"↵3 "4"                   | [[1.0, 2.0], [3.0, 4.0]]
          `# x, y↵1 2↵`                   | [[1.0, 2.0]]
          1,2 # first↵3,4 #x↵             | [[1.0, 2.0], [3.0, 4.0]]
          1 2 # a, b→c↵3 4                | [[1.0, 2.0], [3.0, 4.0]]
          "a→b",c↵1,2                     | [[1.0, 2.0]]
          1 2→↵3 4                        | [[1.0, 2.0], [3.0, 4.0]]
          `→1→↵2`                         | [[1.0], [2.0]]
          ↵↵1,2↵  ↵#↵↵3,4↵↵               | [[1.0, 2.0], [3.0, 4.0]]
          nan,inf,-Infinity,NaN           | [[NaN, Infinity, -Infinity, NaN]]
          1e3,-.5,5.,+1E-2,-0,0x1p-1      | [[1000.0, -0.5, 5.0, 0.01, -0.0, 0.5]]
          """)
  void reads(String text, String array) {
    assertThat(read(text)).hasToString(array);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                     | a.csv: holds no numbers
          `# none↵`              | a.csv: holds no numbers
          x,y↵                   | a.csv: holds no numbers
          1,2↵3                  | a.csv, line 2: 1 cell, where line 1 has 2
          x,y↵↵1,2↵3,4,5         | a.csv, line 4: 3 cells, where line 3 has 2
          x,y↵1,2,3              | a.csv, line 2: 3 cells, where the header in line 1 has 2
          a b↵1 2 3              | a.csv, line 2: 3 cells, where the header in line 1 has 2
          1,,3                   | a.csv, line 1: column 2 is empty; a missing number is NaN
          1,2,↵                  | a.csv, line 1: column 3 is empty; a missing number is NaN
          1→→3                   | a.csv, line 1: column 2 is empty; a missing number is NaN
          →1→2↵3→4               | a.csv, line 1: column 1 is empty; a missing number is NaN
          ,a,b↵0,1,2             | a.csv, line 1: column 1 is empty; a missing number is NaN
          1,2↵3,""               | a.csv, line 2: column 2 is empty; a missing number is NaN
          1,2↵3,x                | a.csv, line 2: column 2: "x" is no number
          1,2↵x,y↵               | a.csv, line 2: column 1: "x" is no number
          x,2↵3,4                | a.csv, line 1: column 1: "x" is no number
          NA,x↵3,4               | a.csv, line 1: column 1: "NA" is no number
          NA↵3                   | a.csv, line 1: column 1: "NA" is no number
          1,NA                   | a.csv, line 1: column 2: "NA" is no number
          1,5;2,5↵3;4            | a.csv, line 1: column 1: "1,5" is no number; decimals have a point
          1,5→2,5                | a.csv, line 1: column 1: "1,5" is no number; decimals have a point
          1,5 2,5                | a.csv, line 1: column 2: "5 2" is no number
          1↵2,5                  | a.csv, line 2: column 1: "2,5" is no number; decimals have a point
          1,2↵3,4#               | a.csv, line 2: column 2: "4#" is no number
          1.#INF,2               | a.csv, line 1: column 1: "1.#INF" is no number
          1,1e999                | a.csv, line 1: column 2: "1e999" is beyond 1.8e308
          1,"2                   | a.csv, line 1: a quote is not closed
          1,"2"3                 | a.csv, line 1: a quote is closed before the end of a cell
          1,2"3"                 | a.csv, line 1: column 2: "2"3"" is no number
          1,2␍↵3,−4              | a.csv, line 2: column 2: "−4" is no number
          12 000,1               | a.csv, line 1: column 1: "12 000" is no number
          1st,2nd↵1,2            | a.csv, line 1: column 1: "1st" is no number
          """)
  void refuses(String text, String message) {
    assertFails(() -> read(text), Code.VALUE, message);
  }

  @Test
  void knowsUtf16() {
    assertFails(
        () -> Csv.read("a.csv", "\ufeff1,2".getBytes(UTF_16LE)),
        Code.VALUE,
        "a.csv: is UTF-16; save it as UTF-8");
  }
}
