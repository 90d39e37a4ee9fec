package nabla.verify.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import nabla.tensor.Rational;
import org.junit.jupiter.api.Test;

class PrimeFieldTest {
  private final SplittableRandom random = new SplittableRandom(7);
  private final PrimeField field = PrimeField.draw(random);

  @Test
  void primesAreRandomOnesOfThirtyOneBits() {
    for (int k = 0; k < 200; k++) {
      BigInteger p = BigInteger.valueOf(PrimeField.draw(random).p());
      assertThat(p.isProbablePrime(50)).isTrue();
      assertThat(p.bitLength()).isEqualTo(31);
      assertThat(p.intValue() % 4).isEqualTo(3);
    }
    assertThat(PrimeField.draw(random)).isNotEqualTo(PrimeField.draw(random));
  }

  @Test
  void primalityIsThatOfTrialDivision() {
    for (int n = 2; n < 3_000; n++) {
      assertThat(PrimeField.isPrime(n))
          .as("%d", n)
          .isEqualTo(BigInteger.valueOf(n).isProbablePrime(50));
    }
  }

  @Test
  void arithmeticIsThatOfRemainders() {
    BigInteger p = BigInteger.valueOf(field.p());
    for (int k = 0; k < 1_000; k++) {
      long a = field.random(random);
      long b = field.random(random);
      BigInteger x = BigInteger.valueOf(a);
      BigInteger y = BigInteger.valueOf(b);
      assertThat(field.plus(a, b)).isEqualTo(x.add(y).mod(p).longValue());
      assertThat(field.minus(a, b)).isEqualTo(x.subtract(y).mod(p).longValue());
      assertThat(field.times(a, b)).isEqualTo(x.multiply(y).mod(p).longValue());
      assertThat(field.inverse(b)).isEqualTo(y.modInverse(p).longValue());
      assertThat(field.power(b, -5)).isEqualTo(y.modPow(BigInteger.valueOf(-5), p).longValue());
      assertThat(field.negate(a)).isEqualTo(x.negate().mod(p).longValue());
    }
  }

  @Test
  void nothingIsDividedByZero() {
    assertThatThrownBy(() -> field.inverse(0)).isInstanceOf(Obstacle.class);
    assertThatThrownBy(() -> field.of(new Rational(BigInteger.ONE, BigInteger.valueOf(field.p()))))
        .isInstanceOf(Obstacle.class);
  }

  @Test
  void fractionsAreQuotients() {
    assertThat(field.times(field.of(Rational.of(-3, 7)), 7)).isEqualTo(field.of(-3));
  }

  @Test
  void minusOneIsNoSquareAndRootsAreSquaresThatMultiply() {
    assertThat(field.isSquare(field.negate(1))).isFalse();
    for (int k = 0; k < 200; k++) {
      long a = field.random(random);
      long x = field.times(a, a);
      long b = field.random(random);
      long y = field.times(b, b);
      long root = field.root(x, Rational.HALF);
      assertThat(field.times(root, root)).isEqualTo(x);
      assertThat(field.isSquare(root)).isTrue();
      assertThat(field.times(root, field.root(y, Rational.HALF)))
          .isEqualTo(field.root(field.times(x, y), Rational.HALF));
      assertThat(field.root(x, Rational.of(-3, 2))).isEqualTo(field.inverse(field.power(root, 3)));
    }
  }
}
