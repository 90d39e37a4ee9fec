package nabla.verify.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Prime divisors of whole numbers, as far as they are small. */
final class Divisors {
  private static final int LARGEST = 1_000;

  /** What is smaller and has no small divisor is a prime. */
  private static final int BITS_OF_PRIMES = 19;

  private Divisors() {}

  /** Small prime divisors with their multiplicities; what is left counts as a prime. */
  static Map<BigInteger, Integer> of(BigInteger number) {
    Map<BigInteger, Integer> primes = new TreeMap<>();
    BigInteger rest = number;
    for (int q = 2; q <= LARGEST && !rest.equals(BigInteger.ONE); q++) {
      BigInteger prime = BigInteger.valueOf(q);
      while (rest.signum() != 0 && rest.mod(prime).signum() == 0) {
        primes.merge(prime, 1, Integer::sum);
        rest = rest.divide(prime);
      }
    }
    if (!rest.equals(BigInteger.ONE)) primes.merge(rest, 1, Integer::sum);
    return primes;
  }

  /**
   * One of these divisors, if it is certainly a prime.
   *
   * @throws Obstacle if it is not
   */
  static long prime(BigInteger divisor) {
    if (divisor.bitLength() > BITS_OF_PRIMES) {
      throw Obstacle.noModel("a root of a number with many digits");
    }
    return divisor.longValueExact();
  }
}
