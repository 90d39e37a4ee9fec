package nabla.verify;

import static nabla.verify.Samples.N;
import static nabla.verify.Samples.matrix;
import static nabla.verify.Samples.scalar;
import static nabla.verify.Samples.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.operation.Determinant;
import nabla.operation.LogDeterminant;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SamplePointsTest {
  private static final int SEEDS = 200;

  private static List<Double> boxed(double[] entries) {
    return Arrays.stream(entries).boxed().toList();
  }

  private static NumericArray draw(Variable variable, int n, long seed, int attempt) {
    Binding at = SamplePoints.draw(List.of(variable), Map.of("n", n), seed, attempt);
    return at.variables().getOrDefault(variable.name(), NumericArray.zeros(0));
  }

  @ParameterizedTest
  @EnumSource
  void matricesHonourEachProperty(Property property) {
    honours(Set.of(property));
  }

  static Stream<Set<Property>> combinations() {
    return Stream.of(
        EnumSet.of(Property.SYMMETRIC, Property.INVERTIBLE),
        EnumSet.of(Property.SYMMETRIC, Property.ORTHOGONAL),
        EnumSet.of(Property.SYMMETRIC, Property.POSITIVE),
        EnumSet.of(Property.SYMMETRIC, Property.INTEGER),
        EnumSet.of(Property.SYMMETRIC, Property.IDEMPOTENT),
        EnumSet.of(Property.DIAGONAL, Property.IDEMPOTENT),
        EnumSet.of(Property.IDEMPOTENT, Property.INVERTIBLE),
        EnumSet.of(Property.IDEMPOTENT, Property.INTEGER),
        EnumSet.of(Property.IDEMPOTENT, Property.POSITIVE),
        EnumSet.of(Property.IDEMPOTENT, Property.LOWER),
        EnumSet.of(Property.IDEMPOTENT, Property.UPPER),
        EnumSet.of(Property.IDEMPOTENT, Property.UPPER, Property.INTEGER),
        EnumSet.of(Property.IDEMPOTENT, Property.LOWER, Property.NONNEGATIVE),
        EnumSet.of(Property.IDEMPOTENT, Property.TOEPLITZ),
        EnumSet.of(Property.IDEMPOTENT, Property.TOEPLITZ, Property.INTEGER),
        EnumSet.of(Property.IDEMPOTENT, Property.TOEPLITZ, Property.SYMMETRIC),
        EnumSet.of(Property.IDEMPOTENT, Property.TOEPLITZ, Property.POSITIVE),
        EnumSet.of(Property.IDEMPOTENT, Property.TOEPLITZ, Property.LOWER),
        EnumSet.of(Property.DIAGONAL, Property.PD),
        EnumSet.of(Property.DIAGONAL, Property.INVERTIBLE, Property.INTEGER),
        EnumSet.of(Property.DIAGONAL, Property.ORTHOGONAL),
        EnumSet.of(Property.LOWER, Property.INVERTIBLE),
        EnumSet.of(Property.UPPER, Property.INVERTIBLE, Property.NONNEGATIVE),
        EnumSet.of(Property.PD, Property.NONNEGATIVE),
        EnumSet.of(Property.PD, Property.INTEGER),
        EnumSet.of(Property.PD, Property.ORTHOGONAL),
        EnumSet.of(Property.PSD, Property.INVERTIBLE),
        EnumSet.of(Property.INVERTIBLE, Property.POSITIVE),
        EnumSet.of(Property.INTEGER, Property.NONNEGATIVE));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void matricesHonourPropertiesTogether(Set<Property> properties) {
    honours(properties);
  }

  private static void honours(Set<Property> properties) {
    Variable variable = matrix("A", N, N, properties.toArray(new Property[0]));
    for (long seed = 0; seed < SEEDS; seed++) {
      int n = 1 + (int) (seed % 5);
      NumericArray a = draw(variable, n, seed, (int) (seed % SamplePoints.ATTEMPTS));
      for (Property property : properties) assertHonours(property, a, n, seed);
    }
  }

  private static void assertHonours(Property property, NumericArray a, int n, long seed) {
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < n; j++) {
        assertEntry(property, a, i, j, seed);
        row += a.get(i, j);
      }
      if (property == Property.SIMPLEX) near(row, property, seed).isCloseTo(1, within(1e-12));
    }
    switch (property) {
      case PD, PSD -> assertThat(definite(a, n, property)).as("%s %s", property, seed).isTrue();
      case INVERTIBLE -> near(Math.abs(determinant(a)), property, seed).isGreaterThan(0.3);
      case UNIT -> near(squares(a), property, seed).isCloseTo(1, within(1e-12));
      default -> {}
    }
  }

  private static void assertEntry(Property property, NumericArray a, int i, int j, long seed) {
    AbstractDoubleAssert<?> entry = near(a.get(i, j), property, seed).isFinite();
    switch (property) {
      case SYMMETRIC, PD, PSD -> entry.isCloseTo(a.get(j, i), within(1e-15));
      case SKEW -> entry.isEqualTo(0.0 - a.get(j, i));
      case POSITIVE -> entry.isPositive();
      case NONNEGATIVE, SIMPLEX -> entry.isNotNegative();
      case INTEGER -> entry.isEqualTo(Math.rint(a.get(i, j)));
      case ORTHOGONAL -> {
        double dot = 0;
        for (int k = 0; k < a.size(0); k++) dot += a.get(i, k) * a.get(j, k);
        near(dot, property, seed).isCloseTo(i == j ? 1 : 0, within(1e-13));
      }
      case IDEMPOTENT -> {
        double dot = 0;
        for (int k = 0; k < a.size(0); k++) dot += a.get(i, k) * a.get(k, j);
        near(dot, property, seed).isCloseTo(a.get(i, j), within(1e-12));
      }
      case DIAGONAL -> {
        if (i != j) entry.isZero();
      }
      case TOEPLITZ -> {
        if (i > 0 && j > 0) entry.isCloseTo(a.get(i - 1, j - 1), within(1e-14));
      }
      case LOWER -> {
        if (i < j) entry.isZero();
      }
      case UPPER -> {
        if (i > j) entry.isZero();
      }
      default -> {}
    }
  }

  private static AbstractDoubleAssert<?> near(double value, Property property, long seed) {
    return assertThat(value).as("%s, seed %s", property, seed);
  }

  /** Leading minors of the matrix, of a semidefinite one after a small shift. */
  private static boolean definite(NumericArray a, int n, Property property) {
    for (int size = 1; size <= n; size++) {
      NumericArray minor = NumericArray.zeros(size, size);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          double shift = i == j && property == Property.PSD ? 1e-6 : 0;
          minor.data()[i * size + j] = a.get(i, j) + shift;
        }
      }
      if (!(determinant(minor) > 0)) return false;
    }
    return true;
  }

  private static double determinant(NumericArray a) {
    return Determinant.DETERMINANT.value(List.of(a)).scalarValue();
  }

  private static double squares(NumericArray a) {
    double sum = 0;
    for (double entry : a.data()) sum += entry * entry;
    return sum;
  }

  @Test
  void vectorsAndScalarsHonourProperties() {
    for (long seed = 0; seed < SEEDS; seed++) {
      int attempt = (int) (seed % SamplePoints.ATTEMPTS);
      NumericArray simplex = draw(vector("x", N, Property.SIMPLEX), 4, seed, attempt);
      double sum = 0;
      for (double entry : simplex.data()) sum += entry;
      assertThat(sum).isCloseTo(1, within(1e-14));
      assertThat(boxed(simplex.data())).allSatisfy(entry -> assertThat(entry).isPositive());
      assertThat(squares(draw(vector("x", N, Property.UNIT), 4, seed, attempt)))
          .isCloseTo(1, within(1e-14));
      assertThat(draw(scalar("c", Property.POSITIVE), 4, seed, attempt).scalarValue())
          .isBetween(0.5, 2.0);
      double whole = draw(scalar("c", Property.INTEGER), 4, seed, attempt).scalarValue();
      assertThat(whole).isEqualTo(Math.rint(whole));
    }
  }

  @Test
  void theLadderGoesTowardsFriendlierPoints() {
    Variable x = vector("x", N);
    Variable a = matrix("A", N, N);
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(boxed(draw(x, 5, seed, 3).data()))
          .allSatisfy(e -> assertThat(e).isBetween(0.5, 1.5));
      assertThat(boxed(draw(x, 5, seed, 7).data()))
          .allSatisfy(e -> assertThat(e).isBetween(0.1, 0.4));
      NumericArray definite = draw(a, 4, seed, 3);
      assertThat(definite(definite, 4, Property.PD)).isTrue();
      assertThat(boxed(definite.data())).allSatisfy(e -> assertThat(e).isPositive());
    }
    assertThat(Stream.of(0, 1, 2).map(k -> draw(x, 5, 1, k).toString())).doesNotHaveDuplicates();
    assertThat(boxed(draw(x, 5, 1, 0).data())).anySatisfy(e -> assertThat(e).isNegative());
  }

  @Test
  void sameSeedSamePoint() {
    List<Variable> variables = List.of(matrix("A", N, N), vector("x", N), scalar("c"));
    for (int attempt = 0; attempt < SamplePoints.ATTEMPTS; attempt++) {
      Binding first = SamplePoints.draw(variables, Map.of("n", 3), 42, attempt);
      Binding second = SamplePoints.draw(variables, Map.of("n", 3), 42, attempt);
      assertThat(second.variables()).hasToString(first.variables().toString());
      assertThat(SamplePoints.draw(variables, Map.of("n", 3), 43, attempt).variables())
          .doesNotHaveToString(first.variables().toString());
    }
  }

  @Test
  void definiteMatricesHaveALogarithmOfTheirDeterminant() {
    Variable s = matrix("S", N, N, Property.PD);
    for (long seed = 0; seed < SEEDS; seed++) {
      Binding at = SamplePoints.draw(List.of(s), Map.of("n", 4), seed, 0);
      assertThat(ReferenceInterpreter.evaluate(LogDeterminant.at(s), at).isFinite()).isTrue();
    }
    Binding at = SamplePoints.draw(List.of(s), Map.of("n", 1), 1, 0);
    assertThat(ReferenceInterpreter.evaluate(Tensors.total(s), at).scalarValue()).isPositive();
  }
}
