package nabla.verify.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices of whole numbers against their exact determinants, and what inverses are defined by. */
class DualMatricesTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private final PrimeField field = PrimeField.draw(random);
  private final DualMatrices matrices = new DualMatrices(field);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void determinantsAreThoseByCofactors(int n) {
    List<List<BigInteger>> rows = wholeNumbers(n);
    Dual determinant = matrices.determinant(dual(rows, null));
    assertThat(determinant.value()[0]).isEqualTo(remainder(determinant(rows)));
    Dual adjugate = matrices.adjugate(dual(rows, null));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        BigInteger cofactor = determinant(without(rows, j, i));
        if ((i + j) % 2 == 1) cofactor = cofactor.negate();
        assertThat(adjugate.value()[i * n + j]).isEqualTo(remainder(cofactor));
      }
    }
  }

  /** det(A + hB) is a polynomial in h; its linear coefficient is what moves. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void determinantsMove(int n) {
    List<List<BigInteger>> a = wholeNumbers(n);
    List<List<BigInteger>> b = wholeNumbers(n);
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < n; i++) {
      List<List<BigInteger>> mixed = new ArrayList<>(a);
      mixed.set(i, b.get(i));
      expected = expected.add(determinant(mixed));
    }
    Dual determinant = matrices.determinant(dual(a, b));
    assertThat(determinant.tangent(0)).isEqualTo(remainder(expected));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void anInverseTimesItsMatrixStaysTheIdentity(int n) {
    Dual a = dual(wholeNumbers(n), wholeNumbers(n));
    Dual product = matrices.product(matrices.inverse(a), a);
    for (int k = 0; k < n * n; k++) {
      assertThat(product.value()[k]).isEqualTo(k / n == k % n ? 1 : 0);
      assertThat(product.tangent(k)).isZero();
    }
  }

  @Test
  void singularMatricesHaveAnAdjugateButNoInverse() {
    List<List<BigInteger>> rows = List.of(numbers(1, 2, 3), numbers(2, 4, 6), numbers(1, 0, 1));
    Dual a = dual(rows, wholeNumbers(3));
    assertThat(matrices.determinant(a).value()).containsExactly(0);
    assertThat(matrices.adjugate(a).value()).contains(remainder(BigInteger.valueOf(-4)));
    assertThatThrownBy(() -> matrices.inverse(a)).isInstanceOf(Obstacle.class);
  }

  @Test
  void aPseudoInverseSolvesBothWays() {
    Dual x = new Dual(new int[] {3, 2}, free(6), free(6), Bound.FREE);
    Dual back = matrices.product(matrices.pseudoInverse(x), x);
    assertThat(back.value()).containsExactly(1, 0, 0, 1);
    assertThat(back.tangent()).containsExactly(0, 0, 0, 0);
    Dual again = matrices.product(x, back);
    assertThat(again.value()).isEqualTo(x.value());
  }

  private long[] free(int count) {
    long[] numbers = new long[count];
    for (int k = 0; k < count; k++) numbers[k] = field.random(random);
    return numbers;
  }

  private static List<BigInteger> numbers(long... numbers) {
    List<BigInteger> row = new ArrayList<>();
    for (long number : numbers) row.add(BigInteger.valueOf(number));
    return row;
  }

  private List<List<BigInteger>> wholeNumbers(int n) {
    List<List<BigInteger>> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(numbers(random.longs(n, -1_000_000_000_000L, 1_000_000_000_000L).toArray()));
    }
    return rows;
  }

  private long remainder(BigInteger number) {
    return number.mod(BigInteger.valueOf(field.p())).longValue();
  }

  private long[] remainders(List<List<BigInteger>> rows) {
    return rows.stream().flatMap(List::stream).mapToLong(this::remainder).toArray();
  }

  private Dual dual(
      List<List<BigInteger>> a, @org.jspecify.annotations.Nullable List<List<BigInteger>> b) {
    int[] shape = {a.size(), a.size()};
    return new Dual(shape, remainders(a), b == null ? null : remainders(b), Bound.FREE);
  }

  private static BigInteger determinant(List<List<BigInteger>> rows) {
    if (rows.isEmpty()) return BigInteger.ONE;
    BigInteger sum = BigInteger.ZERO;
    for (int j = 0; j < rows.size(); j++) {
      BigInteger term = rows.getFirst().get(j).multiply(determinant(without(rows, 0, j)));
      sum = j % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }

  private static List<List<BigInteger>> without(List<List<BigInteger>> rows, int i, int j) {
    List<List<BigInteger>> minor = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      if (r == i) continue;
      List<BigInteger> row = new ArrayList<>(rows.get(r));
      row.remove(j);
      minor.add(row);
    }
    return minor;
  }
}
