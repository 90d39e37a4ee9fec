package nabla.verify;

import static nabla.verify.Samples.N;
import static nabla.verify.Samples.matrix;
import static nabla.verify.Samples.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of the ladder really differ, and every structure reaches all it may. */
class SampleVarietyTest {
  private static final int SEEDS = 600;

  private static NumericArray draw(Variable v, int n, long seed, int attempt) {
    Binding at = SamplePoints.draw(List.of(v), Map.of("n", n), seed, attempt);
    return Objects.requireNonNull(at.variables().get(v.name()));
  }

  private static Property[] properties(String names) {
    return names == null
        ? new Property[0]
        : Arrays.stream(names.split(" ", -1)).map(Property::valueOf).toArray(Property[]::new);
  }

  /** Attempts 0, 3, 5, 7, 9 and 10 are the first of their style. */
  @ParameterizedTest
  @CsvSource({
    "0, , -3.5, 3.5, 0, 1",
    "3, , 0.5, 1.5, 1, 0.29",
    "5, , -0.7, 0.7, 0, 0.2",
    "7, , 0.1, 0.4, 0.25, 0.087",
    "9, , 2, 4, 3, 0.58",
    "10, , -1.5, -0.5, -1, 0.29",
    "0, POSITIVE, 0.5, 2, 1.25, 0.43",
    "9, NONNEGATIVE, 0.5, 2, 1.25, 0.43",
    "10, POSITIVE, 0.5, 2, 1.25, 0.43"
  })
  void numbers(int attempt, String names, double least, double most, double mean, double spread) {
    Variable v = scalar("c", properties(names));
    double sum = 0;
    double squares = 0;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (long seed = 0; seed < SEEDS; seed++) {
      double x = draw(v, 1, seed, attempt).scalarValue();
      sum += x;
      squares += (x - mean) * (x - mean);
      lowest = Math.min(lowest, x);
      highest = Math.max(highest, x);
    }
    assertThat(sum / SEEDS).isCloseTo(mean, within(0.15 * spread + 0.01));
    assertThat(Math.sqrt(squares / SEEDS)).isCloseTo(spread, within(0.1 * spread));
    assertThat(lowest).isBetween(least - spread, mean - spread);
    assertThat(highest).isBetween(mean + spread, most + spread);
    if (spread != 1 && attempt != 5) {
      assertThat(lowest).isGreaterThanOrEqualTo(least);
      assertThat(highest).isLessThanOrEqualTo(most);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, INTEGER, -2 -1 0 1 2 3",
    "5, INTEGER, -2 -1 0 1 2 3",
    "3, INTEGER, 1 2 3",
    "7, INTEGER, 1 2 3",
    "9, INTEGER, 1 2 3",
    "10, INTEGER, -3 -2 -1",
    "0, INTEGER NONNEGATIVE, 0 1 2",
    "3, INTEGER NONNEGATIVE, 1 2 3",
    "10, INTEGER NONNEGATIVE, 1 2 3",
    "0, INTEGER POSITIVE, 1 2 3",
    "10, INTEGER POSITIVE, 1 2 3"
  })
  void wholeNumbers(int attempt, String names, String values) {
    Variable v = scalar("c", properties(names));
    Set<Integer> seen = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      double x = draw(v, 1, seed, attempt).scalarValue();
      assertThat(x).isEqualTo(Math.rint(x));
      seen.add((int) x);
    }
    assertThat(seen)
        .containsExactlyElementsOf(
            Arrays.stream(values.split(" ", -1)).map(Integer::valueOf).toList());
  }

  private static double determinant2(NumericArray a) {
    return a.get(0, 0) * a.get(1, 1) - a.get(0, 1) * a.get(1, 0);
  }

  @ParameterizedTest
  @CsvSource({"2", "4"})
  void skewAndInvertible(int n) {
    Variable v = matrix("W", N, N, Property.SKEW, Property.INVERTIBLE);
    for (long seed = 0; seed < 50; seed++) {
      NumericArray w = draw(v, n, seed, 0);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) assertThat(w.get(i, j)).isEqualTo(0.0 - w.get(j, i));
        int partner = i % 2 == 0 ? i + 1 : i - 1;
        double others = 0;
        for (int j = 0; j < n; j++) if (j != partner) others += Math.abs(w.get(i, j));
        assertThat(Math.abs(w.get(i, partner))).isGreaterThanOrEqualTo(1 + others);
      }
    }
    assertThat(determinant2(draw(v, 2, 1, 0))).isGreaterThanOrEqualTo(1);
  }

  /** Symmetric or upper and lower triangular means diagonal, and the diagonal is not all alike. */
  @ParameterizedTest
  @CsvSource({"LOWER UPPER", "SYMMETRIC LOWER", "SYMMETRIC UPPER", "DIAGONAL"})
  void diagonalInDisguise(String names) {
    Variable v = matrix("D", N, N, properties(names));
    NumericArray d = draw(v, 3, 4, 0);
    assertThat(d.get(0, 1)).isZero();
    assertThat(d.get(1, 0)).isZero();
    assertThat(d.get(2, 0)).isZero();
    assertThat(d.get(0, 0)).isNotZero().isNotEqualTo(d.get(1, 1));
  }

  @Test
  void aUnitMatrixHasNormOne() {
    NumericArray u = draw(matrix("U", N, N, Property.SYMMETRIC, Property.UNIT), 3, 1, 0);
    double squares = Arrays.stream(u.data()).map(x -> x * x).sum();
    assertThat(squares).isCloseTo(1, within(1e-12));
    assertThat(u.get(0, 1)).isEqualTo(u.get(1, 0));
  }

  /** Both signs occur on the diagonal of an orthogonal one that is diagonal, only + if definite. */
  @Test
  void orthogonalAndDiagonal() {
    Set<Double> signs = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      NumericArray q = draw(matrix("Q", N, N, Property.ORTHOGONAL, Property.LOWER), 2, seed, 0);
      signs.add(q.get(0, 0));
      assertThat(q.get(1, 0)).isZero();
      NumericArray one = draw(matrix("P", N, N, Property.ORTHOGONAL, Property.PSD), 2, seed, 0);
      assertThat(one.data()).containsExactly(1, 0, 0, 1);
    }
    assertThat(signs).containsExactly(-1.0, 1.0);
  }

  /** A semidefinite matrix is singular first, so that a rule that needs more is found out. */
  @Test
  void semidefiniteIsSingularAtFirst() {
    Variable v = matrix("P", N, N, Property.PSD);
    assertThat(determinant2(draw(v, 2, 3, 0))).isCloseTo(0, within(1e-12));
    assertThat(determinant2(draw(v, 2, 3, 3))).isGreaterThan(0.2);
    Variable definite = matrix("P", N, N, Property.PD);
    assertThat(determinant2(draw(definite, 2, 3, 0))).isGreaterThan(0.2);
  }

  /** A free square matrix is positive definite at the positive steps, for logdet and the like. */
  @Test
  void freeSquareMatricesAreDefiniteAtPositiveSteps() {
    for (long seed = 0; seed < 50; seed++) {
      NumericArray a = draw(matrix("A", N, N), 3, seed, 3);
      for (int i = 0; i < 3; i++) {
        double others = 0;
        for (int j = 0; j < 3; j++) {
          assertThat(a.get(i, j)).isEqualTo(a.get(j, i));
          if (j != i) others += Math.abs(a.get(i, j));
        }
        assertThat(a.get(i, i)).isBetween(others + 0.5, others + 1.5);
      }
    }
  }

  @Test
  void seedsAndAttemptsGiveOtherPoints() {
    Variable v = scalar("c");
    Set<Double> values = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (int attempt = 0; attempt < SamplePoints.ATTEMPTS; attempt++) {
        values.add(draw(v, 1, seed, attempt).scalarValue());
      }
    }
    assertThat(values).hasSize(20 * SamplePoints.ATTEMPTS);
    assertThat(draw(v, 1, 7, 2).scalarValue()).isEqualTo(draw(v, 1, 7, 2).scalarValue());
  }
}
