package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of matrices and decompositions against figures of 17 digits. */
class MatrixFunctionsTest {
  static Stream<FigureTable.Row> rows() throws IOException {
    return Stream.concat(
        FigureTable.rows("matrix-functions.txt"), FigureTable.rows("decompositions.txt"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasTheValueOfTheTable(FigureTable.Row row) {
    NumericArray found = row.found();
    NumericArray expected = row.value();
    if (expected == null) {
      assertThat(found.data()).containsOnly(Double.NaN);
      return;
    }
    assertThat(found.shape()).isEqualTo(expected.shape());
    double scale = FigureTable.largest(expected);
    for (int k = 0; k < expected.count(); k++) {
      double wanted = expected.data()[k];
      if (Double.isNaN(wanted)) assertThat(found.data()[k]).isNaN();
      else
        assertThat(found.data()[k])
            .as("entry %d, found %s", k, found)
            .isCloseTo(wanted, within(row.tolerance() * scale));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expm", "logm", "sqrtm", "sinm", "cosm", "chol", "pinv", "lmax", "lmin", "vmax", "vmin",
        "smax", "umax", "wmax", "nuc", "polar", "dexpm", "dlogm", "dsinm", "dcosm", "dpolar"
      })
  void whatIsNotFiniteHasNoValue(String name) {
    Primitive operation = (Primitive) java.util.Objects.requireNonNull(Catalogue.find(name));
    for (double entry : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      NumericArray x = NumericArray.of(new int[] {2, 2}, 3, 1, 1, entry);
      NumericArray value = operation.value(List.of(x));
      if (name.equals("chol")) assertThat(value.get(1, 1)).isNotFinite();
      else assertThat(value.data()).as("%s of %s", name, x).containsOnly(Double.NaN);
    }
  }
}
