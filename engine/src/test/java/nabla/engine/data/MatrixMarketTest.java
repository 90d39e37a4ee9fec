package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nabla.engine.data.Same.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import nabla.diagnostic.Code;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables, ↵ ends a line; "%%MatrixMarket matrix " is left out before the first word. */
class MatrixMarketTest {
  private static NumericArray read(String text) {
    String whole = text.startsWith("%") ? text : "%%MatrixMarket matrix " + text;
    return MatrixMarket.read("a.mtx", whole.replace('↵', '\n').getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          array real general↵2 3↵1↵2↵3↵4↵5↵6↵                   | [[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]
          array integer general↵% c↵%↵↵ 2 1 ↵↵1↵% c↵-2          | [[1.0], [-2.0]]
          array real general↵2 2↵1 2↵3 4                        | [[1.0, 3.0], [2.0, 4.0]]
          array real symmetric↵2 2↵1↵2↵3                        | [[1.0, 2.0], [2.0, 3.0]]
          array real skew-symmetric↵3 3↵1↵2↵3                   | [[0.0, -1.0, -2.0], [1.0, 0.0, -3.0], [2.0, 3.0, 0.0]]
          array double general↵1 2↵nan↵-inf                     | [[NaN, -Infinity]]
          array real general↵0 3↵                               | []
          coordinate real general↵2 3 2↵1 3 5e-1↵2 1 -1         | [[0.0, 0.0, 0.5], [-1.0, 0.0, 0.0]]
          coordinate real general↵2 2 3↵1 1 1↵2 2 1↵1 1 2.5     | [[3.5, 0.0], [0.0, 1.0]]
          coordinate pattern general↵2 2 2↵1 2↵2 1              | [[0.0, 1.0], [1.0, 0.0]]
          coordinate pattern symmetric↵2 2 2↵1 1↵2 1            | [[1.0, 1.0], [1.0, 0.0]]
          coordinate integer symmetric↵2 2 2↵2 1 3↵2 1 4        | [[0.0, 7.0], [7.0, 0.0]]
          coordinate real skew-symmetric↵2 2 1↵2 1 3            | [[0.0, -3.0], [3.0, 0.0]]
          coordinate real skew-symmetric↵2 2 1↵2 2 0            | [[0.0, 0.0], [0.0, 0.0]]
          coordinate real general↵2 2 0                         | [[0.0, 0.0], [0.0, 0.0]]
          %%matrixmarket MATRIX Coordinate Real General↵1 1 1↵1 1 7 | [[7.0]]
          """)
  void reads(String text, String array) {
    assertThat(read(text)).hasToString(array);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %%MatrixMarket matrix                       | VALUE | line 1: "%%MatrixMarket matrix array real general", or coordinate, is expected
          % Matrix                                    | VALUE | line 1: "%%MatrixMarket matrix array real general", or coordinate, is expected
          %%MatrixMarket vector array real general↵1  | UNSUPPORTED | line 1: the object "vector" is not read, only matrix
          array complex general↵1 1↵1 0               | UNSUPPORTED | line 1: the field "complex" is not read, only real, double, integer, unsigned-integer, pattern
          coordinate real hermitian↵1 1 1↵1 1 1       | UNSUPPORTED | line 1: the symmetry "hermitian" is not read, only general, symmetric, skew-symmetric
          array pattern general↵1 1                   | VALUE | line 1: a pattern is of coordinates
          array real general                          | VALUE | line 1: the number of rows is missing
          array real general↵2 x                      | VALUE | line 2: "x" is no number of columns
          array real general↵2 99999999999            | VALUE | line 2: "99999999999" is no number of columns
          array real general↵2 -1                     | VALUE | line 2: "-1" is no number of columns
          array real general↵1 2 3↵1↵1                | VALUE | line 2: nothing is expected where "3" stands
          array real symmetric↵1 2↵1↵1                | VALUE | line 2: a symmetric matrix is square, not 1 x 2
          array real general↵20000 20000↵1            | VALUE | line 2: the file is too short for so many entries
          array real general↵200000 20000↵1           | LIMIT | 200000 x 20000 is too large
          array real general↵2 2↵1↵2↵3                | VALUE | line 5: ends after 3 entries of 2 x 2
          array real general↵1 2↵1↵2↵↵3               | VALUE | line 6: goes on after the 2 entries of 1 x 2
          array real general↵1 2↵1↵x                  | VALUE | line 4: "x" is no number
          array integer general↵1 1↵1.5               | VALUE | line 3: "1.5" is no integer
          coordinate real general↵2 2 1↵3 1 1         | VALUE | line 3: row 3 is not in 1..2
          coordinate real general↵2 2 1↵1 0 1         | VALUE | line 3: column 0 is not in 1..2
          coordinate real general↵2 2 1↵1.0 1 1       | VALUE | line 3: "1.0" is no row
          coordinate real general↵2 2 1↵1↵1 1         | VALUE | line 3: the column of an entry is missing
          coordinate real general↵2 2 1↵1 1           | VALUE | line 3: the value of an entry is missing
          coordinate pattern general↵2 2 1↵1 1 1      | VALUE | line 3: nothing is expected where "1" stands
          coordinate real general↵2 2 2↵1 1 1         | VALUE | line 3: ends after 1 of 2 entries
          coordinate real general↵2 2 1↵1 1 1↵2 2 2   | VALUE | line 4: goes on after 1 entries
          coordinate real general↵2 2 999↵1 1 1       | VALUE | line 2: the file is too short for so many entries
          coordinate real symmetric↵2 2 1↵1 2 1       | VALUE | line 3: (1, 2) is above the diagonal of a symmetric matrix
          coordinate real skew-symmetric↵2 2 1↵2 2 1  | VALUE | line 3: the diagonal of a skew-symmetric matrix is 0
          """)
  void refuses(String text, Code code, String message) {
    String place = message.startsWith("line") ? "a.mtx, " : "a.mtx: ";
    assertFails(() -> read(text), code, place + message);
  }
}
